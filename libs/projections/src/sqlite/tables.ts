import type { DatabaseSyncInstance, StatementSyncInstance } from '@photostructure/sqlite';
import type { Row, ViewDefinition } from '../view.js';

/** Format of the views file; a file of another format is rebuilt. */
export const VIEWS_FORMAT = 1;
const ROWS_A_STATEMENT = 64;

/** SQL name of a view's table. */
export function tableOf(view: { readonly name: string }): string {
  return `"view_${view.name.replaceAll('-', '_')}"`;
}

/** Makes the tables of views, without their indexes. */
export function createTables<E>(
  database: DatabaseSyncInstance,
  views: readonly ViewDefinition<E>[],
): void {
  database.exec('CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID');
  for (const view of views) {
    const columns = view.columns.map((column) => `"${column}"`).join(', ');
    database.exec(`CREATE TABLE ${tableOf(view)} (ordinal INTEGER NOT NULL, ${columns})`);
  }
}

/** Makes the indexes of views; last in a rebuild. */
export function createIndexes<E>(
  database: DatabaseSyncInstance,
  views: readonly ViewDefinition<E>[],
): void {
  for (const view of views) {
    const indexes = [[], ...view.indexes];
    for (const [n, columns] of indexes.entries()) {
      const list = [...columns.map((column) => `"${column}"`), 'ordinal'].join(', ');
      database.exec(`CREATE INDEX "${view.name}_${n}" ON ${tableOf(view)} (${list})`);
    }
  }
}

/** What the meta rows must say for the tables to be those of these views. */
export function definitionOf<E>(views: readonly ViewDefinition<E>[], ledgerId: string): string {
  return JSON.stringify([
    VIEWS_FORMAT,
    ledgerId,
    views.map(({ name, version, columns, indexes }) => [name, version, columns, indexes]),
  ]);
}

/** Inserts rows of one view, many to a statement. */
export class RowWriter {
  readonly #one: StatementSyncInstance;
  readonly #many: StatementSyncInstance;
  #cells: (string | number | bigint | null)[] = [];
  #rows = 0;

  constructor(
    database: DatabaseSyncInstance,
    view: { readonly name: string; readonly columns: readonly string[] },
  ) {
    const values = `(${Array.from({ length: view.columns.length + 1 }, () => '?').join(', ')})`;
    const insert = `INSERT INTO ${tableOf(view)} VALUES`;
    this.#one = database.prepare(`${insert} ${values}`);
    this.#many = database.prepare(
      `${insert} ${Array.from({ length: ROWS_A_STATEMENT }, () => values).join(', ')}`,
    );
  }

  add(ordinal: number, row: Row): void {
    this.#cells.push(ordinal, ...row);
    this.#rows += 1;
    if (this.#rows < ROWS_A_STATEMENT) return;
    this.#many.run(...this.#cells);
    this.#reset();
  }

  /** Writes what is left. */
  flush(): void {
    const width = this.#cells.length / Math.max(this.#rows, 1);
    for (let n = 0; n < this.#rows; n += 1) {
      this.#one.run(...this.#cells.slice(n * width, (n + 1) * width));
    }
    this.#reset();
  }

  #reset(): void {
    this.#cells = [];
    this.#rows = 0;
  }
}
