import { sql } from 'kysely';
import {
  OWN_META,
  TABLES,
  TABLE_NAMES,
  areSame,
  type Row,
  type Table,
  type VaultRows,
} from '../moving/vault-rows.js';
import { SCHEMA, type Session } from './tables.js';

const ROWS_A_STATEMENT = 500;
const OTHERS = `WHERE key NOT IN (${OWN_META.map((key) => `'${key}'`).join(', ')})`;

/** How many rows there are. */
export async function countOf(session: Session): Promise<number> {
  let count = 0;
  for (const table of TABLE_NAMES) {
    const { rows } = await sql<{
      n: string;
    }>`SELECT count(*) AS n FROM ${sql.raw(from(table))}`.execute(session);
    count += Number(rows[0]?.n ?? 0);
  }
  return count;
}

/** Takes away what an earlier try brought, with its pages: some of it may have been destroyed meanwhile. */
export async function empty(transaction: Session): Promise<void> {
  for (const table of TABLE_NAMES) {
    const statement = table === 'meta' ? `DELETE FROM ${from(table)}` : `TRUNCATE ${from(table)}`;
    await sql.raw(statement).execute(transaction);
  }
}

/** Puts rows where there are none; told of how many are written. */
export async function fill(
  transaction: Session,
  source: VaultRows,
  told: (rows: number) => void,
): Promise<void> {
  let written = 0;
  for (const table of TABLE_NAMES) {
    for (const page of pagesOf(source.rows(table))) {
      const { columns } = TABLES[table];
      const values = page.map((row) =>
        Object.fromEntries(columns.map((column, n) => [column, row[n]])),
      );
      await transaction
        .insertInto(table)
        .values(values as never)
        .execute();
      written += page.length;
      told(written);
    }
  }
}

/** Whether the tables hold exactly these rows, cell by cell. */
export async function holdsAll(transaction: Session, source: VaultRows): Promise<boolean> {
  for (const table of TABLE_NAMES) {
    if (!(await holds(transaction, table, source.rows(table)[Symbol.iterator]()))) return false;
  }
  return true;
}

async function holds(
  transaction: Session,
  table: Table,
  expected: Iterator<Row>,
): Promise<boolean> {
  try {
    for await (const row of rowsOf(transaction, table)) {
      const next = expected.next();
      if (next.done === true || !areSame(next.value, row)) return false;
    }
    return expected.next().done === true;
  } finally {
    expected.return?.();
  }
}

function* pagesOf(rows: Iterable<Row>): Iterable<readonly Row[]> {
  let page: Row[] = [];
  for (const row of rows) {
    if (page.push(row) < ROWS_A_STATEMENT) continue;
    yield page;
    page = [];
  }
  if (page.length > 0) yield page;
}

/** In the order of a vault file: texts by their bytes, whatever the database is set to. */
async function* rowsOf(transaction: Session, table: Table): AsyncIterable<Row> {
  const { columns, by } = TABLES[table];
  const order = by.map((column) => (TEXTS.has(column) ? `${column} COLLATE "C"` : column));
  const select = `SELECT ${columns.join(', ')} FROM ${from(table)} ORDER BY ${order.join(', ')}`;
  await sql.raw(`DECLARE moved NO SCROLL CURSOR FOR ${select}`).execute(transaction);
  try {
    for (;;) {
      const { rows } = await sql<Cells>`FETCH ${sql.lit(ROWS_A_STATEMENT)} FROM moved`.execute(
        transaction,
      );
      if (rows.length === 0) return;
      for (const row of rows) yield columns.map((column) => row[column]) as Row;
    }
  } finally {
    await sql.raw('CLOSE moved').execute(transaction);
  }
}

type Cells = Readonly<Record<string, unknown>>;
const TEXTS: ReadonlySet<string> = new Set([
  'category',
  'event',
  'id',
  'key',
  'operator',
  'subject',
]);

function from(table: Table): string {
  return `${SCHEMA}.${table}${table === 'meta' ? ` ${OTHERS}` : ''}`;
}
