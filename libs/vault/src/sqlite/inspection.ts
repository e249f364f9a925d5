import type { DatabaseSyncInstance } from '@photostructure/sqlite';
import type { KeyDirectory } from '../keys/key-directory.js';
import { decrypt } from '../sealing/aead.js';
import { LABELS, lp } from '../sealing/labels.js';
import type { VaultFault } from '../vault.js';
import { areEpochsAsNoted } from './epochs-note.js';
import type { References } from './references.js';
import type { SubjectKey } from '../staging/key-ring.js';
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
    ...referenceFaults(database),
    ...subjectFaults(inspected),
    ...identifierFaults(inspected),
    ...actorFaults(inspected),
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

/** What a look-up finds by must be what the subject's own key holds. */
function identifierFaults({ database, keys, references }: Inspected): readonly VaultFault[] {
  const faults: VaultFault[] = [];
  for (const row of database.prepare('SELECT hash, subject, token FROM identifiers').all()) {
    const subject = String(row['subject']);
    const key = keyOf(keys, subject);
    const hash = key && references.rehashed(row['token'] as Uint8Array, subject, key);
    if (hash?.equals(row['hash'] as Uint8Array) === true) continue;
    faults.push({ item: subject, reason: 'a look-up of its identifier does not find it' });
  }
  return faults;
}

function keyOf(keys: SubjectKeys, subject: string): SubjectKey | undefined {
  try {
    return keys.readable(subject);
  } catch {
    // The epoch's file is missing or damaged: that has a fault of its own.
    return undefined;
  }
}

function actorFaults({ database, directory }: Inspected): readonly VaultFault[] {
  const operators = directory.operators();
  const rows = database.prepare('SELECT hash, id, name FROM actors').all();
  const wrong = rows.filter(({ hash, id, name }) => {
    const place = lp(LABELS.operatorDirectory, String(id));
    return !operators.some((operator) => {
      const filing = directory.operatorKey(operator, 'filing');
      const found = decrypt(filing, name as Uint8Array, place);
      const known = found && directory.operatorHmac(operator, 'directory').bytes(found);
      return known?.equals(hash as Uint8Array) === true;
    });
  });
  return wrong.map(({ id }) => ({ item: String(id), reason: 'the entry of an actor was changed' }));
}
