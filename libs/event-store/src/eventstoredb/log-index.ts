import type {
  DatabaseSyncInstance as DatabaseSync,
  StatementSyncInstance as StatementSync,
} from '@photostructure/sqlite';
import { EventStoreError } from '../event-store-error.js';
import type { LogHead, StreamHead } from '../event-store.js';
import { EMPTY_LOG_HASH } from '../leaf-hash.js';
import { translated } from '../sqlite/connection.js';
import { uuidText } from '../sqlite/rows.js';
import type { Place } from './arrival.js';
import { openIndexFile } from './index-file.js';
import { IndexWriter } from './index-writer.js';

/** What the index knows of an event: where it is on the server, and what it must be. */
export interface Entry extends Place {
  readonly ordinal: number;
  readonly stream: string;
  readonly revision: number;
  readonly id: string;
  readonly hash: Uint8Array;
}

const COLUMNS = 'e.ordinal, e.position, e.prepare, s.name, e.revision, e.id, e.hash';
const JOINED = 'FROM events AS e JOIN streams AS s ON s.id = e.stream';

/**
 * What the server does not keep: ordinals, the running hash, and where events are by their ids. Built by the follower in
 * log order, rebuilt at will; holds no event, only ids, names of streams and hashes.
 */
export class LogIndex {
  readonly writer: IndexWriter;
  readonly #range: StatementSync;
  readonly #stream: StatementSync;
  readonly #find: StatementSync;
  readonly #running: StatementSync;

  private constructor(private readonly database: DatabaseSync) {
    this.writer = new IndexWriter(database);
    this.#range = arrays(
      database,
      `SELECT ${COLUMNS} ${JOINED} WHERE e.ordinal >= ? ORDER BY e.ordinal LIMIT ?`,
    );
    this.#stream = arrays(
      database,
      `SELECT ${COLUMNS} ${JOINED} WHERE s.name = ? AND e.revision >= ? ORDER BY e.revision LIMIT ?`,
    );
    this.#find = arrays(
      database,
      "SELECT asked.key, e.ordinal FROM json_each(?) AS asked CROSS JOIN events AS e ON e.id = unhex(asked.value, '-')",
    );
    this.#running = database.prepare('SELECT running FROM events WHERE ordinal = ?');
  }

  /** @throws {EventStoreError} as `openIndexFile`. */
  static open(file: string, ledgerId: string): LogIndex {
    return new LogIndex(openIndexFile(file, ledgerId));
  }

  /** How many events are indexed. */
  get size(): number {
    return this.writer.size;
  }

  head(): LogHead {
    return this.headAt(BigInt(this.size));
  }

  /** @throws {EventStoreError} ROLLED_BACK when fewer events are indexed. */
  headAt(size: bigint): LogHead {
    if (size === 0n) return { size, hash: EMPTY_LOG_HASH };
    const row = attempt(() => this.#running.get(Number(size) - 1));
    if (row !== undefined) return { size, hash: row['running'] as Uint8Array };
    const message = `the log holds ${this.size} events, ${size} were known`;
    throw new EventStoreError('ROLLED_BACK', message);
  }

  last(): Entry | undefined {
    return this.range(this.size - 1, 1)[0];
  }

  /** Entries from an ordinal on. */
  range(from: number, limit: number): readonly Entry[] {
    return attempt(() => this.#range.all(from, limit) as unknown as Cells[]).map(entryOf);
  }

  /** Entries of a stream from a revision on. */
  stream(name: string, from: number, limit: number): readonly Entry[] {
    return attempt(() => this.#stream.all(name, from, limit) as unknown as Cells[]).map(entryOf);
  }

  /** Ordinals of the events of these ids, in the order asked, undefined where there is none. */
  find(ids: readonly string[]): readonly (number | undefined)[] {
    const rows = attempt(() => this.#find.all(JSON.stringify(ids))) as unknown as [
      number,
      number,
    ][];
    const found = new Map(rows);
    return ids.map((_, asked) => found.get(asked));
  }

  streamHead(name: string): StreamHead | undefined {
    return attempt(() => this.writer.headOf(name));
  }

  close(): void {
    if (this.database.isOpen) this.database.close();
  }
}

type Cells = readonly [number, number, number, string, number, Uint8Array, Uint8Array];

function entryOf([ordinal, commit, prepare, stream, revision, id, hash]: Cells): Entry {
  return { ordinal, commit, prepare, stream, revision, id: uuidText(id), hash };
}

function arrays(database: DatabaseSync, sql: string): StatementSync {
  const statement = database.prepare(sql);
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
