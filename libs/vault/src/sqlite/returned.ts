import type { DatabaseSyncInstance } from '@photostructure/sqlite';
import { shredSubject } from './destruction.js';
import { prepared } from './statements.js';
import { inTransaction } from './writing.js';

/** Subjects that were destroyed whole and have rows: somebody put them back. */
export function returned(database: DatabaseSyncInstance): readonly string[] {
  const sql = `SELECT subject FROM tombstones WHERE category = '' AND (
      EXISTS (SELECT 1 FROM subjects s WHERE s.subject = tombstones.subject)
      OR EXISTS (SELECT 1 FROM envelopes e WHERE e.subject = tombstones.subject AND e.scope = 'subject')
      OR EXISTS (SELECT 1 FROM identifiers i WHERE i.subject = tombstones.subject)) ORDER BY subject`;
  return prepared(database, sql)
    .all()
    .map(({ subject }) => String(subject));
}

/** Shreds what came back of the destroyed: no epoch may wrap their keys again. */
export function shredReturned(database: DatabaseSyncInstance): void {
  const subjects = returned(database);
  if (subjects.length === 0) return;
  inTransaction(database, () => {
    for (const subject of subjects) shredSubject(database, subject);
  });
  database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
}
