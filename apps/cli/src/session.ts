import { userInfo } from 'node:os';
import {
  SystemClock,
  ledgerFiles,
  openLedger,
  passphraseIn,
  type Ledger,
  type LedgerFiles,
} from '#ledger';
import type { Speaker } from '#ledger/bus';
import type { Policy } from '#domain';
import type { Buses } from './buses.js';
import type { GlobalOptions } from './global-options.js';
import { dieOf } from './complain.js';

/** An opened ledger with its buses. */
export interface Session extends Buses {
  readonly ledger: Ledger;
}

/** Files of the ledger that the options name. @throws {LedgerError} INVALID_REQUEST when what names a database names none. */
export function filesOf(options: GlobalOptions): LedgerFiles {
  const { data, keys, store, database = process.env['PDL_DATABASE'] } = options;
  return ledgerFiles(data, keys, { store, database });
}

/** Every published policy version, so that clauses can be put in words. */
export function policiesOf({ parts: { governance } }: Ledger): readonly Policy[] {
  return governance
    .operators()
    .flatMap((operator) => [...governance.timeline(operator).published.values()])
    .map(({ policy }) => policy);
}

/** The system user in a role: the command line needs no token (contract §2). */
export function speaker(role: Speaker['role']): Speaker {
  return { name: `system:${userInfo().username}`, role };
}

/** Passphrase of the root key, when it is not a file. @throws {LedgerError} INVALID_REQUEST when it is empty. */
export function passphrase(): ReturnType<typeof passphraseIn> {
  return passphraseIn(process.env);
}

/** Opens the ledger for writing, does the work, closes it whatever happens. */
export async function withLedger<T>(
  options: GlobalOptions,
  work: (ledger: Ledger) => Promise<T>,
): Promise<T> {
  const ledger = await openLedger({
    files: filesOf(options),
    clock: new SystemClock(),
    ...passphrase(),
    onFatal: dieOf,
  });
  try {
    return await work(ledger);
  } finally {
    await ledger.close();
  }
}

/** The same with its buses, which take longer to load than a ledger that cannot be opened to say so. */
export async function withSession<T>(
  options: GlobalOptions,
  work: (session: Session) => Promise<T>,
): Promise<T> {
  return withLedger(options, async (ledger) => {
    const { busesOf } = await import('./buses.js');
    return work({ ledger, ...(await busesOf(ledger)) });
  });
}
