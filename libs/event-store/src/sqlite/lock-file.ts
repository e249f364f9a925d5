import { DatabaseSync, type DatabaseSyncInstance } from '@photostructure/sqlite';
import { EventStoreError } from '../event-store-error.js';

/** A lock that is held until released, or until the process is gone. */
export interface Lock {
  release(): void;
}

/**
 * Takes an operating-system lock on a file of its own (SQLite's: the lock dies with its process, however that dies).
 * The file must not be opened otherwise in this process: closing any descriptor of it would drop the lock.
 * @throws {EventStoreError} LOCKED when another process holds it; READ_ONLY when the file cannot be made.
 */
export function lockFile(path: string): Lock {
  let database: DatabaseSyncInstance | undefined;
  try {
    database = new DatabaseSync(path);
    database.exec('PRAGMA busy_timeout=0; PRAGMA locking_mode=EXCLUSIVE; BEGIN EXCLUSIVE');
  } catch (cause) {
    database?.close();
    throw refusal(cause);
  }
  const held = database;
  return { release: () => held.close() };
}

function refusal(cause: unknown): EventStoreError {
  const message =
    typeof cause === 'object' && cause !== null && 'message' in cause ? String(cause.message) : '';
  return /locked|busy/u.test(message)
    ? new EventStoreError(
        'LOCKED',
        'another process works on this data directory: wait until it ends',
        { cause },
      )
    : new EventStoreError(
        'READ_ONLY',
        'the data directory cannot be locked: check that it is writable',
        { cause },
      );
}
