import { createHash, type Hash } from 'node:crypto';
import type { Cell, Row, ViewDefinition } from './view.js';

/** Hashes rows in order: SHA-256 over ordinal and cells, each tagged by type and prefixed by length. */
export class RowDigest {
  readonly #hash: Hash = createHash('sha256');
  #text = '';

  /** Adds one row. */
  add(ordinal: bigint, row: Row): void {
    this.#text += `${ordinal};${row.map(tagged).join('')}\n`;
    if (this.#text.length > 65_536) this.#flush();
  }

  /** Hex digest of all rows added. */
  value(): string {
    this.#flush();
    return this.#hash.copy().digest('hex');
  }

  #flush(): void {
    this.#hash.update(this.#text);
    this.#text = '';
  }
}

/** Digests of views by a fold from scratch, without any storage. */
export class DigestFold<E> {
  readonly #digests: ReadonlyMap<ViewDefinition<E>, RowDigest>;

  constructor(views: readonly ViewDefinition<E>[]) {
    this.#digests = new Map(views.map((view) => [view, new RowDigest()]));
  }

  /** Folds one event into all views. */
  add(ordinal: bigint, event: E): void {
    for (const [view, digest] of this.#digests) {
      for (const row of view.rows(event)) digest.add(ordinal, row);
    }
  }

  /** View name → hex digest. */
  values(): Readonly<Record<string, string>> {
    return Object.fromEntries(
      [...this.#digests].map(([view, digest]) => [view.name, digest.value()]),
    );
  }
}

function tagged(cell: Cell): string {
  if (cell === null) return 'n;';
  if (typeof cell === 'bigint') return `i${cell};`;
  return `s${cell.length}:${cell};`;
}
