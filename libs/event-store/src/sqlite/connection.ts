import { DatabaseSync, type DatabaseSyncInstance } from '@photostructure/sqlite';
import { existsSync, statSync } from 'node:fs';
import { EventStoreError } from '../event-store-error.js';

/** Data format of the log file; raised with an upgrade path when the tables change. */
export const LOG_FORMAT = 1;

const BUSY_MS = 5_000;

const SCHEMA = `
  CREATE TABLE meta (key TEXT PRIMARY KEY, value BLOB NOT NULL) WITHOUT ROWID;
  CREATE TABLE streams (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);
  CREATE TABLE events (
    ordinal INTEGER PRIMARY KEY,
    stream INTEGER NOT NULL,
    revision INTEGER NOT NULL,
    id BLOB NOT NULL,
    type TEXT NOT NULL,
    hash BLOB NOT NULL,
    leaf BLOB NOT NULL
  );
  CREATE UNIQUE INDEX event_ids ON events (id);
  CREATE UNIQUE INDEX stream_revisions ON events (stream, revision);
`;

/** Four times as much saved no time in an import of 280,000 lines. */
const CACHE_KIB = 16_384;

/**
 * A connection to the log file with every setting that durability rests on set and read back.
 * @throws {EventStoreError} NOT_FOUND, SQLITE_TOO_OLD, NOT_DURABLE, NEWER_FORMAT, CORRUPT, READ_ONLY.
 */
export function openConnection(file: string, mode: 'write' | 'read'): DatabaseSyncInstance {
  if (mode === 'read' && !existsSync(file)) {
    throw new EventStoreError('NOT_FOUND', 'the event log is missing here: restore a copy of it');
  }
  if (existsSync(file) && !statSync(file).isFile()) {
    throw new EventStoreError('NOT_FOUND', 'the event log is not a file');
  }
  let database: DatabaseSyncInstance | undefined;
  try {
    // Two connections that open at once meet at the recovery of the WAL.
    database = new DatabaseSync(file, { readOnly: mode === 'read', timeout: BUSY_MS });
    configure(database, mode);
    return database;
  } catch (cause) {
    database?.close();
    throw translated(cause);
  }
}

function configure(database: DatabaseSyncInstance, mode: 'write' | 'read'): void {
  const version = String(pragma(database, 'SELECT sqlite_version()'));
  if (!atLeast(version, [3, 51, 3])) {
    throw new EventStoreError('SQLITE_TOO_OLD', `SQLite ${version} is older than 3.51.3`);
  }
  if (mode === 'write') prepareFile(database);
  database.exec(
    `PRAGMA synchronous=FULL; PRAGMA wal_autocheckpoint=0; PRAGMA mmap_size=0; PRAGMA cache_size=-${CACHE_KIB}; PRAGMA trusted_schema=OFF; PRAGMA cell_size_check=ON`,
  );
  const journal = String(pragma(database, 'PRAGMA journal_mode'));
  const synchronous = Number(pragma(database, 'PRAGMA synchronous'));
  if (journal !== 'wal' || synchronous !== 2) {
    throw new EventStoreError(
      'NOT_DURABLE',
      `the log must run with WAL and synchronous=FULL, got ${journal} and ${synchronous}`,
    );
  }
  checkFormat(database);
}

/** The anchor vouches for what is in the file, so creating it is one transaction. */
function prepareFile(database: DatabaseSyncInstance): void {
  if (Number(pragma(database, 'PRAGMA user_version')) !== 0) return;
  database.exec('PRAGMA page_size=4096; PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL');
  const tables = Number(pragma(database, 'SELECT count(*) FROM sqlite_master'));
  if (tables === 0) {
    database.exec(`BEGIN IMMEDIATE; ${SCHEMA} PRAGMA user_version=${LOG_FORMAT}; COMMIT`);
  }
}

function checkFormat(database: DatabaseSyncInstance): void {
  const format = Number(pragma(database, 'PRAGMA user_version'));
  if (format > LOG_FORMAT) {
    throw new EventStoreError(
      'NEWER_FORMAT',
      `the log has data format ${format}, this program knows ${LOG_FORMAT}: update the program`,
    );
  }
  if (format < LOG_FORMAT) throw new EventStoreError('CORRUPT', 'the log file holds no event log');
}

/** The first column of the first row. */
export function pragma(database: DatabaseSyncInstance, sql: string): unknown {
  const row = database.prepare(sql).get() as Record<string, unknown> | undefined;
  return row === undefined ? undefined : Object.values(row)[0];
}

/** Whether a unique index of event ids or of names of streams refused a row. */
export function isRepeated(cause: unknown): boolean {
  return /UNIQUE constraint failed: (?:events\.id|streams\.name)/u.test(messageOf(cause));
}

/** A driver's error as the port's: disk full and read-only are told apart from the rest. */
export function translated(cause: unknown): EventStoreError {
  if (cause instanceof EventStoreError) return cause;
  const message = messageOf(cause);
  if (/disk is full|ENOSPC/u.test(message)) {
    return new EventStoreError('DISK_FULL', 'the disk is full: nothing was stored', { cause });
  }
  // SQLite writes beside a file also to read it; what is no file was refused before.
  if (/readonly|read-only|EROFS|EACCES|unable to open database file/u.test(message)) {
    const advice = 'check the disk, or read a copy of the directory';
    return new EventStoreError('READ_ONLY', `the log cannot be written: ${advice}`, { cause });
  }
  if (/malformed|not a database|corrupt/u.test(message)) {
    return new EventStoreError('CORRUPT', 'the log file is damaged: restore a copy', { cause });
  }
  return new EventStoreError('IO', `the log cannot be used: ${message}`, { cause });
}

function atLeast(version: string, wanted: readonly number[]): boolean {
  const parts = version.split('.').map(Number);
  for (const [index, want] of wanted.entries()) {
    const have = parts[index] ?? 0;
    if (have !== want) return have > want;
  }
  return true;
}

/** The text of a driver's error, which may come from another realm (a worker, a test's context). */
function messageOf(cause: unknown): string {
  const isError = typeof cause === 'object' && cause !== null && 'message' in cause;
  return isError ? String(cause.message) : 'unknown error';
}
