import type { DatabaseSyncInstance } from '@photostructure/sqlite';
import { createHash } from 'node:crypto';
import { prepared } from './statements.js';

const KEY = 'epochs';

/** Notes what the epochs' rows say, in the transaction that changes them: nothing else would tell a changed due time. */
export function noteEpochs(database: DatabaseSyncInstance): void {
  prepared(database, 'INSERT OR REPLACE INTO meta VALUES (?, ?)').run(KEY, sumOf(database));
}

/** Whether the epochs' rows are those that were noted; true where none were, by an earlier program. */
export function areEpochsAsNoted(database: DatabaseSyncInstance): boolean {
  const row = prepared(database, 'SELECT value FROM meta WHERE key = ?').get(KEY);
  return row === undefined || sumOf(database).equals(row['value'] as Uint8Array);
}

function sumOf(database: DatabaseSyncInstance): Buffer {
  const rows = prepared(database, 'SELECT * FROM epochs ORDER BY operator, epoch').all();
  return createHash('sha256')
    .update(JSON.stringify(rows.map((row) => Object.values(row))))
    .digest();
}
