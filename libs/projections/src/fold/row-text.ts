import { hash } from 'node:crypto';
import type { Cell, Row, ViewDefinition } from '../view.js';

/** Ordinals of a chunk: the unit in which rows are folded, written and hashed, whoever does it. */
export const CHUNK_ORDINALS = 2048;

/**
 * Rows of a view as a JSON array of `[ordinal, cell, …]`: as SQLite's `json_array` writes them too. Empty when there are
 * none.
 */
export type RowsText = string;

/** Rows of consecutive events, the first of them at `from`; one text a view. */
export function foldRows<E>(
  views: readonly ViewDefinition<E>[],
  from: number,
  events: Iterable<E>,
): readonly RowsText[] {
  return foldBytes(views, from, events).map((bytes) => bytes.toString());
}

/** The same in UTF-8. */
export function foldBytes<E>(
  views: readonly ViewDefinition<E>[],
  from: number,
  events: Iterable<E>,
): readonly Buffer[] {
  const folds = views.map((view) => ({ view, text: new GrowingText() }));
  let ordinal = from;
  // Event by event: each is garbage before the next one is decoded.
  for (const event of events) {
    for (const { view, text } of folds) {
      for (const row of view.rows(event)) text.add(rowText(ordinal, row));
    }
    ordinal += 1;
  }
  return folds.map(({ text }) => text.bytes());
}

/** Hex SHA-256 of rows, empty when there are none. */
export function rowsHash(rows: RowsText | Uint8Array): string {
  return rows.length === 0 ? '' : hash('sha256', rows, 'hex');
}

/** Rows as they come, in bytes: a text that is put together of so many keeps all they were cut out of until its end. */
class GrowingText {
  #bytes = Buffer.allocUnsafe(1024);
  #length = 0;

  add(row: string): void {
    const most = this.#length + 1 + 3 * row.length + 1;
    if (most > this.#bytes.length) this.#bytes = Buffer.concat([this.#bytes], 2 * most);
    this.#length += this.#bytes.write(`${this.#length === 0 ? '[' : ','}${row}`, this.#length);
  }

  bytes(): Buffer {
    if (this.#length > 0) this.#length += this.#bytes.write(']', this.#length);
    return this.#bytes.subarray(0, this.#length);
  }
}

function rowText(ordinal: number, row: Row): string {
  let text = `[${ordinal}`;
  for (const cell of row) text += `,${cellText(cell)}`;
  return `${text}]`;
}

/** Strings that JSON writes as they are, which is most of them; longer ones are left to JSON. */
const PLAIN = /^[ !#-[\]-~]{0,80}$/u;

function cellText(cell: Cell): string {
  if (typeof cell === 'bigint') return String(cell);
  return cell !== null && PLAIN.test(cell) ? `"${cell}"` : JSON.stringify(cell);
}
