import {
  closeSync,
  existsSync,
  fsyncSync,
  openSync,
  readFileSync,
  renameSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { LedgerError } from '../ledger-error.js';
import type { LedgerFiles } from './ledger-files.js';

/** Data format of a ledger directory. */
export const LEDGER_FORMAT = 1;

/** A store that can be migrated out of the data directory; views go with the vault. */
export type MovedPart = 'log' | 'vault';

/** What a data directory says it is. */
export interface Identity {
  readonly format: number;
  readonly ledgerId: string;
  /** Stores that were migrated out of the directory, and when (ISO 8601). */
  readonly moved?: Moved;
}

export type Moved = Readonly<Partial<Record<MovedPart, string>>>;

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

/** Writes what the directory says it is, so that it is whole or as before after any crash. */
export function writeIdentity(
  files: LedgerFiles,
  { ledgerId, moved }: Omit<Identity, 'format'>,
): void {
  writeWhole(files.identity, { format: LEDGER_FORMAT, ledgerId, moved });
}

/** Writes JSON so that the file is whole or as before after any crash. */
export function writeWhole(path: string, content: object): void {
  const temporary = `${path}.new`;
  const fd = openSync(temporary, 'w', 0o600);
  writeSync(fd, `${JSON.stringify(content)}\n`);
  fsyncSync(fd);
  closeSync(fd);
  renameSync(temporary, path);
  syncDirectory(dirname(path));
}

/** Makes names of files durable. */
export function syncDirectory(path: string): void {
  const fd = openSync(path, 'r');
  fsyncSync(fd);
  closeSync(fd);
}

function parse(text: string): Identity | undefined {
  try {
    const { format, ledgerId, moved } = JSON.parse(text) as Partial<Identity>;
    if (typeof format !== 'number' || typeof ledgerId !== 'string') return undefined;
    return moved === undefined ? { format, ledgerId } : { format, ledgerId, moved };
  } catch {
    return undefined;
  }
}
