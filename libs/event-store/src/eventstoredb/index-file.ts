import { DatabaseSync, type DatabaseSyncInstance } from '@photostructure/sqlite';
import { EventStoreError } from '../event-store-error.js';
import { pragma, translated } from '../sqlite/connection.js';

const INDEX_FORMAT = 1;

const SCHEMA = `
  CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
  CREATE TABLE streams (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);
  CREATE TABLE events (
    ordinal INTEGER PRIMARY KEY,
    position INTEGER NOT NULL,
    prepare INTEGER NOT NULL,
    stream INTEGER NOT NULL,
    revision INTEGER NOT NULL,
    id BLOB NOT NULL,
    hash BLOB NOT NULL,
    running BLOB NOT NULL
  );
  CREATE UNIQUE INDEX event_ids ON events (id);
  CREATE UNIQUE INDEX stream_revisions ON events (stream, revision);
`;

/**
 * Opens the file of an index, making it if there is none. Nothing rests on its being on the disk: what a crash takes
 * from it is read from the server again.
 * @throws {EventStoreError} WRONG_LOG when it is another ledger's; NEWER_FORMAT; CORRUPT: delete it, it is made anew.
 */
export function openIndexFile(file: string, ledgerId: string): DatabaseSyncInstance {
  let database: DatabaseSyncInstance | undefined;
  try {
    database = new DatabaseSync(file);
    database.exec('PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-65536');
    prepare(database, ledgerId);
    return database;
  } catch (cause) {
    database?.close();
    throw translated(cause);
  }
}

function prepare(database: DatabaseSyncInstance, ledgerId: string): void {
  const format = Number(pragma(database, 'PRAGMA user_version'));
  if (format > INDEX_FORMAT) {
    throw new EventStoreError(
      'NEWER_FORMAT',
      `the index has data format ${format}: update the program`,
    );
  }
  if (format === 0) {
    database.exec(`BEGIN IMMEDIATE; ${SCHEMA} PRAGMA user_version=${INDEX_FORMAT}`);
    database.prepare("INSERT INTO meta VALUES ('ledger', ?)").run(ledgerId);
    database.exec('COMMIT');
  }
  if (pragma(database, "SELECT value FROM meta WHERE key = 'ledger'") === ledgerId) return;
  throw new EventStoreError('WRONG_LOG', 'the index belongs to another ledger');
}
