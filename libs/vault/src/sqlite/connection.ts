import { DatabaseSync, type DatabaseSyncInstance } from '@photostructure/sqlite';
import { existsSync, statSync } from 'node:fs';
import { VaultError } from '../vault-error.js';

/** Data format of the vault file. */
export const VAULT_FORMAT = 1;
/** From the first statement on: another connection may be opening the same file. */
const BUSY_MS = 5_000;

const SCHEMA = `
  CREATE TABLE meta (key TEXT PRIMARY KEY, value BLOB NOT NULL) WITHOUT ROWID;
  CREATE TABLE subjects (
    row INTEGER PRIMARY KEY, event TEXT NOT NULL, subject TEXT NOT NULL UNIQUE, operator TEXT NOT NULL,
    generation INTEGER NOT NULL, epoch INTEGER NOT NULL, key BLOB NOT NULL
  );
  CREATE INDEX subjects_epoch ON subjects (operator, epoch);
  CREATE TABLE envelopes (
    row INTEGER PRIMARY KEY, event TEXT NOT NULL, id TEXT NOT NULL UNIQUE, operator TEXT NOT NULL, subject TEXT,
    scope TEXT NOT NULL, type TEXT NOT NULL, version TEXT NOT NULL, generation INTEGER NOT NULL,
    salt BLOB NOT NULL, commitment BLOB NOT NULL, ciphertext BLOB NOT NULL
  );
  CREATE INDEX envelopes_subject ON envelopes (subject, scope);
  CREATE TABLE refs (
    row INTEGER PRIMARY KEY, event TEXT NOT NULL, hash BLOB NOT NULL UNIQUE, operator TEXT NOT NULL,
    kind TEXT NOT NULL, id TEXT NOT NULL, destroyed INTEGER NOT NULL
  );
  CREATE INDEX refs_id ON refs (id);
  CREATE TABLE identifiers (
    row INTEGER PRIMARY KEY, event TEXT NOT NULL, hash BLOB NOT NULL, subject TEXT NOT NULL, scheme TEXT NOT NULL,
    token BLOB NOT NULL, UNIQUE (hash, subject)
  );
  CREATE INDEX identifiers_subject ON identifiers (subject);
  CREATE TABLE actors (hash BLOB PRIMARY KEY, id TEXT NOT NULL, name BLOB NOT NULL) WITHOUT ROWID;
  CREATE TABLE tombstones (
    subject TEXT NOT NULL, category TEXT NOT NULL, event TEXT NOT NULL, receipt TEXT NOT NULL,
    PRIMARY KEY (subject, category)
  ) WITHOUT ROWID;
  CREATE INDEX tombstones_event ON tombstones (event);
  CREATE TABLE epochs (
    operator TEXT NOT NULL, epoch INTEGER NOT NULL, created_at TEXT NOT NULL, retire_by TEXT,
    PRIMARY KEY (operator, epoch)
  ) WITHOUT ROWID;
`;

/**
 * A connection to the vault file: fsynced commits, deleted rows overwritten, everything read back.
 * @throws {VaultError} NOT_FOUND, SQLITE_TOO_OLD, NOT_DURABLE, NEWER_FORMAT, CORRUPT, READ_ONLY.
 */
export function openVaultFile(file: string, mode: 'write' | 'read'): DatabaseSyncInstance {
  const present = existsSync(file);
  if ((mode === 'read' && !present) || (present && !statSync(file).isFile())) {
    throw new VaultError('NOT_FOUND', 'the vault is missing here: restore a copy of it');
  }
  let database: DatabaseSyncInstance | undefined;
  try {
    database = new DatabaseSync(file, { readOnly: mode === 'read', timeout: BUSY_MS });
    configure(database, mode);
    return database;
  } catch (cause) {
    database?.close();
    throw translated(cause);
  }
}

function configure(database: DatabaseSyncInstance, mode: 'write' | 'read'): void {
  const version = String(first(database, 'SELECT sqlite_version()'));
  if (version.localeCompare('3.51.3', undefined, { numeric: true }) < 0) {
    throw new VaultError('SQLITE_TOO_OLD', `SQLite ${version} is older than 3.51.3`);
  }
  if (mode === 'write' && first(database, 'PRAGMA user_version') === 0) prepareFile(database);
  database.exec(
    'PRAGMA synchronous=FULL; PRAGMA secure_delete=ON; PRAGMA mmap_size=0; PRAGMA cache_size=-16384; PRAGMA trusted_schema=OFF; PRAGMA cell_size_check=ON',
  );
  const settings = ['journal_mode', 'synchronous', 'secure_delete'].map((name) =>
    String(first(database, `PRAGMA ${name}`)),
  );
  if (settings.join() !== 'wal,2,1') {
    throw new VaultError('NOT_DURABLE', `the vault must run with wal,2,1, got ${settings.join()}`);
  }
  const format = Number(first(database, 'PRAGMA user_version'));
  if (format > VAULT_FORMAT) {
    throw new VaultError(
      'NEWER_FORMAT',
      `the vault has data format ${format}, this program knows ${VAULT_FORMAT}: update the program`,
    );
  }
  if (format < VAULT_FORMAT) throw new VaultError('CORRUPT', 'the vault file holds no vault');
  assertTables(database);
}

/** The text of the tables is data of the file too: a flipped bit in it renames a column that only some reads use. */
function assertTables(database: DatabaseSyncInstance): void {
  const rows = database.prepare('SELECT sql FROM sqlite_master WHERE sql IS NOT NULL').all();
  const found = rows.map(({ sql }) => String(sql)).sort();
  const made = SCHEMA.split(';')
    .map((sql) => sql.trim())
    .filter((sql) => sql !== '')
    .sort();
  if (found.join(';') === made.join(';')) return;
  throw new VaultError('CORRUPT', 'the vault file does not hold the tables of a vault');
}

function prepareFile(database: DatabaseSyncInstance): void {
  database.exec('PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL');
  database.exec(`BEGIN IMMEDIATE; ${SCHEMA} PRAGMA user_version=${VAULT_FORMAT}; COMMIT`);
}

/** The first column of the first row. */
export function first(database: DatabaseSyncInstance, sql: string): unknown {
  const row = database.prepare(sql).get();
  return row === undefined ? undefined : Object.values(row)[0];
}

/** A driver's error as the vault's. */
export function translated(cause: unknown): VaultError {
  if (cause instanceof VaultError) return cause;
  const message = messageOf(cause);
  if (/disk is full|ENOSPC/u.test(message)) {
    return new VaultError('DISK_FULL', 'the disk is full: nothing was stored', { cause });
  }
  // SQLite writes beside a file also to read it; what is no file was refused before.
  if (/readonly|read-only|EROFS|EACCES|unable to open database file/u.test(message)) {
    const advice = 'check the disk, or read a copy of the directory';
    return new VaultError('READ_ONLY', `the vault cannot be written: ${advice}`, { cause });
  }
  if (/malformed|not a database|corrupt/u.test(message)) {
    return new VaultError('CORRUPT', 'the vault file is damaged: restore a copy', { cause });
  }
  return new VaultError('IO', `the vault cannot be used: ${message}`, { cause });
}

/** The text of a driver's error, which may come from another realm (a worker, a test's context). */
function messageOf(cause: unknown): string {
  const isError = typeof cause === 'object' && cause !== null && 'message' in cause;
  return isError ? String(cause.message) : 'unknown error';
}
