import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { shredKeyFile } from './key-file.js';

const KEYS = /^(?:root\.(?:key|salt)|(?:operator|epoch)-[a-z0-9-]+\.key|log-mark)(?:\.new)?$/u;

/** Whether any key lies in a directory, which need not be there. */
export function holdsKeys(directory: string): boolean {
  return keysIn(directory).length > 0;
}

/** Overwrites and removes every key of a directory; other files stay. Repeating this changes nothing. */
export function shredKeys(directory: string): void {
  for (const name of keysIn(directory)) shredKeyFile(join(directory, name));
}

function keysIn(directory: string): readonly string[] {
  return existsSync(directory) ? readdirSync(directory).filter((name) => KEYS.test(name)) : [];
}
