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
import { dirname } from 'node:path';
import { VaultError } from '../vault-error.js';

/** A file of the key directory as it is to be. */
export interface KeyFile {
  readonly path: string;
  readonly bytes: Uint8Array;
}

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
