import type {
  DatabaseSyncInstance as DatabaseSync,
  StatementSyncInstance as StatementSync,
} from '@photostructure/sqlite';

type Cell = string | number | Uint8Array;

/** Rows a statement: a call into SQLite costs as much as a row. */
const AT_ONCE = 16;

/** Inserts rows of one table, many to a statement. */
export class RowInserter {
  readonly #one: StatementSync;
  readonly #many: StatementSync;

  constructor(
    database: DatabaseSync,
    table: string,
    private readonly columns: number,
  ) {
    const row = `(${Array.from({ length: columns }, () => '?').join(', ')})`;
    const rows = Array.from({ length: AT_ONCE }, () => row).join(', ');
    this.#one = database.prepare(`INSERT INTO ${table} VALUES ${row}`);
    this.#many = database.prepare(`INSERT INTO ${table} VALUES ${rows}`);
  }

  /** Inserts rows whose cells follow one another. */
  insert(cells: readonly Cell[]): void {
    const many = AT_ONCE * this.columns;
    let at = 0;
    for (; at + many <= cells.length; at += many) this.#many.run(...cells.slice(at, at + many));
    for (; at < cells.length; at += this.columns)
      this.#one.run(...cells.slice(at, at + this.columns));
  }
}
