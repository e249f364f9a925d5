import { VaultError } from '../vault-error.js';
import type { VaultDatabase } from './connection.js';
import { metaOf, setMeta } from './meta.js';

const KEY = 'ledger';

/**
 * A vault is one ledger's, from the first that writes to it.
 * @throws {VaultError} WRONG_LOG when it is another's; NOT_FOUND when it is nobody's and only read.
 */
export async function assertLedger(
  database: VaultDatabase,
  mode: 'write' | 'read',
  ledgerId: string,
): Promise<void> {
  const found = await database.read(async (session) => metaOf(session, KEY));
  const owner = found ?? (mode === 'write' ? await taken(database, ledgerId) : undefined);
  if (owner === undefined)
    throw new VaultError('NOT_FOUND', 'no vault in this database: run init first');
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
