import { join } from 'node:path';

/** Where a data directory keeps what (design §3). */
export interface LedgerFiles {
  readonly directory: string;
  readonly log: string;
  readonly vault: string;
  readonly views: string;
  readonly lock: string;
  readonly identity: string;
  readonly keys: string;
  readonly imports: string;
}

/** The files of a data directory; keys may lie elsewhere. */
export function ledgerFiles(directory: string, keys = join(directory, 'keys')): LedgerFiles {
  return {
    directory,
    keys,
    log: join(directory, 'log.db'),
    vault: join(directory, 'vault.db'),
    views: join(directory, 'views.db'),
    lock: join(directory, 'ledger.lock'),
    identity: join(directory, 'ledger.json'),
    imports: join(directory, 'imports'),
  };
}
