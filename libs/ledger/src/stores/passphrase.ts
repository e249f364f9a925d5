import { LedgerError } from '../ledger-error.js';

/**
 * Passphrase of the root key by the environment; nothing where the root key is a file.
 * @throws {LedgerError} INVALID_REQUEST when it is empty: a key made from nothing protects nothing.
 */
export function passphraseIn(environment: Readonly<Record<string, string | undefined>>): {
  readonly passphrase?: string;
} {
  const passphrase = environment['PDL_PASSPHRASE'];
  if (passphrase === undefined) return {};
  if (passphrase !== '') return { passphrase };
  throw new LedgerError('INVALID_REQUEST', 'PDL_PASSPHRASE is empty: set or unset it');
}
