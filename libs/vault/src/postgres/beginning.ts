import { VaultError } from '../vault-error.js';
import { ARRIVING, OWNER } from './arriving.js';
import { empty } from './arriving-rows.js';
import { VaultDatabase } from './connection.js';
import { metaOf } from './meta.js';

/**
 * Reads only: whether a ledger may begin in this database: no vault is in it, or nobody's, or what `cutOff` began.
 * @throws {VaultError} WRONG_LOG; as opening a vault does.
 */
export async function assertMayBegin(url: string, cutOff: string | undefined): Promise<void> {
  const owner = await VaultDatabase.ifThere(url, async (database) =>
    database.read(async (session) => (await metaOf(session, OWNER)) ?? metaOf(session, ARRIVING)),
  );
  if (owner === undefined || owner.toString() === cutOff) return;
  throw new VaultError('WRONG_LOG', 'the vault in this database is another ledger’s');
}

/**
 * Takes back what a ledger that did not come to be has put here: the vault is nobody's then, and empty. Another ledger's is
 * left as it is. @throws {VaultError} as opening a vault does.
 */
export async function takeBackVault(url: string, ledgerId: string): Promise<void> {
  await VaultDatabase.ifThere(url, async (database) =>
    database.change(async (transaction) => {
      if ((await metaOf(transaction, OWNER))?.toString() !== ledgerId) return;
      await empty(transaction);
      await transaction.deleteFrom('claims').execute();
      await transaction.deleteFrom('meta').execute();
    }),
  );
}
