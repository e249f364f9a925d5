import { KeyDirectory, type EpochStatus } from '#vault';
import { readIdentity } from '../stores/identity.js';
import type { LedgerFiles } from '../stores/ledger-files.js';
import { openVault } from '../stores/places.js';

/**
 * Key epochs in use, read beside whoever writes the ledger.
 * @throws {LedgerError} NO_LEDGER; VaultError when keys or vault cannot be read.
 */
export async function keyEpochs(
  files: LedgerFiles,
  { passphrase }: { readonly passphrase?: string },
): Promise<readonly EpochStatus[]> {
  const { ledgerId } = readIdentity(files);
  const keys = KeyDirectory.open(files.keys, passphrase === undefined ? {} : { passphrase });
  const vault = await openVault({ files, ledgerId }, keys, 'read');
  try {
    return await vault.epochs();
  } finally {
    await vault.close();
  }
}
