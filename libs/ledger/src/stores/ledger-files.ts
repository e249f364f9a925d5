import { join } from 'node:path';
import { LedgerError } from '../ledger-error.js';

/** Where a data directory keeps what (design §3). */
export interface LedgerFiles {
  readonly directory: string;
  readonly log: string;
  /** URL of the server that holds the log instead of the file (contract §2). */
  readonly store?: string;
  /** What this process knows of a log on a server; deleted, it is made anew. */
  readonly index: string;
  readonly vault: string;
  readonly views: string;
  readonly lock: string;
  readonly identity: string;
  /** There while the ledger is being made. */
  readonly beginning: string;
  readonly keys: string;
  readonly imports: string;
  /** Url of the PostgreSQL database that holds vault and views instead of the directory. */
  readonly database: string | undefined;
}

/** Whether other nodes may write the same log; a file is its one writer's. */
export function isLogShared({ store }: Pick<LedgerFiles, 'store'>): boolean {
  return store !== undefined;
}

/** Stores that are not in the data directory. */
export interface Elsewhere {
  readonly store?: string | undefined;
  readonly database?: string | undefined;
}

/**
 * The files of a data directory; keys and log may lie elsewhere, and vault and views in a database.
 * @throws {LedgerError} INVALID_REQUEST when what names the database names none.
 */
export function ledgerFiles(
  directory: string,
  keys = join(directory, 'keys'),
  { store, database = '' }: Elsewhere = {},
): LedgerFiles {
  if (database !== '' && !/^postgres(?:ql)?:\/\//u.test(database)) {
    throw new LedgerError('INVALID_REQUEST', 'PDL_DATABASE and --database take postgres://…');
  }
  return {
    ...(store === undefined ? {} : { store }),
    index: join(directory, 'eventstoredb-index.db'),
    directory,
    keys,
    log: join(directory, 'log.db'),
    vault: join(directory, 'vault.db'),
    views: join(directory, 'views.db'),
    lock: join(directory, 'ledger.lock'),
    identity: join(directory, 'ledger.json'),
    beginning: join(directory, 'ledger-beginning.json'),
    imports: join(directory, 'imports'),
    database: database === '' ? undefined : database,
  };
}
