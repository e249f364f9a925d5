import type {
  DatabaseSyncInstance as DatabaseSync,
  StatementSyncInstance as StatementSync,
} from '@photostructure/sqlite';
import type { Append, LogHead, NewEvent } from '../event-store.js';
import { EMPTY_LOG_HASH, leafHash, nextLogHash } from '../leaf-hash.js';
import type { AnchorFile } from './anchor.js';
import { headBytes, headOf, uuidBytes } from './rows.js';
import type { AppendResult, Reply } from './writer-protocol.js';

interface Stream {
  readonly id: number;
  readonly revision: number;
}

const CACHED_STREAMS = 200_000;

/** Applies batches of appends: checks and inserts in one transaction, then anchors the new head. */
export class LogWriter {
  readonly #findId: StatementSync;
  readonly #findStream: StatementSync;
  readonly #addStream: StatementSync;
  readonly #addEvent: StatementSync;
  readonly #setHead: StatementSync;
  #streams = new Map<string, Stream>();
  #head: LogHead;

  constructor(
    private readonly database: DatabaseSync,
    private readonly anchor: AnchorFile,
  ) {
    this.#findId = database.prepare('SELECT 1 FROM events WHERE id = ?');
    this.#findStream = database.prepare(
      'SELECT s.id AS id, max(e.revision) AS revision FROM streams s JOIN events e ON e.stream = s.id WHERE s.name = ?',
    );
    this.#addStream = database.prepare('INSERT INTO streams (name) VALUES (?)');
    this.#addEvent = database.prepare('INSERT INTO events VALUES (?, ?, ?, ?, ?, ?, ?)');
    this.#setHead = database.prepare("INSERT OR REPLACE INTO meta VALUES ('head', ?)");
    const row = database.prepare("SELECT value FROM meta WHERE key = 'head'").get();
    this.#head =
      row === undefined ? { size: 0n, hash: EMPTY_LOG_HASH } : headOf(row['value'] as Uint8Array);
  }

  /** Commits all appends that fit; one that does not is refused alone. Returns after the anchor is on the disk. */
  write(appends: readonly Append[]): Reply {
    const before = this.#head;
    this.database.exec('BEGIN IMMEDIATE');
    try {
      const results = appends.map((append) => this.#apply(append));
      this.#setHead.run(headBytes(this.#head));
      this.database.exec('COMMIT');
      this.anchor.write(this.#head);
      return { results, head: this.#head };
    } catch (error) {
      // What the cache learned in this batch is not in the file.
      this.#streams.clear();
      this.#head = before;
      rollback(this.database);
      throw error;
    }
  }

  #apply(append: Append): AppendResult {
    const stream = this.#stream(append.stream);
    const refusal = this.#refusal(append, stream);
    if (refusal !== undefined) return refusal;
    const firstOrdinal = Number(this.#head.size);
    const id = stream?.id ?? Number(this.#addStream.run(append.stream).lastInsertRowid);
    let revision = stream?.revision ?? -1;
    for (const event of append.events) {
      revision += 1;
      this.#insert(event, id, revision);
    }
    if (this.#streams.size >= CACHED_STREAMS) this.#streams.clear();
    this.#streams.set(append.stream, { id, revision });
    return { firstOrdinal, revision };
  }

  #insert(event: NewEvent, stream: number, revision: number): void {
    const hash = leafHash(event.leaf);
    const { size } = this.#head;
    this.#addEvent.run(
      Number(size),
      stream,
      revision,
      uuidBytes(event.id),
      event.type,
      hash,
      event.leaf,
    );
    this.#head = { size: size + 1n, hash: nextLogHash(this.#head.hash, hash) };
  }

  #refusal(append: Append, stream: Stream | undefined): AppendResult | undefined {
    const revision = BigInt(stream?.revision ?? -1);
    if (revision !== append.expectedRevision) {
      const message = `stream is at revision ${revision}, expected ${append.expectedRevision}`;
      return { refused: 'WRONG_EXPECTED_REVISION', message };
    }
    const stale = Object.entries(append.read ?? {}).find(
      ([name, read]) => BigInt(this.#stream(name)?.revision ?? -1) !== read,
    );
    if (stale !== undefined) {
      return { refused: 'STALE_READ', message: `stream ${stale[0]} changed since it was read` };
    }
    return this.#repeats(append.events)
      ? { refused: 'DUPLICATE_EVENT_ID', message: 'an event with this id is in the log' }
      : undefined;
  }

  #repeats(events: readonly NewEvent[]): boolean {
    const ids = new Set(events.map((event) => event.id));
    return (
      ids.size < events.length ||
      events.some((event) => this.#findId.get(uuidBytes(event.id)) !== undefined)
    );
  }

  #stream(name: string): Stream | undefined {
    const cached = this.#streams.get(name);
    if (cached !== undefined) return cached;
    const row = this.#findStream.get(name) as { id: number | null; revision: number } | undefined;
    if (row?.id === undefined || row.id === null) return undefined;
    const stream = { id: row.id, revision: row.revision };
    this.#streams.set(name, stream);
    return stream;
  }
}

function rollback(database: DatabaseSync): void {
  if (database.isTransaction) database.exec('ROLLBACK');
}
