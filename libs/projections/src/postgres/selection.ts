import type { Cell, Selection, ViewDefinition, ViewRow } from '../view.js';
import { ViewError } from '../view-error.js';
import { LIVE, quoted, tableOf } from './tables.js';

/** A statement and what fills its places. */
interface Query {
  readonly sql: string;
  readonly values: (string | number)[];
}

/** The statement that answers a selection. @throws {ViewError} UNKNOWN_COLUMN. */
export function queryOf<E>(view: ViewDefinition<E>, selection: Selection): Query {
  const { where = {}, after, upTo, limit, descending } = selection;
  if (Object.keys(where).some((column) => !view.columns.includes(column)))
    throw new ViewError('UNKNOWN_COLUMN', `view ${view.name} has no such column`);
  const values: (string | number)[] = [];
  const place = (value: string | number): string => `$${values.push(value)}`;
  const conditions = Object.entries(where).map(
    ([column, cell]) => `${quoted(column)} = ${place(textOf(cell))}::jsonb`,
  );
  if (after !== undefined) conditions.push(`ordinal > ${place(String(after))}`);
  if (upTo !== undefined) conditions.push(`ordinal <= ${place(String(upTo))}`);
  const cells = view.columns.map((column) => `, ${quoted(column)}::text`).join('');
  const filter = conditions.length === 0 ? '' : `WHERE ${conditions.join(' AND ')}`;
  const direction = descending === true ? 'DESC' : 'ASC';
  const page = limit === undefined ? '' : `LIMIT ${place(Math.max(0, Math.trunc(limit)))}`;
  const sql = `SELECT ordinal${cells} FROM ${tableOf(LIVE, view)} ${filter} ORDER BY ordinal ${direction}, line ${direction} ${page}`;
  return { sql, values };
}

/** A row as it was asked for by `queryOf`. */
export function rowOf({ ordinal, ...texts }: Readonly<Record<string, string>>): ViewRow {
  const cells = Object.entries(texts).map(([column, text]) => [column, cellOf(text)] as const);
  return { ordinal: BigInt(ordinal ?? ''), cells: Object.fromEntries(cells) };
}

function textOf(cell: Cell): string {
  return typeof cell === 'bigint' ? String(cell) : JSON.stringify(cell);
}

function cellOf(text: string): Cell {
  if (text === 'null') return null;
  return text.startsWith('"') ? String(JSON.parse(text)) : BigInt(text);
}
