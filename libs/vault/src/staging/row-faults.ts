import type { KeyDirectory } from '../keys/key-directory.js';
import { decrypt } from '../sealing/aead.js';
import { LABELS, lp } from '../sealing/labels.js';
import type { VaultFault } from '../vault.js';
import type { SubjectKey } from './key-ring.js';
import type { ReferenceBook } from './reference-book.js';

/** What a look-up finds by must be what the subject's own key holds. */
export function identifierFault(
  row: { readonly hash: Uint8Array; readonly subject: string; readonly token: Uint8Array },
  key: SubjectKey | undefined,
  book: ReferenceBook,
): readonly VaultFault[] {
  const hash = key && book.rehashed(row.token, row.subject, key);
  return hash?.equals(row.hash) === true
    ? []
    : [{ item: row.subject, reason: 'a look-up of its identifier does not find it' }];
}

/** Entries of actors that are no operator's, or not under the name that they hold. */
export function actorFaults(
  rows: readonly { readonly hash: Uint8Array; readonly id: string; readonly name: Uint8Array }[],
  directory: KeyDirectory,
): readonly VaultFault[] {
  const operators = directory.operators();
  const wrong = rows.filter(({ hash, id, name }) => {
    const place = lp(LABELS.operatorDirectory, id);
    return !operators.some((operator) => {
      const filing = directory.operatorKey(operator, 'filing');
      const found = decrypt(filing, name, place);
      const known = found && directory.operatorHmac(operator, 'directory').bytes(found);
      return known?.equals(hash) === true;
    });
  });
  return wrong.map(({ id }) => ({ item: id, reason: 'the entry of an actor was changed' }));
}

/** Subjects that were destroyed and have rows. */
export function returnedFaults(subjects: readonly string[]): readonly VaultFault[] {
  const reason = 'was destroyed and has rows in the vault again: any start shreds them';
  return subjects.map((item) => ({ item, reason }));
}
