import { assertIds } from '../assert-ids.js';
import { EventStoreError } from '../event-store-error.js';
import {
  EventStore,
  type Append,
  type Appended,
  type LogHead,
  type RecordedEvent,
  type StreamHead,
} from '../event-store.js';
import { EMPTY_LOG_HASH, leafHash, nextLogHash } from '../leaf-hash.js';

/** The log in memory: for tests and demonstrations; durable as long as the process lives. */
export class MemoryEventStore extends EventStore {
  readonly #events: RecordedEvent[] = [];
  readonly #streams = new Map<string, RecordedEvent[]>();
  readonly #ids = new Map<string, RecordedEvent>();
  #head: LogHead = { size: 0n, hash: EMPTY_LOG_HASH };
  #waiting: (() => void)[] = [];
  #closed = false;

  async append(append: Append): Promise<Appended> {
    assertIds(append.events);
    this.#assertFits(append);
    const firstOrdinal = this.#head.size;
    const stream = this.#streams.get(append.stream) ?? [];
    this.#streams.set(append.stream, stream);
    for (const event of append.events) {
      const hash = leafHash(event.leaf);
      const ordinal = this.#head.size;
      const revision = BigInt(stream.length);
      const recorded = { ...event, ordinal, stream: append.stream, revision, leafHash: hash };
      stream.push(recorded);
      this.#events.push(recorded);
      this.#ids.set(event.id, recorded);
      this.#head = { size: ordinal + 1n, hash: nextLogHash(this.#head.hash, hash) };
    }
    for (const wake of this.#waiting.splice(0)) wake();
    return { firstOrdinal, revision: BigInt(stream.length - 1), head: this.#head };
  }

  async *readStream(stream: string, from = 0n): AsyncIterable<readonly RecordedEvent[]> {
    const events = (this.#streams.get(stream) ?? []).slice(Number(from));
    if (events.length > 0) yield events;
  }

  async *readAll(from = 0n): AsyncIterable<readonly RecordedEvent[]> {
    const events = this.#events.slice(Number(from));
    if (events.length > 0) yield events;
  }

  async *follow(from: bigint, signal: AbortSignal): AsyncIterable<readonly RecordedEvent[]> {
    for (let next = from; !signal.aborted;) {
      const events = this.#events.slice(Number(next));
      if (events.length > 0) yield events;
      next += BigInt(events.length);
      if (next >= this.#head.size) {
        await new Promise<void>((resolve) => {
          // The reader may have aborted while it held the batch.
          if (signal.aborted) resolve();
          this.#waiting.push(resolve);
          signal.addEventListener('abort', () => resolve(), { once: true });
        });
      }
    }
  }

  async streamHead(stream: string): Promise<StreamHead | undefined> {
    return this.#streams.get(stream)?.at(-1);
  }

  async findEvent(id: string): Promise<RecordedEvent | undefined> {
    return this.#ids.get(id);
  }

  async findEvents(ids: readonly string[]): Promise<readonly (RecordedEvent | undefined)[]> {
    return ids.map((id) => this.#ids.get(id));
  }

  async head(): Promise<LogHead> {
    return this.#head;
  }

  async readAt(ordinals: readonly bigint[]): Promise<readonly RecordedEvent[]> {
    return ordinals.map((ordinal) => {
      const event = this.#events[Number(ordinal)];
      if (event === undefined) throw new EventStoreError('GAP', `no event at ordinal ${ordinal}`);
      return event;
    });
  }

  async headAt(size: bigint): Promise<LogHead> {
    assertHolds(this.#head.size, size);
    const hashes = this.#events.slice(0, Number(size)).map((event) => event.leafHash);
    return { size, hash: hashes.reduce(nextLogHash, EMPTY_LOG_HASH) };
  }

  async close(): Promise<void> {
    this.#closed = true;
  }

  #assertFits({ stream, expectedRevision, prev, events, read }: Append): void {
    if (this.#closed) throw new EventStoreError('CLOSED', 'the log is closed');
    this.#assertEnd(stream, expectedRevision, prev);
    const stale = Object.entries(read ?? {}).find(([name, at]) => this.#revision(name) !== at);
    if (stale !== undefined) {
      throw new EventStoreError('STALE_READ', `stream ${stale[0]} changed since it was read`);
    }
    const ids = new Set(events.map((event) => event.id));
    if (ids.size < events.length || events.some((event) => this.#ids.has(event.id))) {
      throw new EventStoreError('DUPLICATE_EVENT_ID', 'an event with this id is in the log');
    }
  }

  #assertEnd(stream: string, expectedRevision: bigint, prev: string | undefined): void {
    const revision = this.#revision(stream);
    const last = this.#streams.get(stream)?.at(-1)?.leafHash ?? new Uint8Array();
    const isLast = prev === undefined || prev === Buffer.from(last).toString('hex');
    if (revision === expectedRevision && isLast) return;
    const message = `stream is at revision ${revision}, or at another event, expected ${expectedRevision}`;
    throw new EventStoreError('WRONG_EXPECTED_REVISION', message);
  }

  #revision(stream: string): bigint {
    return BigInt(this.#streams.get(stream)?.length ?? 0) - 1n;
  }
}

function assertHolds(size: bigint, wanted: bigint): void {
  if (size >= wanted) return;
  throw new EventStoreError('ROLLED_BACK', `the log holds ${size} events, ${wanted} were known`);
}
