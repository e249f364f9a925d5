import type {
  DatabaseSyncInstance as DatabaseSync,
  StatementSyncInstance as StatementSync,
} from '@photostructure/sqlite';
import { EventStoreError } from '../event-store-error.js';
import type { LogHead, RecordedEvent, StreamHead } from '../event-store.js';
import { EMPTY_LOG_HASH, leafHash } from '../leaf-hash.js';
import { BulkRead, type BulkEvents } from './bulk-read.js';
import { translated } from './connection.js';
import { SELECT_HEAD, runningHash, storedHead } from './recover-head.js';
import { uuidText } from './rows.js';
import { Snapshot } from './snapshot.js';

const BATCH = 256;
/** Bytes as such: one flipped bit in the header of a row makes a text of them, or of a text bytes. */
const columnsOf = (row: string): string =>
  `${row}.ordinal, ${row}.stream, ${row}.revision, CAST(${row}.id AS BLOB), CAST(${row}.type AS TEXT), CAST(${row}.hash AS BLOB), CAST(${row}.leaf AS BLOB)`;
const CACHED_NAMES = 200_000;

/** Reads events back, hashing every leaf again on the way. */
export class LogReader {
  readonly #all: StatementSync;
  readonly #bulk: BulkRead;
  readonly #stream: StatementSync;
  readonly #find: StatementSync;
  readonly #at: StatementSync;
  readonly #head: StatementSync;
  readonly #logHead: StatementSync;
  readonly #streamId: StatementSync;
  readonly #streamName: StatementSync;
  readonly #names = new Map<number, string>();
  readonly #snapshot: Snapshot;

