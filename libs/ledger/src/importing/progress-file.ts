import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join, resolve } from 'node:path';

/** Where an interrupted import of a file stopped: everything before it is recorded. */
export interface ImportPosition {
  readonly offset: number;
  readonly line: number;
}

/**
 * Remembers how far an import of a file came. Losing it costs nothing but time: lines that are read again answer
 * `duplicate`. The file is known by its path, inode, size and time, never by its content.
 */
export class ImportProgress {
  readonly #path: string;

  constructor(folder: string, file: string) {
    const { ino, size, mtimeMs } = statSync(file);
    const identity = createHash('sha256')
      .update(`${resolve(file)} ${ino} ${size} ${mtimeMs}`)
      .digest('hex');
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    this.#path = join(folder, `${identity.slice(0, 32)}.json`);
  }

  /** The start when nothing is known. */
  read(): ImportPosition {
    try {
      if (!existsSync(this.#path)) return { offset: 0, line: 0 };
      const { offset, line } = JSON.parse(readFileSync(this.#path, 'utf8')) as ImportPosition;
      return Number.isSafeInteger(offset) && Number.isSafeInteger(line)
        ? { offset, line }
        : { offset: 0, line: 0 };
    } catch {
      return { offset: 0, line: 0 };
    }
  }

  write(position: ImportPosition): void {
    writeFileSync(`${this.#path}.new`, JSON.stringify(position), { mode: 0o600 });
    renameSync(`${this.#path}.new`, this.#path);
  }

  /** The import is complete: the next one starts over. */
  clear(): void {
    rmSync(this.#path, { force: true });
  }
}
