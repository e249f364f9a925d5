import { openConnection, pragma } from './connection.js';

/** With what a log file is read: for a diagnosis. */
export interface LogSettings {
  /** Version of the SQLite library. */
  readonly sqlite: string;
  readonly journalMode: string;
  /** As PRAGMA reads it back: 2 is FULL. */
  readonly synchronous: number;
}

/** Opens a log file for reading and says how. @throws {EventStoreError} NOT_FOUND, SQLITE_TOO_OLD, NOT_DURABLE, CORRUPT… */
export function inspectLog(file: string): LogSettings {
  const database = openConnection(file, 'read');
  try {
    return {
      sqlite: String(pragma(database, 'SELECT sqlite_version()')),
      journalMode: String(pragma(database, 'PRAGMA journal_mode')),
      synchronous: Number(pragma(database, 'PRAGMA synchronous')),
    };
  } finally {
    database.close();
  }
}
