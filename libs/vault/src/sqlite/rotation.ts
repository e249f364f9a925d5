import type { DatabaseSyncInstance } from '@photostructure/sqlite';
import type { KeyDirectory } from '../keys/key-directory.js';
import { decrypt } from '../sealing/aead.js';
import { LABELS, lp } from '../sealing/labels.js';
import type { EpochStatus, VaultFault } from '../vault.js';
import { noteEpochs } from './epochs-note.js';
import type { References } from './references.js';
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
export function retireEpochs(rotator: Rotator, now: Date, force: boolean): readonly Retired[] {
  removeStrays(rotator);
  const due = epochsOf(rotator.database).filter(
    ({ retireBy }) => force || (retireBy !== null && retireBy <= now.toISOString()),
  );
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
  const used = [...epochsOf(database), ...directory.epochFiles()];
  const numbers = used.filter((each) => each.operator === operator).map(({ epoch }) => epoch);
  const epoch = Math.max(0, ...numbers) + 1;
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

const STRAY = {
  retired: 'the key file of a retired epoch is there: any start shreds it',
  begun: 'a rotation was cut off: any start clears it away',
  newer: 'the key of an epoch that this vault never had: an older vault was put back',
} as const;

/** Epoch files without an epoch (a retired one that came back), epochs without a file, overdue ones, loose modes. */
export function keyFaults(
  { database, directory }: Omit<Rotator, 'keys' | 'references'>,
  now: Date,
): readonly VaultFault[] {
  const epochs = epochsOf(database);
  const named = (list: readonly { operator: string; epoch: number }[]): Set<string> =>
    new Set(list.map(({ operator, epoch }) => `epoch-${operator}-${epoch}`));
  const files = named(directory.epochFiles());
  const faults = [
    ...straysOf(database, directory).map(({ operator, epoch, kind }) => ({
      item: `epoch-${operator}-${epoch}`,
      reason: STRAY[kind],
    })),
    ...[...named(epochs)]
      .filter((name) => !files.has(name))
      .map((item) => ({ item, reason: 'the key file of an epoch in use is missing' })),
    ...epochs
      .filter(({ operator, epoch }) => isDamaged(directory, files, operator, epoch))
      .map(({ operator, epoch }) => ({
        item: `epoch-${operator}-${epoch}`,
        reason: 'the key file of an epoch in use is damaged: restore a copy of it',
      })),
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

function isDamaged(
  directory: KeyDirectory,
  files: ReadonlySet<string>,
  operator: string,
  epoch: number,
): boolean {
  return files.has(`epoch-${operator}-${epoch}`) && !directory.holdsEpoch(operator, epoch);
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
    const token = decrypt(key.key, row['token'] as Uint8Array, lp(LABELS.identifier, subject));
    if (token !== undefined) {
      move.run(references.indexHash(renewed, token), row['hash'] as Uint8Array, subject);
    }
  }
  return true;
}

/**
 * Shreds key files that wrap nothing: of a retired epoch that came back, and of one that was begun and cut off. Any
 * other that is newer than this vault may be the key of the right one, when an older copy was put in its place.
 */
export function removeStrays({
  database,
  directory,
}: Pick<Rotator, 'database' | 'directory'>): void {
  for (const { operator, epoch, kind } of straysOf(database, directory)) {
    if (kind !== 'newer') directory.retireEpoch(operator, epoch);
  }
  prepared(database, "DELETE FROM meta WHERE key LIKE 'begun/%'").run();
}

interface Stray {
  readonly operator: string;
  readonly epoch: number;
  readonly kind: 'retired' | 'begun' | 'newer';
}

/** Key files of epochs that the vault does not use. */
function straysOf(database: DatabaseSyncInstance, directory: KeyDirectory): readonly Stray[] {
  const epochs = epochsOf(database);
  const begun = prepared(database, 'SELECT 1 FROM meta WHERE key = ?');
  return directory.epochFiles().flatMap(({ operator, epoch }): readonly Stray[] => {
    const inUse = epochs.filter((each) => each.operator === operator).map((each) => each.epoch);
    if (inUse.includes(epoch)) return [];
    if (epoch < Math.max(...inUse)) return [{ operator, epoch, kind: 'retired' }];
    const kind = begun.get(begunKey(operator, epoch)) === undefined ? 'newer' : 'begun';
    return [{ operator, epoch, kind }];
  });
}

function begunKey(operator: string, epoch: number): string {
  return `begun/${operator}/${epoch}`;
}
