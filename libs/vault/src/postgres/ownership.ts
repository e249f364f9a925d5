import { VaultError } from '../vault-error.js';
import type { VaultDatabase, VaultMode } from './connection.js';
import { metaOf, setMeta } from './meta.js';

const KEY = 'ledger';

/**
 * A vault is one ledger's, from the first that writes to it.
 * @throws {VaultError} WRONG_LOG when it is another's; NOT_FOUND when it is nobody's and none is to be made.
 */
export async function assertLedger(
  database: VaultDatabase,
  mode: VaultMode,
  ledgerId: string,
): Promise<void> {
  const found = await database.read(async (session) => metaOf(session, KEY));
  const owner = found ?? (mode === 'create' ? await taken(database, ledgerId) : undefined);
  if (owner === undefined)
    throw new VaultError('NOT_FOUND', 'nobody’s vault is in this database: run init first');
  if (owner.toString() === ledgerId) return;
  throw new VaultError('WRONG_LOG', 'the vault in this database is another ledger’s');
}

async function taken(database: VaultDatabase, ledgerId: string): Promise<Buffer> {
  return database.change(async (transaction) => {
    const owner = (await metaOf(transaction, KEY)) ?? Buffer.from(ledgerId);
    await setMeta(transaction, KEY, owner);
    return owner;
  });
}
