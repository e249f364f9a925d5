import { setTimeout as pause } from 'node:timers/promises';
import { VaultError } from '#vault';
import type { Ledger } from '../ledger.js';
import { LedgerError } from '../ledger-error.js';

const TRIES = 64;

/**
 * Does work again as long as somebody else records first, on what is there then: also by the policies of then.
 * @throws {LedgerError} OVERTAKEN when others kept being faster; whatever else the work throws.
 */
export async function untilRecorded<T>(
  { parts: { governance, store } }: Ledger,
  work: () => Promise<T>,
): Promise<T> {
  for (let tried = 1; ; tried += 1) {
    try {
      return await work();
    } catch (error) {
      if (!isOvertaken(error) || tried === TRIES) throw error;
      await governance.catchUp(store);
      // Those who were overtaken together must not meet again each time.
      if (tried > 2) await pause(Math.random() * tried);
    }
  }
}

/** Whether somebody else recorded first, or took away what was at hand. */
export function isOvertaken(error: unknown): boolean {
  return (
    (error instanceof LedgerError && error.code === 'OVERTAKEN') ||
    (error instanceof VaultError && error.code === 'NOT_AT_HAND')
  );
}
