import { VaultError } from '../vault-error.js';
import { ARRIVING, OWNER } from './arriving.js';
import type { VaultDatabase, VaultMode } from './connection.js';
import { metaOf, setMeta } from './meta.js';

/**
 * A vault is one ledger's, from the first that writes to it. One that is on its way here is only read.
 * @throws {VaultError} WRONG_LOG when it is another's; NOT_FOUND when it is nobody's and none is to be made, or not yet
 * all here.
 */
export async function assertLedger(
  database: VaultDatabase,
  mode: VaultMode,
  ledgerId: string,
): Promise<void> {
  const found = await database.read(async (session) => metaOf(session, OWNER));
  const owner = found ?? (await ownerToBe(database, mode, ledgerId));
  if (owner === undefined)
    throw new VaultError('NOT_FOUND', 'nobody’s vault is in this database: run init first');
  if (owner.toString() === ledgerId) return;
  throw new VaultError('WRONG_LOG', 'the vault in this database is another ledger’s');
}

async function ownerToBe(
  database: VaultDatabase,
  mode: VaultMode,
  ledgerId: string,
): Promise<Buffer | undefined> {
  const arriving = await database.read(async (session) => metaOf(session, ARRIVING));
  if (arriving === undefined) return mode === 'create' ? taken(database, ledgerId) : undefined;
  if (mode === 'read') return arriving;
  throw new VaultError(
    'NOT_FOUND',
    'a vault is on its way into this database: run the same "pdl migrate" again',
  );
}

async function taken(database: VaultDatabase, ledgerId: string): Promise<Buffer> {
  return database.change(async (transaction) => {
    const owner = (await metaOf(transaction, OWNER)) ?? Buffer.from(ledgerId);
    await setMeta(transaction, OWNER, owner);
    return owner;
  });
}
