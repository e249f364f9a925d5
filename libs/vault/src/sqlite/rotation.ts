import type { DatabaseSyncInstance } from '@photostructure/sqlite';
import type { KeyDirectory } from '../keys/key-directory.js';
import { nextEpoch, shredStrays, straysOf, toRetire, type Stray } from '../keys/epoch-files.js';
import type { EpochStatus, Retiring } from '../vault.js';
import { noteEpochs } from './epochs-note.js';
import type { References } from './references.js';
import { shredReturned } from './returned.js';
import { prepared } from './statements.js';
import { inTransaction } from './writing.js';
import type { SubjectKeys } from './subject-keys.js';

/** What a rotation needs of the vault around it. */
export interface Rotator {
  readonly database: DatabaseSyncInstance;
  readonly directory: KeyDirectory;
  readonly keys: SubjectKeys;
  readonly references: References;
}

/** One epoch that was retired. */
export interface Retired {
  readonly operator: string;
  readonly epoch: number;
  readonly survivors: number;
}

/**
 * Retires epochs: a new key file first, then survivors wrapped again and index rows rebuilt in one transaction, then
 * the old file overwritten and unlinked. A crash between any two leaves either epoch whole. Answers every epoch that
 * was ever retired, so that a crash before the caller noted one loses nothing.
 */
export function retireEpochs(rotator: Rotator, now: Date, which: Retiring): readonly Retired[] {
  removeStrays(rotator);
  const due = toRetire(epochsOf(rotator.database), now, which);
  for (const { operator, epoch } of due) retire(rotator, operator, epoch, now);
  return retiredOf(rotator.database);
}

function retiredOf(database: DatabaseSyncInstance): readonly Retired[] {
  const rows = prepared(
    database,
    "SELECT value FROM meta WHERE key LIKE 'retired/%' ORDER BY key",
  ).all();
  return rows.map(
    (row) => JSON.parse(Buffer.from(row['value'] as Uint8Array).toString()) as Retired,
  );
}

/** Makes the key file of an operator's next epoch, noted before it is there; a crash leaves a stray that is known. */
export function beginEpoch(
  database: DatabaseSyncInstance,
  directory: KeyDirectory,
  operator: string,
): number {
  const epoch = nextEpoch(directory, epochsOf(database), operator);
  prepared(database, 'INSERT INTO meta VALUES (?, ?)').run(
    begunKey(operator, epoch),
    new Uint8Array(),
  );
  directory.createEpoch(operator, epoch);
  return epoch;
}

/** Puts an epoch that was begun into use. */
export function startEpoch(
  database: DatabaseSyncInstance,
  operator: string,
  epoch: number,
  now: Date,
): void {
  prepared(database, 'INSERT INTO epochs VALUES (?, ?, ?, NULL)').run(
    operator,
    epoch,
    now.toISOString(),
  );
  noteEpochs(database);
  prepared(database, 'DELETE FROM meta WHERE key = ?').run(begunKey(operator, epoch));
}

/** Epochs in use, with how many subjects each wraps. */
export function epochsOf(database: DatabaseSyncInstance): readonly EpochStatus[] {
  const rows = prepared(
    database,
    `SELECT e.operator, e.epoch, e.created_at AS createdAt, e.retire_by AS retireBy,
         (SELECT count(*) FROM subjects s WHERE s.operator = e.operator AND s.epoch = e.epoch) AS subjects
       FROM epochs e ORDER BY e.operator, e.epoch`,
  ).all();
  return rows.map((row) => ({ ...row }) as unknown as EpochStatus);
}

function retire(rotator: Rotator, operator: string, epoch: number, now: Date): void {
  const { database, directory, keys } = rotator;
  const subjects = prepared(
    database,
    'SELECT subject, event FROM subjects WHERE operator = ? AND epoch = ?',
  ).all(operator, epoch);
  const next = beginEpoch(database, directory, operator);
  inTransaction(database, () => {
    startEpoch(database, operator, next, now);
    const survivors = subjects.filter((row) =>
      rewrap(rotator, String(row['subject']), next, String(row['event'])),
    );
    prepared(database, 'DELETE FROM epochs WHERE operator = ? AND epoch = ?').run(operator, epoch);
    noteEpochs(database);
    const retired: Retired = { operator, epoch, survivors: survivors.length };
    prepared(database, 'INSERT INTO meta VALUES (?, ?)').run(
      `retired/${operator}/${epoch}`,
      Buffer.from(JSON.stringify(retired)),
    );
  });
  keys.purgeAll();
  database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  directory.retireEpoch(operator, epoch);
}

/** A key that was damaged before opens nothing any more; it does not keep an epoch alive. */
function rewrap(
  { database, keys, references }: Rotator,
  subject: string,
  epoch: number,
  event: string,
): boolean {
  const key = keys.readable(subject);
  if (key === undefined) return false;
  const renewed = { ...key, epoch };
  keys.replace(subject, renewed, event);
  const move = prepared(database, 'UPDATE identifiers SET hash = ? WHERE hash = ? AND subject = ?');
  for (const row of prepared(database, 'SELECT hash, token FROM identifiers WHERE subject = ?').all(
    subject,
  )) {
    const hash = references.rehashed(row['token'] as Uint8Array, subject, renewed);
    if (hash !== undefined) move.run(hash, row['hash'] as Uint8Array, subject);
  }
  return true;
}

/** Shreds key files that wrap nothing and rows of the destroyed that came back, and forgets what was begun. */
export function removeStrays(at: Pick<Rotator, 'database' | 'directory'>): void {
  shredReturned(at.database);
  shredStrays(at.directory, straysAt(at));
  prepared(at.database, "DELETE FROM meta WHERE key LIKE 'begun/%'").run();
}

/** Key files of epochs that the vault does not use. */
export function straysAt({
  database,
  directory,
}: Pick<Rotator, 'database' | 'directory'>): readonly Stray[] {
  const begun = prepared(database, 'SELECT 1 FROM meta WHERE key = ?');
  const isBegun = (operator: string, epoch: number): boolean =>
    begun.get(begunKey(operator, epoch)) !== undefined;
  return straysOf(directory, epochsOf(database), isBegun);
}

function begunKey(operator: string, epoch: number): string {
  return `begun/${operator}/${epoch}`;
}
