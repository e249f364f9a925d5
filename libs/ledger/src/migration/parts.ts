import { existsSync } from 'node:fs';
import { LedgerError } from '../ledger-error.js';
import type { Moved, MovedPart } from '../stores/identity.js';
import type { LedgerFiles } from '../stores/ledger-files.js';

const PLACES = { log: 'store', vault: 'database' } as const;
/** Every store that can be moved, in the order in which they are. */
export const PARTS = ['log', 'vault'] as const;

/** Where stores are, and where they are to be. */
export interface Ways {
  readonly from: LedgerFiles;
  readonly to: LedgerFiles;
}

/** What is to be moved from the one to the other. */
export function partsOf({ from, to }: Ways): readonly MovedPart[] {
  return PARTS.filter((part) => to[PLACES[part]] !== from[PLACES[part]]);
}

/** Whether a store is not a file of the directory. */
export function isElsewhere(files: LedgerFiles, part: MovedPart): boolean {
  return files[PLACES[part]] !== undefined;
}

/**
 * A store that is not a file in the directory cannot be moved, and one that is, is not named as if it were elsewhere.
 * @throws {LedgerError} INVALID_REQUEST.
 */
export function assertMovable(ways: Ways, moved: Moved): void {
  for (const part of PARTS) {
    if (moved[part] !== undefined) continue;
    const isFile = existsSync(ways.from[part]);
    const isNamed = isElsewhere(ways.from, part);
    if (isFile && isNamed)
      throw unmovable(part, `is a file here: name its new place by --to-${PLACES[part]} alone`);
    if (!isFile && partsOf(ways).includes(part))
      throw unmovable(part, 'is not a file in this directory: "pdl migrate" moves files');
  }
}

/** Where the stores are: in their new places those that an earlier run has moved. */
export function whereIs({ from, to }: Ways, moved: Moved): LedgerFiles {
  const { store, database } = to;
  return {
    ...from,
    ...(moved.log === undefined || store === undefined ? {} : { store }),
    ...(moved.vault === undefined ? {} : { database }),
  };
}

function unmovable(part: MovedPart, why: string): LedgerError {
  return new LedgerError('INVALID_REQUEST', `the ${part} ${why}`);
}
