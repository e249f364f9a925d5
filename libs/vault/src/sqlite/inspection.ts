import type { DatabaseSyncInstance } from '@photostructure/sqlite';
import type { KeyDirectory } from '../keys/key-directory.js';
import type { VaultFault } from '../vault.js';
import { areEpochsAsNoted } from './epochs-note.js';
import type { References } from './references.js';
import { returned } from './returned.js';
import type { SubjectKey } from '../staging/key-ring.js';
import { actorFaults, identifierFault, returnedFaults } from '../staging/row-faults.js';
import type { SubjectKeys } from './subject-keys.js';

/** What is looked at. */
export interface Inspected {
  readonly database: DatabaseSyncInstance;
  readonly directory: KeyDirectory;
  readonly keys: SubjectKeys;
  readonly references: References;
}

/** Rows that no longer say what was written: SQLite sees that of its own pages and of what is indexed, no more. */
export function rowFaults(inspected: Inspected): readonly VaultFault[] {
  const { database } = inspected;
  const rows = database.prepare('PRAGMA integrity_check').all();
  const isIntact = rows.length === 1 && Object.values(rows[0] ?? {})[0] === 'ok';
  const faults = isIntact ? [] : [{ item: 'vault', reason: `SQLite finds ${rows.length} faults` }];
  if (!areEpochsAsNoted(database)) {
    faults.push({ item: 'epochs', reason: 'are not those that were written: restore the vault' });
  }
  return [
    ...faults,
    ...returnedFaults(returned(database)),
    ...referenceFaults(database),
    ...subjectFaults(inspected),
    ...identifierFaults(inspected),
    ...actorFaults(actorsIn(database), inspected.directory),
  ];
}

function referenceFaults(database: DatabaseSyncInstance): readonly VaultFault[] {
  const wrong = database
    .prepare(
      `SELECT id FROM refs WHERE kind NOT IN ('subject', 'recipient') OR destroyed IS NOT
         EXISTS (SELECT 1 FROM tombstones WHERE subject = id AND category = '')`,
    )
    .all();
  return wrong.map((row) => ({ item: String(row['id']), reason: 'its reference was changed' }));
}

function subjectFaults({ database, keys }: Inspected): readonly VaultFault[] {
  const subjects = database.prepare('SELECT subject FROM subjects').all();
  const lost = subjects.map(({ subject }) => String(subject)).filter((each) => !keyOf(keys, each));
  return lost.map((item) => ({ item, reason: 'its key cannot be unwrapped' }));
}

function identifierFaults({ database, keys, references }: Inspected): readonly VaultFault[] {
  const rows = database.prepare('SELECT hash, subject, token FROM identifiers').all();
  return rows.flatMap((row) => {
    const found = row as { hash: Uint8Array; subject: string; token: Uint8Array };
    return identifierFault(found, keyOf(keys, found.subject), references);
  });
}

function keyOf(keys: SubjectKeys, subject: string): SubjectKey | undefined {
  try {
    return keys.readable(subject);
  } catch {
    // The epoch's file is missing or damaged: that has a fault of its own.
    return undefined;
  }
}

function actorsIn(database: DatabaseSyncInstance): Parameters<typeof actorFaults>[0] {
  return database.prepare('SELECT hash, id, name FROM actors').all() as never;
}
