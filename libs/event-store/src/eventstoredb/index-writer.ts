import type {
  DatabaseSyncInstance as DatabaseSync,
  StatementSyncInstance as StatementSync,
} from '@photostructure/sqlite';
import { EventStoreError } from '../event-store-error.js';
import type { LogHead, RecordedEvent, StreamHead } from '../event-store.js';
import { EMPTY_LOG_HASH, leafHash, RunningHash } from '../leaf-hash.js';
import { isRepeated, pragma, translated } from '../sqlite/connection.js';
import { RowInserter } from '../sqlite/row-inserter.js';
import { uuidBytes } from '../sqlite/rows.js';
import { isAfter, type Arrival, type Place } from './arrival.js';

/** An event that has its ordinal, and the log just after it. */
export interface Indexed {
  readonly event: RecordedEvent;
  readonly head: LogHead;
}

/** Told of each event before it counts, with the revisions that streams have in log order then. */
export type Watcher = (id: string, revisionOf: (stream: string) => number) => void;

interface Stream {
  readonly id: number;
  readonly revision: number;
  /** Leaf hash of the last event. */
  readonly hash: Uint8Array;
}

interface StreamRow {
  readonly id: number | null;
  readonly revision: number;
  readonly hash: Uint8Array;
}

interface Rows {
  readonly streams: (string | number)[];
  readonly events: (string | number | Uint8Array)[];
}

const BEFORE_ALL: Place = { commit: -1, prepare: -1 };
const CACHED_STREAMS = 200_000;

/** Gives events their ordinals, in the order of the server's positions, and refuses what cannot follow. */
export class IndexWriter {
  readonly #findStream: StatementSync;
  readonly #addStreams: RowInserter;
  readonly #addEvents: RowInserter;
  readonly #streams = new Map<string, Stream>();
  #lastStream = 0;
  #size = 0;
  #hash = new RunningHash(EMPTY_LOG_HASH);
  #last = BEFORE_ALL;

  constructor(private readonly database: DatabaseSync) {
    this.#findStream = database.prepare(
      'SELECT s.id AS id, max(e.revision) AS revision, e.hash AS hash FROM streams s JOIN events e ON e.stream = s.id WHERE s.name = ?',
    );
    this.#addStreams = new RowInserter(database, 'streams', 2);
    this.#addEvents = new RowInserter(database, 'events', 8);
    this.#restore();
  }

  get size(): number {
    return this.#size;
  }

  /** Revision of a stream as it is indexed, −1 when there is none. */
  revisionOf(stream: string): number {
    return this.#stream(stream)?.revision ?? -1;
  }

  /** The last event of a stream as it is indexed. */
  headOf(stream: string): StreamHead | undefined {
    const found = this.#stream(stream);
    return found && { revision: BigInt(found.revision), leafHash: found.hash };
  }

  /**
   * Indexes what came; what is indexed already is passed over, since subscriptions deliver at least once.
   * @throws {EventStoreError} GAP or CORRUPT: nothing of it is indexed.
   */
  add(arrivals: readonly Arrival[], watch?: Watcher): readonly Indexed[] {
    if (this.#streams.size > CACHED_STREAMS) this.#streams.clear();
    this.database.exec('BEGIN IMMEDIATE');
    try {
      const rows: Rows = { streams: [], events: [] };
      const indexed: Indexed[] = [];
      for (const arrival of arrivals) {
        if (!isAfter(arrival, this.#last)) continue;
        watch?.(arrival.id, (stream) => this.revisionOf(stream));
        indexed.push(this.#index(arrival, rows));
      }
      this.#addStreams.insert(rows.streams);
      this.#addEvents.insert(rows.events);
      this.database.exec('COMMIT');
      return indexed;
    } catch (cause) {
      if (this.database.isTransaction) this.database.exec('ROLLBACK');
      this.#restore();
      throw isRepeated(cause)
        ? new EventStoreError('CORRUPT', `an event after ordinal ${this.#size} is in the log twice`)
        : translated(cause);
    }
  }

  #index(arrival: Arrival, rows: Rows): Indexed {
    const { stream, revision, id, type, leaf, commit, prepare } = arrival;
    const known = this.#stream(stream);
    const ordinal = this.#size;
    if (revision !== (known?.revision ?? -1) + 1) {
      throw new EventStoreError('GAP', `events are missing in a stream before ordinal ${ordinal}`);
    }
    if (leaf.length === 0 || !Number.isSafeInteger(commit)) {
      throw new EventStoreError('CORRUPT', `another program wrote the event at ordinal ${ordinal}`);
    }
    const hash = leafHash(leaf);
    this.#hash.add(hash);
    const running = this.#hash.value();
    const number = known?.id ?? this.#newStream(stream, rows);
    rows.events.push(ordinal, commit, prepare, number, revision, uuidBytes(id), hash, running);
    this.#streams.set(stream, { id: number, revision, hash });
    this.#last = { commit, prepare };
    this.#size += 1;
    const at = { ordinal: BigInt(ordinal), revision: BigInt(revision) };
    return {
      event: { ...at, id, type, leaf, stream, leafHash: hash },
      head: { size: BigInt(this.#size), hash: running },
    };
  }

  #newStream(name: string, rows: Rows): number {
    this.#lastStream += 1;
    rows.streams.push(this.#lastStream, name);
    return this.#lastStream;
  }

  #stream(name: string): Stream | undefined {
    const cached = this.#streams.get(name);
    if (cached !== undefined) return cached;
    const row = this.#findStream.get(name) as unknown as StreamRow | undefined;
    if (row?.id === undefined || row.id === null) return undefined;
    const stream = { id: row.id, revision: row.revision, hash: row.hash };
    this.#streams.set(name, stream);
    return stream;
  }

  /** To what is in the file. */
  #restore(): void {
    this.#streams.clear();
    this.#lastStream = Number(pragma(this.database, 'SELECT coalesce(max(id), 0) FROM streams'));
    const last = this.database
      .prepare(
        'SELECT ordinal, position, prepare, running FROM events ORDER BY ordinal DESC LIMIT 1',
      )
      .get() as
      { ordinal: number; position: number; prepare: number; running: Uint8Array } | undefined;
    this.#size = last === undefined ? 0 : last.ordinal + 1;
    this.#hash = new RunningHash(last?.running ?? EMPTY_LOG_HASH);
    this.#last = last === undefined ? BEFORE_ALL : { commit: last.position, prepare: last.prepare };
  }
}
