import { readdirSync, renameSync } from 'node:fs';
import { basename, join } from 'node:path';
import { syncDirectory, type MovedPart } from '../stores/identity.js';
import type { LedgerFiles } from '../stores/ledger-files.js';

const LEFT = '.migrated';
/** Views go with the vault: a database has its own. */
const STORES = { log: ['log'], vault: ['vault', 'views'] } as const;

/**
 * Renames the files of stores that were moved, so that nobody takes them for the live ones; nothing is deleted. Told of
 * each; a crash in between leaves the rest to the next run.
 */
export function leaveFiles(
  files: LedgerFiles,
  parts: readonly MovedPart[],
  renamed: () => void,
): void {
  for (const name of namesOf(files, parts)) {
    for (const file of readdirSync(files.directory)) {
      const rest = restOf(file, name);
      if (rest === undefined) continue;
      renameSync(join(files.directory, file), join(files.directory, `${name}${LEFT}${rest}`));
      renamed();
    }
  }
  syncDirectory(files.directory);
}

/** Names of what a migration left in the directory. */
export function leftIn(files: LedgerFiles): readonly string[] {
  const names = namesOf(files, ['log', 'vault']).map((name) => `${name}${LEFT}`);
  return readdirSync(files.directory).filter((file) => names.includes(file));
}

function namesOf(files: LedgerFiles, parts: readonly MovedPart[]): readonly string[] {
  return parts.flatMap((part) => STORES[part].map((store) => basename(files[store])));
}

/** What follows a store's name in those of its files: its WAL, its anchor, its lock. */
function restOf(file: string, name: string): string | undefined {
  if (!file.startsWith(name) || file.startsWith(`${name}${LEFT}`)) return undefined;
  const rest = file.slice(name.length);
  return rest === '' || rest.startsWith('-') || rest.startsWith('.') ? rest : undefined;
}
