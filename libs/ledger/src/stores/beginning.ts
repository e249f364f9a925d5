import { existsSync, readFileSync, readdirSync, rmSync, rmdirSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { shredKeys } from '#vault';
import { writeWhole } from './identity.js';
import type { LedgerFiles } from './ledger-files.js';

/** A ledger that is being made: noted before anything of it is there, and gone before it is whole. */
export interface Beginning {
  readonly ledgerId: string;
  /** Where its keys lie. */
  readonly keys: string;
}

/** What is being made in a directory, or was until it was cut off. */
export function beginningIn(files: LedgerFiles): Beginning | undefined {
  return existsSync(files.beginning)
    ? (JSON.parse(readFileSync(files.beginning, 'utf8')) as Beginning)
    : undefined;
}

/** Notes it: from here on everything that is made can be taken back. */
export function noteBeginning(files: LedgerFiles, ledgerId: string): Beginning {
  const beginning = { ledgerId, keys: resolve(files.keys) };
  writeWhole(files.beginning, beginning);
  return beginning;
}

/** From here on nothing is taken back. */
export function endBeginning({ beginning }: LedgerFiles): void {
  rmSync(beginning, { force: true });
}

/**
 * Takes back what was made of a ledger that did not come to be, the note last. Events on a server stay: they are named by the
 * ledger's id, which nobody takes again. @throws {VaultError} when its database cannot be used: then the note stays.
 */
export async function takeBack(files: LedgerFiles, { ledgerId, keys }: Beginning): Promise<void> {
  if (files.database !== undefined) {
    const { takeBackVault } = await import('#vault/postgres');
    await takeBackVault(files.database, ledgerId);
  }
  // Keys in another place than they were then may be anybody's.
  if (keys === resolve(files.keys)) shredKeys(keys);
  const stores = [files.log, files.vault, files.index, `${files.identity}.new`].map((path) =>
    basename(path),
  );
  for (const name of readdirSync(files.directory)) {
    // With the files that SQLite, the anchor and the locks put beside them.
    if (stores.some((store) => name.startsWith(store))) rmSync(join(files.directory, name));
  }
  endBeginning(files);
}

/** Removes directories that are empty, from this one up to the first that was made. */
export function removeEmpty(directory: string, firstMade: string | undefined): void {
  for (let at = directory; firstMade !== undefined && at.startsWith(firstMade); at = dirname(at)) {
    try {
      rmdirSync(at);
    } catch {
      return;
    }
  }
}
