import {
  SCHEMA_VERSION,
  assertClear,
  canonicalBytes,
  type ActorRole,
  type Draft,
  type LedgerEvent,
} from '#domain';
import { leafHash, type Append, type Appended, type EventStore, type NewEvent } from '#event-store';
import { VaultError, type Values, type Vault } from '#vault';
import type { Clock } from '../clock.js';
import { LedgerError } from '../ledger-error.js';
import { HANDED_OVER_WITHIN_MS } from '../nodes/lands-within.js';
import { isInDoubt, isStale, notRecorded } from './not-recorded.js';
import { NOTHING_READ, revisionsOf } from './revisions-read.js';
import { UNOBSERVED, type RecordingObserver } from './recording-observer.js';

/** The end of a stream, moved by every recording. */
export interface Tail {
  readonly stream: string;
  revision: bigint;
  /** Hex leaf hash of the last event, empty when there is none. */
  prev: string;
}

/** Who records, in which role. */
export interface Actor {
  /** Uuid of the operator's directory. */
  readonly id: string;
  readonly role: ActorRole;
}

/** What is recorded together: all of it or nothing. */
export interface Recording {
  readonly tail: Tail;
  readonly drafts: readonly Draft[];
  /** Uuid of the n-th event. */
  readonly eventId: (n: number) => string;
  readonly actor: Actor;
  readonly causationId?: string;
  /** Other streams that the decision read: the writer compares their revisions under its lock (design §3). */
  readonly read?: Readonly<Record<string, string>>;
  /** When it was judged, in milliseconds: a verdict is of the moment that its event names. Absent: now. */
  readonly at?: number;
}

/** What was recorded; `durable` resolves once it is fsynced. */
export interface Recorded {
  readonly events: readonly LedgerEvent[];
  readonly durable: Promise<Appended>;
}

/** An event that is on its way into the log. */
export interface Flying {
  readonly event: LedgerEvent;
  readonly durable: Promise<Appended>;
}

interface Queued {
  readonly events: readonly LedgerEvent[];
  readonly append: Append;
  readonly tail: Tail;
  readonly resolve: (appended: Promise<Appended>) => void;
  readonly reject: (error: unknown) => void;
}

/** What a recorder writes to. */
export interface RecorderParts {
  readonly store: EventStore;
  readonly vault: Vault;
  readonly ledgerId: string;
  readonly clock: Clock;
  /** Called when what was decided on a stream did not become durable, with the other streams of which one had moved. */
  readonly onFailed?: (tail: Tail, moved: readonly string[]) => void;
  /**
   * Called when streams that a decision read had moved before its append, where the store cannot refuse that (design
   * §3): what was recorded counts as durable when this has resolved.
   */
  readonly onMoved?: (events: readonly LedgerEvent[]) => Promise<void>;
}

/**
 * The one way into the log: seals what is to be sealed, makes canonical leaves, and sends them through vault and log
 * in the order of the calls, so that `recordedAt` and ordinals agree. Sealed rows are durable before their event is.
 */
export class Recorder {
  readonly #inFlight = new Map<string, Flying>();
  #queue: Queued[] = [];
  #pumping = false;
  #lastRecordedMs = 0;
  #observer = UNOBSERVED;

  constructor(private readonly parts: RecorderParts) {}

