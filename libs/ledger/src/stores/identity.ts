import { existsSync, readFileSync } from 'node:fs';
import { LedgerError } from '../ledger-error.js';
import type { LedgerFiles } from './ledger-files.js';

/** Data format of a ledger directory. */
export const LEDGER_FORMAT = 1;

/** What a data directory says it is. */
export interface Identity {
  readonly format: number;
  readonly ledgerId: string;
}

/** @throws {LedgerError} NO_LEDGER when the directory holds none, or one of a newer format. */
export function readIdentity(files: LedgerFiles): Identity {
  if (!existsSync(files.identity)) {
    throw new LedgerError(
      'NO_LEDGER',
      'no ledger in this directory: run "pdl init" first, or name another by --data',
    );
  }
  const identity = parse(readFileSync(files.identity, 'utf8'));
  if (identity === undefined)
    throw new LedgerError('NO_LEDGER', 'ledger.json is damaged: restore a copy of it');
  if (identity.format > LEDGER_FORMAT) {
    throw new LedgerError(
      'NO_LEDGER',
      `the ledger has data format ${identity.format}, this program knows ${LEDGER_FORMAT}: update the program`,
    );
  }
  return identity;
}

function parse(text: string): Identity | undefined {
  try {
    const { format, ledgerId } = JSON.parse(text) as Partial<Identity>;
    return typeof format === 'number' && typeof ledgerId === 'string'
      ? { format, ledgerId }
      : undefined;
  } catch {
    return undefined;
  }
}
