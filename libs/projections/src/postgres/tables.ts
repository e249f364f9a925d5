import { CHUNK_ORDINALS } from '../fold/row-text.js';
import type { ViewDefinition } from '../view.js';

interface Columns {
  readonly name: string;
  readonly columns: readonly string[];
}

/** Schemas: of the views that are read, and of those that are built beside them. */
export const LIVE = 'pdl_views';
export const FRESH = 'pdl_views_new';

/** SQL name of a view's table. */
export function tableOf(schema: string, view: { readonly name: string }): string {
  return `${schema}.${quoted(view.name.replaceAll('-', '_'))}`;
}

/** SQL that makes the tables of views, without their indexes: a cell is a JSON scalar, a row knows its place among those of its event. */
export function tablesOf<E>(schema: string, views: readonly ViewDefinition<E>[]): string {
  const tables = views.map((view) => {
    const cells = view.columns.map((column) => `, ${quoted(column)} jsonb NOT NULL`).join('');
    return `CREATE TABLE ${tableOf(schema, view)} (ordinal bigint NOT NULL, line bigint NOT NULL${cells});`;
  });
  return `CREATE TABLE ${schema}.meta (key text PRIMARY KEY, value text NOT NULL); ${tables.join(' ')}`;
}

/** SQL that makes the indexes of views; last in a rebuild. */
export function indexesOf<E>(schema: string, views: readonly ViewDefinition<E>[]): string {
  const statements = views.flatMap((view) => [
    `ALTER TABLE ${tableOf(schema, view)} ADD PRIMARY KEY (ordinal, line);`,
    ...view.indexes.map((columns) => {
      const list = [...columns.map(quoted), 'ordinal', 'line'].join(', ');
      return `CREATE INDEX ON ${tableOf(schema, view)} (${list});`;
    }),
    `ANALYZE ${tableOf(schema, view)};`,
  ]);
  return statements.join(' ');
}

/** SQL that inserts rows given as one JSON text. */
export function insertOf(schema: string, view: Columns): string {
  const cells = view.columns.map((_, n) => `, value -> ${n + 1}`).join('');
  return `INSERT INTO ${tableOf(schema, view)} SELECT (value ->> 0)::bigint, line${cells}
    FROM jsonb_array_elements($1::jsonb) WITH ORDINALITY AS rows (value, line)`;
}

/** SQL that gives the first ordinal of each chunk that has rows, and the SHA-256 of their text as a fold writes it. */
export function hashesOf(schema: string, view: Columns): string {
  const cells = view.columns.map((column) => ` || ',' || ${quoted(column)}::text`).join('');
  const row = `'[' || ordinal${cells} || ']'`;
  const text = `'[' || string_agg(${row}, ',' ORDER BY ordinal, line) || ']'`;
  return `SELECT ordinal / ${CHUNK_ORDINALS} * ${CHUNK_ORDINALS} AS first,
      encode(sha256(convert_to(${text}, 'UTF8')), 'hex') AS hash
    FROM ${tableOf(schema, view)} GROUP BY first ORDER BY first`;
}

/** An identifier, quoted. */
export function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