  constructor(private readonly database: DatabaseSync) {
    this.#snapshot = new Snapshot(database);
    const select = `SELECT ${columnsOf('events')} FROM events`;
    this.#all = arrays(
      database.prepare(`${select} WHERE ordinal >= ? AND ordinal < ? ORDER BY ordinal`),
    );
    this.#bulk = new BulkRead(database);
    this.#stream = arrays(
      database.prepare(
        `${select} WHERE stream = ? AND revision >= ? ORDER BY revision LIMIT ${BATCH}`,
      ),
    );
    // One statement for all that is asked: a call into SQLite costs more than the look-up of an id that is not there.
    const selectAsked = `SELECT asked.key, ${columnsOf('e')} FROM json_each(?) AS asked CROSS JOIN events AS e ON`;
    this.#find = arrays(database.prepare(`${selectAsked} e.id = unhex(asked.value, '-')`));
    this.#at = arrays(database.prepare(`${selectAsked} e.ordinal = asked.value`));
    this.#head = database.prepare(
      'SELECT revision, CAST(hash AS BLOB) AS hash FROM events WHERE stream = ? ORDER BY revision DESC LIMIT 1',
    );
    this.#logHead = database.prepare(SELECT_HEAD);
    this.#streamId = database.prepare('SELECT id FROM streams WHERE name = ?');
    this.#streamName = database.prepare('SELECT name FROM streams WHERE id = ?');
  }

  /** How many events the log holds. */
  size(): bigint {
    return this.head().size;
  }

  head(): LogHead {
    return attempt(() => storedHead(this.#logHead));
  }

  /** The head when the log held `size` events. @throws {EventStoreError} ROLLED_BACK when it holds fewer. */
  headAt(size: bigint): LogHead {
    const head = this.head();
    if (size === head.size) return head;
    if (size > head.size) {
      throw new EventStoreError(
        'ROLLED_BACK',
        `the log holds ${head.size} events, ${size} were known`,
      );
    }
    return attempt(() => runningHash(this.database, { size: 0n, hash: EMPTY_LOG_HASH }, size));
  }

  /** Events `from` … `to`−1. @throws {EventStoreError} GAP or CORRUPT naming the ordinal. */
  *all(from: bigint, to: bigint): Iterable<readonly RecordedEvent[]> {
    for (let next = Number(from); next < Number(to); next += BATCH) {
      const end = Math.min(next + BATCH, Number(to));
      const bulk = attempt(() => this.#bulk.events(next, end));
      yield bulk === undefined ? this.#oneByOne(next, end) : this.#events(next, bulk);
    }
  }

  /** Leaves of events `from` … `to`−1, hashed again. @throws {EventStoreError} GAP or CORRUPT naming the ordinal. */
  *leaves(from: number, to: number): Iterable<readonly Uint8Array[]> {
    for (let next = from; next < to; next += BATCH) {
      const end = Math.min(next + BATCH, to);
      const leaves = attempt(() => this.#bulk.leaves(next, end));
      yield leaves ?? this.#oneByOne(next, end).map(({ leaf }) => leaf);
    }
  }

  /** The events at these ordinals in the order asked. @throws {EventStoreError} GAP or CORRUPT naming one. */
  at(ordinals: readonly bigint[]): readonly RecordedEvent[] {
    return this.#asked(this.#at, ordinals.map(Number)).map((event, asked) => {
      if (event !== undefined) return event;
      throw new EventStoreError('GAP', `no event at ordinal ${ordinals[asked]}`);
    });
  }

  /** Row by row: finds which one is missing or damaged. */
  #oneByOne(from: number, to: number): readonly RecordedEvent[] {
    const rows = attempt(() => this.#all.all(from, to)) as unknown as readonly Cells[];
    const events = rows.map((row) => this.#event(row));
    assertNoGap(events, from, to);
    return events;
  }

  #events(
    from: number,
    { leaves, hashes, ids, streams, revisions, types }: BulkEvents,
  ): readonly RecordedEvent[] {
    return leaves.map((leaf, n) => ({
      ordinal: BigInt(from + n),
      stream: this.#name(streams[n] ?? -1),
      revision: BigInt(revisions[n] ?? -1),
      id: uuidText(ids.subarray(n * 16, n * 16 + 16)),
      type: types[n] ?? '',
      leaf,
      leafHash: hashes.subarray(n * 32, n * 32 + 32),
    }));
  }

  *stream(name: string, fromRevision: bigint): Iterable<readonly RecordedEvent[]> {
    const id = this.#id(name);
    let next = Number(fromRevision);
    while (id !== undefined) {
      const rows = attempt(() => this.#stream.all(id, next)) as unknown as readonly Cells[];
      if (rows.length === 0) return;
      const events = rows.map((row) => this.#event(row));
      if (events.some((event, index) => event.revision !== BigInt(next + index))) {
        throw new EventStoreError('GAP', `stream has no event at revision ${next} or after it`);
      }
      yield events;
      next += rows.length;
    }
  }

  /** The events of these ids in the order asked, undefined where there is none. */
  findAll(ids: readonly string[]): readonly (RecordedEvent | undefined)[] {
    return this.#asked(this.#find, ids);
  }

  /** What was committed since the last read is seen from now on. */
  refresh(): void {
    this.#snapshot.end();
  }

  streamHead(name: string): StreamHead | undefined {
    const id = this.#id(name);
    if (id === undefined) return undefined;
    const row = attempt(() => this.#head.get(id));
    if (row === undefined) return undefined;
    return { revision: BigInt(row['revision'] as number), leafHash: row['hash'] as Uint8Array };
  }

  close(): void {
    this.#snapshot.end();
    this.database.close();
  }

  #asked(
    statement: StatementSync,
    all: readonly (string | number)[],
  ): readonly (RecordedEvent | undefined)[] {
    const rows = attempt(() => {
      this.#snapshot.begin();
      return statement.all(JSON.stringify(all));
    }) as unknown as readonly (readonly [number, ...Cells])[];
    const found = new Map(rows.map(([asked, ...cells]) => [asked, this.#event(cells)]));
    return all.map((_, asked) => found.get(asked));
  }

  #event([ordinal, stream, revision, id, type, hash, leaf]: Cells): RecordedEvent {
    const computed = leafHash(leaf);
    if (Buffer.compare(computed, hash) !== 0) {
      throw new EventStoreError('CORRUPT', `event ${ordinal} is not the one that was recorded`);
    }
    return {
      ordinal: BigInt(ordinal),
      stream: this.#name(stream),
      revision: BigInt(revision),
      id: uuidText(id),
      type,
      leaf,
      leafHash: computed,
    };
  }

  #id(name: string): number | undefined {
    return attempt(() => this.#streamId.get(name))?.['id'] as number | undefined;
  }

  #name(id: number): string {
    const cached = this.#names.get(id);
    if (cached !== undefined) return cached;
    const row = this.#streamName.get(id);
    if (row === undefined)
      throw new EventStoreError('CORRUPT', 'an event belongs to a stream without a name');
    if (this.#names.size >= CACHED_NAMES) this.#names.clear();
    const name = String(row['name']);
    this.#names.set(id, name);
    return name;
  }
}

type Cells = readonly [number, number, number, Uint8Array, string, Uint8Array, Uint8Array];

function arrays(statement: StatementSync): StatementSync {
  statement.setReturnArrays(true);
  return statement;
}

function attempt<T>(read: () => T): T {
  try {
    return read();
  } catch (cause) {
    throw translated(cause);
  }
}

function assertNoGap(events: readonly RecordedEvent[], from: number, to: number): void {
  const gap = events.findIndex((event, index) => event.ordinal !== BigInt(from + index));
  if (gap === -1 && events.length === to - from) return;
  throw new EventStoreError(
    'GAP',
    `no event at ordinal ${from + (gap === -1 ? events.length : gap)}`,
  );
}
