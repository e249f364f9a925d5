import type { DatabaseSyncInstance, StatementSyncInstance } from '@photostructure/sqlite';
import { pooledRandom } from '../sealing/random.js';
import type { SeenLog } from '../vault.js';
import { translated } from './connection.js';
import { packSeen, unpackSeen } from '../staging/seen-log.js';
import { sealedCells } from '../staging/sealed-cells.js';
import type { Batch, StagedTable } from '../staging/staging.js';
import { prepared } from './statements.js';

const WIDTHS = { envelopes: 12, identifiers: 6, refs: 7, subjects: 7 } as const;

/** Seals and writes batches, each in one fsynced transaction. */
export class BatchWriter {
  readonly #inserts: Readonly<Record<StagedTable, StatementSyncInstance>>;
  readonly #random = pooledRandom();

  constructor(
    private readonly database: DatabaseSyncInstance,
    private readonly ledgerId: string,
  ) {
    const insert = (table: StagedTable): StatementSyncInstance => {
      const values = Array.from({ length: WIDTHS[table] }, () => '?').join(', ');
      return database.prepare(`INSERT INTO ${table} VALUES (${values})`);
    };
    this.#inserts = {
      envelopes: insert('envelopes'),
      identifiers: insert('identifiers'),
      refs: insert('refs'),
      subjects: insert('subjects'),
    };
  }

  /** @throws {VaultError} DISK_FULL, READ_ONLY, CORRUPT, IO: then nothing of the batch is stored. */
  write({ rows, settled, seen }: Batch): void {
    inTransaction(this.database, () => {
      for (const row of rows) {
        this.#inserts[row.table].run(
          row.row,
          row.event,
          ...row.cells,
          ...sealedCells(row, this.ledgerId, this.#random),
        );
      }
      writeSettled(this.database, settled);
      if (seen !== undefined) writeSeen(this.database, seen);
    });
  }
}

/** Runs in one transaction; nothing of it stays when it throws. @throws {VaultError} */
export function inTransaction(database: DatabaseSyncInstance, run: () => void): void {
  try {
    database.exec('BEGIN IMMEDIATE');
    run();
    database.exec('COMMIT');
  } catch (cause) {
    if (database.isTransaction) database.exec('ROLLBACK');
    throw translated(cause);
  }
}

/** Remembers the log as it was just seen. */
export function writeSeen(database: DatabaseSyncInstance, seen: SeenLog): void {
  setMeta(database, 'seen', packSeen(seen));
}

/** The log as the vault last saw it. */
export function readSeen(database: DatabaseSyncInstance): SeenLog | undefined {
  const bytes = metaOf(database, 'seen');
  return bytes && unpackSeen(bytes);
}

/** Notes that no order below this log size is open. */
export function writeCompleted(database: DatabaseSyncInstance, size: bigint): void {
  setMeta(database, 'completed', Buffer.from(String(size)));
}

/** Log size below which no order is open; 0 when none was noted. */
export function readCompleted(database: DatabaseSyncInstance): bigint {
  return BigInt(metaOf(database, 'completed')?.toString() ?? '0');
}

/** Notes the last row that is not pending on the log. */
export function writeSettled(database: DatabaseSyncInstance, row: number): void {
  setMeta(database, 'settled', Buffer.from(String(row)));
}

/** The last row that is not pending on the log; 0 when none was noted. */
export function readSettled(database: DatabaseSyncInstance): number {
  return Number(metaOf(database, 'settled')?.toString() ?? '0');
}

/** The highest row number in any table, or the settled one when that row is gone. */
export function lastRow(database: DatabaseSyncInstance): number {
  const highest = Object.keys(WIDTHS).map((table) =>
    Number(prepared(database, `SELECT max(row) AS last FROM ${table}`).get()?.['last'] ?? 0),
  );
  return Math.max(readSettled(database), ...highest);
}

/** Events that rows after the settled one wait for. */
export function pendingEvents(database: DatabaseSyncInstance): readonly string[] {
  const all = Object.keys(WIDTHS).map((table) => `SELECT event FROM ${table} WHERE row > ?1`);
  return prepared(database, all.join(' UNION '))
    .all(readSettled(database))
    .map((row) => String(row['event']));
}

/** Subjects whose first keys wait for these events. */
export function pendingSubjects(
  database: DatabaseSyncInstance,
  events: readonly string[],
): readonly string[] {
  const find = prepared(database, 'SELECT subject FROM subjects WHERE row > ? AND event = ?');
  const settled = readSettled(database);
  return events.flatMap((event) => find.all(settled, event).map((row) => String(row['subject'])));
}

/** Removes the rows of events that will never be in the log. */
export function removePending(database: DatabaseSyncInstance, events: readonly string[]): void {
  const settled = readSettled(database);
  for (const table of Object.keys(WIDTHS)) {
    const remove = prepared(database, `DELETE FROM ${table} WHERE row > ? AND event = ?`);
    for (const event of events) remove.run(settled, event);
  }
}

function setMeta(database: DatabaseSyncInstance, key: string, value: Uint8Array): void {
  prepared(database, 'INSERT OR REPLACE INTO meta VALUES (?, ?)').run(key, value);
}

function metaOf(database: DatabaseSyncInstance, key: string): Buffer | undefined {
  const row = prepared(database, 'SELECT value FROM meta WHERE key = ?').get(key);
  return row === undefined ? undefined : Buffer.from(row['value'] as Uint8Array);
}
