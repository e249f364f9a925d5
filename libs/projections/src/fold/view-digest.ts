import { createHash } from 'node:crypto';

/**
 * Digest of a view: SHA-256 over one line `chunk hash` for each chunk of ordinals that has rows. The chunks are where
 * the ordinals say, so it does not matter in which pieces, in which order or by whom they were folded.
 */
export class ViewDigest {
  readonly #hash = createHash('sha256');

  /** Adds the next chunk: its first ordinal and the hash of its rows (`rowsHash`). */
  add(from: number, rows: string): void {
    if (rows !== '') this.#hash.update(`${from} ${rows}\n`);
  }

  /** Hex digest of all chunks added. */
  value(): string {
    return this.#hash.copy().digest('hex');
  }
}
