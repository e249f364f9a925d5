import type { Cell } from '../staging/staging.js';

/** A row on its way: cells in the order of the table's columns, sealed and wrapped as they are. Row numbers stay behind. */
export type Row = readonly Cell[];

/** How a table is read in one and the same order everywhere: the columns, and those that order it. */
interface Shape {
  readonly columns: readonly string[];
  readonly by: readonly string[];
}

/** All tables of a vault, tombstones first: nothing of a destroyed subject is ever without. */
export const TABLES = {
  tombstones: {
    columns: ['subject', 'category', 'event', 'receipt'],
    by: ['subject', 'category'],
  },
  epochs: {
    columns: ['operator', 'epoch', 'created_at', 'retire_by'],
    by: ['operator', 'epoch'],
  },
  subjects: {
    columns: ['event', 'subject', 'operator', 'generation', 'epoch', 'key'],
    by: ['subject'],
  },
  envelopes: {
    columns: [
      ...['event', 'id', 'operator', 'subject', 'scope', 'type', 'version', 'generation'],
      ...['salt', 'commitment', 'ciphertext'],
    ],
    by: ['id'],
  },
  refs: {
    columns: ['event', 'hash', 'operator', 'kind', 'id', 'destroyed'],
    by: ['hash'],
  },
  identifiers: {
    columns: ['event', 'hash', 'subject', 'scheme', 'token'],
    by: ['hash', 'subject'],
  },
  actors: { columns: ['hash', 'id', 'name'], by: ['hash'] },
  // What waits for its event: a file tells it by the numbers of rows, a database by these.
  claims: { columns: ['event', 'writer'], by: ['event'] },
  meta: { columns: ['key', 'value'], by: ['key'] },
} as const satisfies Readonly<Record<string, Shape>>;

export type Table = keyof typeof TABLES;
/** In the order in which they are moved. */
export const TABLE_NAMES = Object.keys(TABLES) as readonly Table[];

/**
 * What meta rows are each place's own: whose the vault is, up to which row nothing waits, and the note of what its epochs'
 * rows say, which is made anew when they have arrived.
 */
export const OWN_META: readonly string[] = ['arriving', 'epochs', 'ledger', 'settled'];

/** A vault's rows as one read sees them. */
export interface VaultRows {
  /** How many rows each table has. */
  counts(): Readonly<Record<Table, number>>;
  /** Rows of a table in its order; texts and bytes are ordered by their bytes. */
  rows(table: Table): Iterable<Row>;
}

/** Whether two rows hold the same. */
export function areSame(one: Row, other: Row): boolean {
  return one.length === other.length && one.every((cell, n) => isSameCell(cell, other[n]));
}

function isSameCell(one: Cell, other: Cell | undefined): boolean {
  if (one instanceof Uint8Array && other instanceof Uint8Array)
    return Buffer.compare(one, other) === 0;
  return one === other;
}
