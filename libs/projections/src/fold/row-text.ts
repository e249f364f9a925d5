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
  const texts = views.map(() => '');
  let ordinal = from;
  // Event by event: each is garbage before the next one is decoded.
  for (const event of events) {
    for (const [view, definition] of views.entries()) {
      for (const row of definition.rows(event)) texts[view] += rowText(ordinal, row);
    }
    ordinal += 1;
  }
  return texts.map((text) => (text === '' ? '' : `[${text.slice(1)}]`));
}

/** Hex SHA-256 of rows, empty when there are none. */
export function rowsHash(text: RowsText): string {
  return text === '' ? '' : hash('sha256', text, 'hex');
}

function rowText(ordinal: number, row: Row): string {
  let text = `,[${ordinal}`;
  for (const cell of row) text += `,${cellText(cell)}`;
  return `${text}]`;
}

/** Strings that JSON writes as they are, which is most of them; longer ones are left to JSON. */
const PLAIN = /^[ !#-[\]-~]{0,80}$/u;

function cellText(cell: Cell): string {
  if (typeof cell === 'bigint') return String(cell);
  return cell !== null && PLAIN.test(cell) ? `"${cell}"` : JSON.stringify(cell);
}
