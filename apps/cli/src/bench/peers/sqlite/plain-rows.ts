import { join } from 'node:path';
import {
  DatabaseSync,
  type DatabaseSyncInstance,
  type StatementSyncInstance,
} from '@photostructure/sqlite';
import type { AppendStore, MadeUpEvent, StoredEvent } from '../../append-store.js';
import { WrongAnswerError } from '../../wrong-answer.js';
import type { Peer } from '../peer.js';

const NAME = 'plain SQLite rows with group commit';

/** Events as rows by the same driver: WAL, synchronous=FULL, what comes while others wait shares a commit. */
export const plainRows: Peer = {
  name: NAME,
  share: 1,
  open: async (folder) => new PlainRows(join(folder, 'rows.db')),
  close: async () => undefined,
};

interface Waiting {
  readonly stream: string;
  readonly expectedRevision: number;
  readonly event: MadeUpEvent;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

class PlainRows implements AppendStore {
  readonly #database: DatabaseSyncInstance;
  readonly #revision: StatementSyncInstance;
  readonly #insert: StatementSyncInstance;
  #waiting: Waiting[] = [];

  constructor(file: string) {
    this.#database = new DatabaseSync(file);
    this.#database.exec(`
      PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;
      CREATE TABLE events (
        position INTEGER PRIMARY KEY, stream TEXT NOT NULL, revision INTEGER NOT NULL, id TEXT NOT NULL UNIQUE,
        type TEXT NOT NULL, data TEXT NOT NULL, metadata TEXT NOT NULL, UNIQUE (stream, revision)
      )`);
    assertDurable(this.#database);
    this.#revision = this.#database.prepare(
      'SELECT coalesce(max(revision), -1) AS revision FROM events WHERE stream = ?',
    );
    this.#insert = this.#database.prepare(
      'INSERT INTO events (stream, revision, id, type, data, metadata) VALUES (?, ?, ?, ?, ?, ?)',
    );
  }

  async append(stream: string, expectedRevision: number, event: MadeUpEvent): Promise<void> {
    return new Promise((resolve, reject) => {
      if (this.#waiting.length === 0) setImmediate(() => this.#commit());
      this.#waiting.push({ stream, expectedRevision, event, resolve, reject });
    });
  }

  async *stored(): AsyncIterable<StoredEvent> {
    const rows = this.#database.prepare(
      'SELECT stream, revision, data FROM events ORDER BY position',
    );
    for (const row of rows.iterate()) {
      const data = JSON.parse(String(row['data'])) as MadeUpEvent['data'];
      yield { stream: String(row['stream']), revision: Number(row['revision']), ...data };
    }
  }

  async close(): Promise<void> {
    this.#database.close();
  }

  #commit(): void {
    const batch = this.#waiting;
    this.#waiting = [];
    this.#database.exec('BEGIN IMMEDIATE');
    const taken = batch.filter((waiting) => this.#insertIfExpected(waiting));
    this.#database.exec('COMMIT');
    for (const { resolve } of taken) resolve();
  }

  #insertIfExpected({ stream, expectedRevision, event, reject }: Waiting): boolean {
    if (this.#revision.get(stream)?.['revision'] !== expectedRevision) {
      reject(new Error('another revision was expected'));
      return false;
    }
    const { id, type, data, metadata } = event;
    const [body, head] = [JSON.stringify(data), JSON.stringify(metadata)];
    this.#insert.run(stream, expectedRevision + 1, id, type, body, head);
    return true;
  }
}

function assertDurable(database: DatabaseSyncInstance): void {
  const journal = database.prepare('PRAGMA journal_mode').get()?.['journal_mode'];
  const synchronous = database.prepare('PRAGMA synchronous').get()?.['synchronous'];
  if (journal === 'wal' && synchronous === 2) return;
  throw new WrongAnswerError(NAME, `its journal is ${journal}, synchronous ${synchronous}`);
}
