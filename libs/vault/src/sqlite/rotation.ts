import type { DatabaseSyncInstance } from '@photostructure/sqlite';
import type { KeyDirectory } from '../keys/key-directory.js';
import { decrypt } from '../sealing/aead.js';
import { LABELS, lp } from '../sealing/labels.js';
import type { EpochStatus, VaultFault } from '../vault.js';
import type { References } from './references.js';
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
 * the old file overwritten and unlinked. A crash between any two leaves either epoch whole.
 */
export function retireEpochs(rotator: Rotator, now: Date, force: boolean): readonly Retired[] {
  removeStrays(rotator);
  const due = epochsOf(rotator.database).filter(
    ({ retireBy }) => force || (retireBy !== null && retireBy <= now.toISOString()),
  );
  return due.map(({ operator, epoch }) => retire(rotator, operator, epoch, now));
}

/** Starts an operator's next epoch. */
export function startEpoch(
  database: DatabaseSyncInstance,
  directory: KeyDirectory,
  operator: string,
  now: Date,
): number {
  const row = database
    .prepare('SELECT max(epoch) AS last FROM epochs WHERE operator = ?')
    .get(operator);
  const epoch = Number(row?.['last'] ?? 0) + 1;
  directory.createEpoch(operator, epoch);
  database
    .prepare('INSERT INTO epochs VALUES (?, ?, ?, NULL)')
    .run(operator, epoch, now.toISOString());
  return epoch;
}

/** Epochs in use, with how many subjects each wraps. */
export function epochsOf(database: DatabaseSyncInstance): readonly EpochStatus[] {
  const rows = database
    .prepare(
      `SELECT e.operator, e.epoch, e.created_at AS createdAt, e.retire_by AS retireBy,
         (SELECT count(*) FROM subjects s WHERE s.operator = e.operator AND s.epoch = e.epoch) AS subjects
       FROM epochs e ORDER BY e.operator, e.epoch`,
    )
    .all();
  return rows.map((row) => ({ ...row }) as unknown as EpochStatus);
}

/** Epoch files without an epoch (a retired one that came back), epochs without a file, overdue ones, loose modes. */
export function keyFaults(
  { database, directory }: Omit<Rotator, 'keys' | 'references'>,
  now: Date,
): readonly VaultFault[] {
  const epochs = epochsOf(database);
  const named = (list: readonly { operator: string; epoch: number }[]): Set<string> =>
    new Set(list.map(({ operator, epoch }) => `epoch-${operator}-${epoch}`));
  const inUse = named(epochs);
  const files = named(directory.epochFiles());
  const faults = [
    ...[...files]
      .filter((name) => !inUse.has(name))
      .map((item) => ({ item, reason: 'a retired epoch key is back: run keys rotate' })),
    ...[...inUse]
      .filter((name) => !files.has(name))
      .map((item) => ({ item, reason: 'the key file of an epoch in use is missing' })),
    ...directory
      .looseFiles()
      .map((item) => ({ item, reason: 'others may read this key file: set its mode to 0600' })),
  ];
  const overdue = epochs.filter(
    ({ retireBy }) => retireBy !== null && retireBy <= now.toISOString(),
  );
  return [
    ...faults,
    ...overdue.map(({ operator, epoch }) => ({
      item: `epoch-${operator}-${epoch}`,
      reason: 'its retirement is overdue: run keys rotate',
    })),
  ];
}

function retire(rotator: Rotator, operator: string, epoch: number, now: Date): Retired {
  const { database, directory, keys } = rotator;
  const subjects = database
    .prepare('SELECT subject FROM subjects WHERE operator = ? AND epoch = ?')
    .all(operator, epoch);
  inTransaction(database, () => {
    const next = startEpoch(database, directory, operator, now);
    for (const row of subjects) rewrap(rotator, String(row['subject']), next);
    database.prepare('DELETE FROM epochs WHERE operator = ? AND epoch = ?').run(operator, epoch);
  });
  keys.purgeAll();
  database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  directory.retireEpoch(operator, epoch);
  return { operator, epoch, survivors: subjects.length };
}

function rewrap({ database, keys, references }: Rotator, subject: string, epoch: number): void {
  const key = keys.find(subject);
  if (key === undefined) return;
  const renewed = { ...key, epoch };
  keys.replace(subject, renewed);
  const move = database.prepare('UPDATE identifiers SET hash = ? WHERE hash = ? AND subject = ?');
  for (const row of database
    .prepare('SELECT hash, token FROM identifiers WHERE subject = ?')
    .all(subject)) {
    const token = decrypt(key.key, row['token'] as Uint8Array, lp(LABELS.identifier, subject));
    if (token !== undefined) {
      move.run(references.indexHash(renewed, token), row['hash'] as Uint8Array, subject);
    }
  }
}

function removeStrays({ database, directory }: Rotator): void {
  const inUse = new Set(epochsOf(database).map(({ operator, epoch }) => `${operator}/${epoch}`));
  for (const { operator, epoch } of directory.epochFiles()) {
    if (!inUse.has(`${operator}/${epoch}`)) directory.retireEpoch(operator, epoch);
  }
}
