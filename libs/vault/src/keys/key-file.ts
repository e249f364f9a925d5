import {
  closeSync,
  existsSync,
  fsyncSync,
  openSync,
  readFileSync,
  renameSync,
  statSync,
  unlinkSync,
  writeSync,
} from 'node:fs';
import { open, rename, type FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';
import { VaultError } from '../vault-error.js';

/** Writes a 0600 file so that it is whole or absent after any crash. */
export function writeKeyFile(path: string, bytes: Uint8Array): void {
  const temporary = `${path}.new`;
  const fd = openSync(temporary, 'w', 0o600);
  writeSync(fd, bytes);
  fsyncSync(fd);
  closeSync(fd);
  renameSync(temporary, path);
  syncDirectory(dirname(path));
}

/** The same while others go on: of two at once on one path the later may lose. */
export async function replaceKeyFile(path: string, bytes: Uint8Array): Promise<void> {
  const temporary = `${path}.new`;
  await synced(temporary, 'w', async (file) => file.writeFile(bytes));
  await rename(temporary, path);
  await synced(dirname(path), 'r', async () => undefined);
}

/** @throws {VaultError} NO_ROOT_KEY when it is absent, KEY_FILE_MODE when others may read it. */
export function readKeyFile(path: string): Buffer {
  if (!existsSync(path))
    throw new VaultError('NO_ROOT_KEY', 'a key file is missing: check the key directory');
  if (isLoose(path)) {
    throw new VaultError('KEY_FILE_MODE', 'a key file may be read by others: set its mode to 0600');
  }
  return readFileSync(path);
}

/** Whether a file's mode lets anybody but its owner in. */
export function isLoose(path: string): boolean {
  return (statSync(path).mode & 0o077) !== 0;
}

/** Overwrites a key file with zeros, then removes it. Absent is fine: a repeat after a crash. */
export function shredKeyFile(path: string): void {
  if (!existsSync(path)) return;
  const { size } = statSync(path);
  const fd = openSync(path, 'r+');
  writeSync(fd, new Uint8Array(size), 0, size, 0);
  fsyncSync(fd);
  closeSync(fd);
  unlinkSync(path);
  syncDirectory(dirname(path));
}

function syncDirectory(path: string): void {
  const fd = openSync(path, 'r');
  fsyncSync(fd);
  closeSync(fd);
}

async function synced(
  path: string,
  flags: 'r' | 'w',
  write: (file: FileHandle) => Promise<void>,
): Promise<void> {
  const file = await open(path, flags, 0o600);
  try {
    await write(file);
    await file.sync();
  } finally {
    await file.close();
  }
}
