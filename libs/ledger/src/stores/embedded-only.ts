import { LedgerError } from '../ledger-error.js';

/** Variables by which a later version chooses other stores (contract §2). */
const ELSEWHERE = ['PDL_DATABASE'] as const;

/**
 * Whoever names another store must not be given the embedded ones instead.
 * @throws {LedgerError} INVALID_REQUEST when the environment names one.
 */
export function assertEmbedded(environment: Readonly<Record<string, string | undefined>>): void {
  const named = ELSEWHERE.find((name) => (environment[name] ?? '') !== '');
  if (named === undefined) return;
  throw new LedgerError(
    'INVALID_REQUEST',
    `${named} names a store that this version does not know: unset it to use the data directory`,
  );
}
