/** The revision expected of a stream that does not exist yet. */
export const NO_STREAM = -1n;

/** One event to append: canonical leaf bytes that the caller made (`design.md` calls them the leaf's preimage). */
export interface NewEvent {
  /** Lower-case uuid, unique in the whole log. */
  readonly id: string;
  readonly type: string;
  /** RFC 8785 bytes of `{v, ledgerId, stream, revision, prev, id, type, data, metadata}`. */
  readonly leaf: Uint8Array;
}

/** One atomic append to one stream: all events or none. */
export interface Append {
  readonly stream: string;
  /** Revision of the stream's last event, `NO_STREAM` when it must not exist. */
  readonly expectedRevision: bigint;
  /**
   * Hex leaf hash of that last event, empty when the stream must not exist. Absent: the revision alone counts. What was made
   * up behind an append that then failed has the right revision as soon as another writer takes the place of that one.
   */
  readonly prev?: string;
  readonly events: readonly NewEvent[];
  /** Streams that the decision read and their revisions then; checked in the append transaction, or see `moved`. */
  readonly read?: Readonly<Record<string, bigint>>;
}

/** An event as it is in the log. */
export interface RecordedEvent extends NewEvent {
  /** Position in the whole log, from 0, without gaps. */
  readonly ordinal: bigint;
  readonly stream: string;
  /** Position in the stream, from 0, without gaps. */
  readonly revision: bigint;
  /** SHA-256(0x00 ‖ leaf), RFC 6962 §2.1. */
  readonly leafHash: Uint8Array;
}

/** The last event of a stream. */
export interface StreamHead {
  readonly revision: bigint;
  readonly leafHash: Uint8Array;
}

/** The whole log: how many events, and a running hash that covers every leaf in order. */
export interface LogHead {
  readonly size: bigint;
  /** h(0) = 32 zero bytes, h(n+1) = SHA-256(0x01 ‖ h(n) ‖ leafHash(n)). */
  readonly hash: Uint8Array;
}

/** Where an append landed. */
export interface Appended {
  /** Ordinal of the first of its events; the others follow without gap. */
  readonly firstOrdinal: bigint;
  /** Revision of the stream after the append. */
  readonly revision: bigint;
  /** The log just after the append. */
  readonly head: LogHead;
  /**
   * Streams of `read` that stood at another revision just before the append, in log order: where the store cannot check
   * them in its append transaction (EventStoreDB). The decision was made on what was no longer so.
   */
  readonly moved?: Readonly<Record<string, bigint>>;
}

/**
 * An append-only log of events in streams. Everything outside an adapter is adapter-agnostic.
 * Appends are taken in the order of their calls; a promise that resolves means durable (fsynced).
 */
export abstract class EventStore {
  /** Whether other processes may append to the same log. */
  get isShared(): boolean {
    return false;
  }

  /**
   * Appends atomically. Concurrent appends share one commit.
   * @throws {EventStoreError} WRONG_EXPECTED_REVISION (also for another event at that revision), STALE_READ or DUPLICATE_EVENT_ID: nothing stored;
   * DISK_FULL, UNAVAILABLE, ACCESS_DENIED, TLS: nothing stored, may be retried; TOO_LARGE; IN_DOUBT: retry with the same
   * ids; READ_ONLY; CLOSED.
   * @throws {RangeError} when an id is not a lower-case uuid: a defect of the caller, nothing stored.
   */
  abstract append(append: Append): Promise<Appended>;

  /** Events of one stream in order, in batches, from a revision; none when the stream does not exist. */
  abstract readStream(
    stream: string,
    fromRevision?: bigint,
  ): AsyncIterable<readonly RecordedEvent[]>;

  /**
   * All events in order, in batches, from an ordinal to the end as it stands when the call is made.
   * Every leaf is hashed again on the way.
   * @throws {EventStoreError} GAP or CORRUPT naming the ordinal.
   */
  abstract readAll(fromOrdinal?: bigint): AsyncIterable<readonly RecordedEvent[]>;

  /** Like `readAll`, but waits for what comes later until the signal aborts. */
  abstract follow(
    fromOrdinal: bigint,
    signal: AbortSignal,
  ): AsyncIterable<readonly RecordedEvent[]>;

  /** The events at these ordinals, in the order asked. @throws {EventStoreError} GAP when one is not in the log. */
  abstract readAt(ordinals: readonly bigint[]): Promise<readonly RecordedEvent[]>;

  /** The last event of a stream, undefined when there is none. */
  abstract streamHead(stream: string): Promise<StreamHead | undefined>;

  /** An event by its id, undefined when it is not in the log. */
  abstract findEvent(id: string): Promise<RecordedEvent | undefined>;

  /** The events of these ids as one read sees them, in the order asked: cheap for many ids of which few are known. */
  abstract findEvents(ids: readonly string[]): Promise<readonly (RecordedEvent | undefined)[]>;

  /** Size and running hash of the log: what is durable. */
  abstract head(): Promise<LogHead>;

  /** The head as it was when the log held `size` events. @throws {EventStoreError} ROLLED_BACK when it holds fewer. */
  abstract headAt(size: bigint): Promise<LogHead>;

  /**
   * Resolves when reads see all that the log held when it was called; where others append to it, that may be more than
   * they saw before.
   * @throws {EventStoreError} UNAVAILABLE and others.
   */
  async caughtUp(): Promise<void> {
    // One process sees what it appends.
  }

  /**
   * Whether what holds the events is there now: where that is a server, `head` need not ask it.
   * @throws {EventStoreError} UNAVAILABLE and others.
   */
  async assertReachable(): Promise<void> {
    await this.head();
  }

  /** Lets what is queued end, then releases files and locks. */
  abstract close(): Promise<void>;
}