  /** Never earlier than the last event recorded (design §4). */
  now(): Date {
    return new Date(Math.max(this.parts.clock.now().getTime(), this.#lastRecordedMs));
  }

  /** Starts from what the log holds. */
  startAfter(recordedAt: string): void {
    this.#lastRecordedMs = Math.max(this.#lastRecordedMs, Date.parse(recordedAt));
  }

  /** Is watched from now on, by this one alone. */
  observe(observer: RecordingObserver): void {
    this.#observer = observer;
  }

  /** An event that is on its way, by its id. */
  flying(id: string): Flying | undefined {
    return this.#inFlight.get(id);
  }

  /**
   * Records drafts at the end of a stream. Synchronous up to the queue: the tail is moved when it returns.
   * @throws {DomainError} NOT_CLEAR when an event holds what it must not: nothing is recorded.
   */
  record(recording: Recording): Recorded {
    const { tail, drafts, eventId, at = this.now().getTime() } = recording;
    this.#lastRecordedMs = Math.max(at, this.#lastRecordedMs);
    const ids = drafts.map((_, n) => eventId(n));
    const end: Tail = { ...tail };
    try {
      const place = { ids, end, recordedAt: new Date(this.#lastRecordedMs).toISOString() };
      const made = drafts.map((draft, n) => this.#event(draft, { ...place, n }, recording));
      return this.#fly(made, recording, end);
    } catch (error) {
      this.parts.vault.discard(ids).catch(() => undefined);
      throw error;
    }
  }

  /** Resolves when nothing is on its way any more. */
  async settled(): Promise<void> {
    await Promise.allSettled([...this.#inFlight.values()].map(({ durable }) => durable));
  }

  /** Resolves when nothing of a stream is on its way any more. */
  async settledOn(stream: string): Promise<void> {
    const flying = [...this.#inFlight.values()].filter(({ event }) => event.stream === stream);
    await Promise.allSettled(flying.map(({ durable }) => durable));
  }

  #fly(
    made: readonly { readonly event: LedgerEvent; readonly stored: NewEvent }[],
    { tail, read = NOTHING_READ }: Recording,
    end: Tail,
  ): Recorded {
    const events = made.map(({ event }) => event);
    const append: Append = {
      stream: tail.stream,
      expectedRevision: tail.revision,
      prev: tail.prev,
      events: made.map(({ stored }) => stored),
      read: revisionsOf(read),
    };
    const durable = new Promise<Appended>((resolve, reject) => {
      this.#queue.push({ events, append, tail, resolve, reject });
    });
    // Whoever waits for it hears of a failure; that nobody waits is no reason to end the process.
    durable.catch(() => undefined);
    tail.revision = end.revision;
    tail.prev = end.prev;
    for (const event of events) this.#inFlight.set(event.id, { event, durable });
    if (!this.#pumping) {
      this.#pumping = true;
      setImmediate(() => void this.#pump());
    }
    return { events, durable };
  }

  #event(
    draft: Draft,
    { ids, n, end, recordedAt }: Place,
    { actor, causationId }: Recording,
  ): { readonly event: LedgerEvent; readonly stored: NewEvent } {
    const { ledgerId } = this.parts;
    const id = ids[n] ?? '';
    const { type } = draft;
    const event = {
      data: this.#sealed(draft, id),
      id,
      ledgerId,
      metadata: {
        actor: actor.id,
        actorRole: actor.role,
        ...(causationId === undefined ? {} : { causationId }),
        correlationId: causationId ?? ids[0] ?? '',
        ledgerId,
        recordedAt,
        schemaVersion: SCHEMA_VERSION,
      },
      prev: end.prev,
      revision: String(end.revision + 1n),
      stream: end.stream,
      type,
      v: 1,
    } as LedgerEvent;
    assertClear(event);
    const leaf = canonicalBytes(event);
    end.revision += 1n;
    end.prev = Buffer.from(leafHash(leaf)).toString('hex');
    return { event, stored: { id, type, leaf } };
  }

  /** The clear data of a draft, with the envelopes of what it brings. */
  #sealed({ type, data, seal, file }: Draft, eventId: string): Draft['data'] {
    if (isEmpty(seal) && isEmpty(file)) return data;
    const { operator, subject = null } = data as { operator: string; subject?: string };
    const context = { operator, subject, eventId, eventType: type, schemaVersion: SCHEMA_VERSION };
    const { vault } = this.parts;
    const sealed: Record<string, unknown> = { ...data };
    if (!isEmpty(seal)) sealed['sealed'] = vault.seal('subject', context, seal);
    if (!isEmpty(file)) sealed['filed'] = vault.seal('operator', context, file);
    return sealed as Draft['data'];
  }

  /**
   * Vault first, then log; what comes in meanwhile shares the next commit. The vault commits a batch while the log
   * commits the one before it, and is no further ahead.
   */
  async #pump(): Promise<void> {
    let appending: Promise<unknown> = Promise.resolve();
    while (this.#queue.length > 0) {
      const batch = this.#queue;
      this.#queue = [];
      const ended = this.#observer.committing('vault');
      let lost: ReadonlySet<string>;
      try {
        lost = new Set(await this.parts.vault.commit(batch.flatMap(idsOf)));
        ended(true);
      } catch (error) {
        ended(false);
        await this.#fail([...batch, ...this.#queue.splice(0)], error);
        continue;
      }
      const before = appending;
      appending = this.#appendAll(lost.size === 0 ? batch : await this.#without(lost, batch));
      await (this.#queue.length > 0 ? before : appending);
    }
    this.#pumping = false;
  }

  /** What rests on one that is lost is refused by the log. */
  async #without(lost: ReadonlySet<string>, batch: readonly Queued[]): Promise<readonly Queued[]> {
    const isLost = (queued: Queued): boolean => idsOf(queued).some((id) => lost.has(id));
    const faster = new VaultError('NOT_AT_HAND', 'another writer was faster');
    await this.#fail(batch.filter(isLost), faster);
    return batch.filter((queued) => !isLost(queued));
  }

  async #appendAll(batch: readonly Queued[]): Promise<void> {
    const ended = this.#observer.committing('log');
    const landed = await Promise.all(batch.map(async (queued) => this.#append(queued)));
    ended(landed.every((isDurable) => isDurable));
  }

  async #append(queued: Queued): Promise<boolean> {
    try {
      this.#assertInTime(queued);
      const appended = await this.parts.store.append(queued.append);
      const ids = this.#landed(queued);
      this.parts.vault.confirm(ids, { ledgerId: this.parts.ledgerId, ...appended.head });
      this.#observer.recorded(queued.events);
      queued.resolve(this.#noted(queued.events, appended));
      return true;
    } catch (error) {
      await this.#fail([queued], error);
      return false;
    }
  }

  /** Where others write too, what comes late stands behind what was recorded much later. */
  #assertInTime({ events }: Queued): void {
    const at = Date.parse(events[0]?.metadata.recordedAt ?? '');
    if (!this.parts.store.isShared || this.now().getTime() - at <= HANDED_OVER_WITHIN_MS) return;
    throw new LedgerError('UNAVAILABLE', 'the vault was slow: nothing was recorded');
  }

  /** Not awaited where appends are: what is noted is appended behind them. */
  async #noted(events: readonly LedgerEvent[], appended: Appended): Promise<Appended> {
    if (appended.moved !== undefined) await this.parts.onMoved?.(events);
    return appended;
  }

  async #fail(batch: readonly Queued[], cause: unknown): Promise<void> {
    const ids = batch.flatMap((queued) => this.#landed(queued));
    // What may be in the log after all keeps its keys and values: the next start can tell (`Vault.sweep`).
    if (!isInDoubt(cause)) await this.parts.vault.discard(ids).catch(() => undefined);
    for (const { reject, tail, append } of batch) {
      this.parts.onFailed?.(tail, isStale(cause) ? Object.keys(append.read ?? {}) : []);
      reject(notRecorded(cause));
    }
  }

  #landed(queued: Queued): readonly string[] {
    const ids = idsOf(queued);
    for (const id of ids) this.#inFlight.delete(id);
    return ids;
  }
}

function idsOf({ append }: Queued): readonly string[] {
  return append.events.map(({ id }) => id);
}

/** Where an event comes to stand. */
interface Place {
  readonly ids: readonly string[];
  readonly n: number;
  /** The end of its stream, moved by each event. */
  readonly end: Tail;
  /** ISO instant. */
  readonly recordedAt: string;
}

function isEmpty(values: Values | undefined): values is undefined {
  for (const _ in values) return false;
  return true;
}
