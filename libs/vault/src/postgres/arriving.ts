import { VaultError } from '../vault-error.js';
import type { VaultDatabase } from './connection.js';
import { metaOf, setMeta } from './meta.js';
import type { Session } from './tables.js';

/** Whose vault it is. */
export const OWNER = 'ledger';
/** Whose vault is on its way into the database, in the place of an owner. */
export const ARRIVING = 'arriving';

/**
 * Whether a ledger's vault may come here: there is none, and no other is on its way.
 * @throws {VaultError} WRONG_LOG.
 */
export async function assertFree(session: Session, ledgerId: string): Promise<void> {
  if ((await metaOf(session, OWNER)) !== undefined)
    throw new VaultError('WRONG_LOG', 'the database holds a vault already');
  const arriving = await metaOf(session, ARRIVING);
  if (arriving === undefined || arriving.toString() === ledgerId) return;
  throw new VaultError('WRONG_LOG', 'another ledger’s vault is on its way into this database');
}

/** Marks the database as waiting for a ledger's vault. @throws {VaultError} WRONG_LOG. */
export async function markArriving(database: VaultDatabase, ledgerId: string): Promise<void> {
  await database.change(async (transaction) => {
    await assertFree(transaction, ledgerId);
    await setMeta(transaction, ARRIVING, Buffer.from(ledgerId));
  });
}

/** Makes the ledger whose vault has come its owner. Repeating this changes nothing. @throws {VaultError} WRONG_LOG. */
export async function markArrived(database: VaultDatabase, ledgerId: string): Promise<void> {
  await database.change(async (transaction) => {
    const known = (await metaOf(transaction, OWNER)) ?? (await metaOf(transaction, ARRIVING));
    if (known?.toString() !== ledgerId)
      throw new VaultError('WRONG_LOG', 'the vault in this database is not this ledger’s');
    await setMeta(transaction, OWNER, known);
    await transaction.deleteFrom('meta').where('key', '=', ARRIVING).execute();
  });
}
