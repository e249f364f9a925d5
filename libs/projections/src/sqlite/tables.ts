import type { DatabaseSyncInstance } from '@photostructure/sqlite';
import type { ViewDefinition } from '../view.js';

interface Columns {
  readonly name: string;
  readonly columns: readonly string[];
}

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

/** SQL that inserts rows given as text: one statement for as many as there are. */
export function insertOf(view: Columns): string {
  const cells = ['ordinal', ...view.columns].map((_, n) => `value ->> ${n}`);
  return `INSERT INTO ${tableOf(view)} SELECT ${cells.join(', ')} FROM json_each(?)`;
}

/** SQL that gives the rows of a range of ordinals as the text that `insertOf` takes. */
export function textOf(view: Columns): string {
  const cells = ['ordinal', ...view.columns.map((column) => `"${column}"`)].join(', ');
  const rows = `SELECT * FROM ${tableOf(view)} WHERE ordinal >= ? AND ordinal < ? ORDER BY ordinal, rowid`;
  return `SELECT json_group_array(json_array(${cells})) AS rows FROM (${rows})`;
}
