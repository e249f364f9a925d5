import { existsSync } from 'node:fs';
import { LedgerError } from '../ledger-error.js';
import { readIdentity, type MovedPart } from './identity.js';
import type { LedgerFiles } from './ledger-files.js';

const NOW_IN = {
  log: 'on a server now: name it by --store or PDL_STORE',
  vault: 'in a database now: name it by --database or PDL_DATABASE',
} as const;
const FLAGS = { log: '--store', vault: '--database' } as const;

/**
 * A store that was migrated away is not looked for in the directory.
 * @throws {LedgerError} NO_LEDGER, saying by what it is named now.
 */
export function assertNotMoved(files: LedgerFiles, part: MovedPart): void {
  const at = readIdentity(files).moved?.[part];
  if (at === undefined) return;
  const message = `the ${part} of this ledger was migrated (${at.slice(0, 10)}), it is ${NOW_IN[part]}`;
  throw new LedgerError('NO_LEDGER', message);
}

/**
 * Whoever writes finds each store in one place: the file where no server is named, and no file where one is. A fresh
 * vault would know nobody, and make everybody anew: only init may begin one, and a log.
 * @throws {LedgerError} NO_LEDGER, also when a file lies there beside a named server.
 */
export function assertStoresAreThere(files: LedgerFiles): void {
  for (const part of ['log', 'vault'] as const) assertOnePlace(files, part);
}

function assertOnePlace(files: LedgerFiles, part: MovedPart): void {
  const isElsewhere = (part === 'log' ? files.store : files.database) !== undefined;
  if (!isElsewhere) assertNotMoved(files, part);
  const isHere = existsSync(files[part]);
  if (isElsewhere !== isHere) return;
  if (!isHere) {
    const message = `the ${part} file is missing: restore a copy of it, or name the server that holds it`;
    throw new LedgerError('NO_LEDGER', message);
  }
  const message =
    readIdentity(files).moved?.[part] === undefined
      ? `the ${part} is a file in this directory: leave out ${FLAGS[part]}, or move it with "pdl migrate"`
      : 'a migration was cut off at its end: run the same "pdl migrate" again';
  throw new LedgerError('NO_LEDGER', message);
}
