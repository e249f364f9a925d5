import { sql } from 'kysely';
import type { Random } from '../sealing/random.js';
import { sealedCells } from '../staging/sealed-cells.js';
import { subjectsIn, type Batch, type StagedRow, type StagedTable } from '../staging/staging.js';
import { buriedOf } from './buried.js';
import { claim, settle } from './claims.js';
import { noteSeen } from './meta.js';
import type { Session } from './tables.js';

/** First the one in which another writer may have been faster. */
const TABLES = ['refs', 'envelopes', 'identifiers', 'subjects'] as const;
const COLUMNS: Readonly<Record<StagedTable, readonly string[]>> = {
  envelopes: [
    ...['event', 'id', 'operator', 'subject', 'scope', 'type', 'version', 'generation'],
    ...['salt', 'commitment', 'ciphertext'],
  ],
  identifiers: ['event', 'hash', 'subject', 'scheme', 'token'],
  refs: ['event', 'hash', 'operator', 'kind', 'id', 'destroyed'],
  subjects: ['event', 'subject', 'operator', 'generation', 'epoch', 'key'],
};
/** Far fewer places than a statement may have. */
const ROWS_A_STATEMENT = 500;

/** What a batch needs beside its rows. */
export interface Sealing {
  /** Who writes, from its start to its end. */
  readonly writer: string;
  /** Of events that rows wait for, and of those that others could record too. */
  readonly claims: readonly string[];
  readonly ledgerId: string;
  readonly random: Random;
}

/**
 * Claims the ids of events to come, and seals and writes what waits for them. Gives back the events of which nothing
 * counts, because another writer has the id or the reference, or a key went meanwhile that they are sealed or wrapped with.
 */
export async function writeBatch(
  transaction: Session,
  { rows, confirmed, seen }: Batch,
  { writer, claims, ledgerId, random }: Sealing,
): Promise<ReadonlySet<string>> {
  await settle(transaction, confirmed);
  const lost = new Set(await claim(transaction, writer, claims));
  for (const event of await withoutKeys(transaction, rows)) lost.add(event);
  for (const table of TABLES) {
    const mine = rows.filter((row) => row.table === table && !lost.has(row.event));
    for (let from = 0; from < mine.length; from += ROWS_A_STATEMENT) {
      const some = mine.slice(from, from + ROWS_A_STATEMENT);
      const values = some.map((row) => [
        row.event,
        ...row.cells,
        ...sealedCells(row, ledgerId, random),
      ]);
      for (const event of await insert(transaction, table, values)) lost.add(event);
    }
  }
  if (seen !== undefined) await noteSeen(transaction, seen);
  return lost;
}

/** Which events have a row that is there already: another writer was faster. */
async function insert(
  transaction: Session,
  table: StagedTable,
  values: readonly (readonly unknown[])[],
): Promise<readonly string[]> {
  const columns = COLUMNS[table];
  const objects = values.map((cells) =>
    Object.fromEntries(columns.map((column, n) => [column, cells[n]])),
  );
  const inserted = await transaction
    .insertInto(table)
    .values(objects as never)
    .onConflict((conflict) => conflict.doNothing())
    .returning('event')
    .execute();
  if (inserted.length === values.length) return [];
  const written = new Map<string, number>();
  for (const { event } of inserted) written.set(event, (written.get(event) ?? 0) + 1);
  for (const [event] of values) written.set(String(event), (written.get(String(event)) ?? 0) - 1);
  return [...written].filter(([, surplus]) => surplus < 0).map(([event]) => event);
}

/** Events of which a key was replaced or destroyed, by another node or a rotation, between staging and writing. */
async function withoutKeys(
  transaction: Session,
  rows: readonly StagedRow[],
): Promise<readonly string[]> {
  const fresh = new Set(subjectsIn(rows));
  const current = await generationsOf(transaction, sealedFor(rows));
  const buried = await buriedOf(transaction, [...fresh]);
  const epochs = await epochsFor(transaction, rows);
  const isLost = ({ table, cells }: StagedRow): boolean => {
    if (table === 'subjects') return buried.has(String(cells[0])) || !epochs.has(epochOf(cells));
    const [, , subject, scope, , , generation] = cells;
    if (table !== 'envelopes' || scope !== 'subject' || fresh.has(String(subject))) return false;
    return current.get(String(subject)) !== generation;
  };
  return rows.filter(isLost).map(({ event }) => event);
}

/** Subjects under whose keys values are sealed. */
function sealedFor(rows: readonly StagedRow[]): readonly string[] {
  const sealed = rows.filter(({ table, cells }) => table === 'envelopes' && cells[3] === 'subject');
  return [...new Set(sealed.map(({ cells }) => String(cells[2])))];
}

/** What wraps keys; not looked at when nothing is to be wrapped. */
async function epochsFor(
  transaction: Session,
  rows: readonly StagedRow[],
): Promise<ReadonlySet<string>> {
  if (!rows.some(({ table }) => table === 'subjects')) return new Set();
  const used = await transaction.selectFrom('epochs').select(['operator', 'epoch']).execute();
  return new Set(used.map(({ operator, epoch }) => `${operator}/${epoch}`));
}

function epochOf(cells: StagedRow['cells']): string {
  return `${String(cells[1])}/${String(cells[3])}`;
}

async function generationsOf(
  transaction: Session,
  subjects: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  if (subjects.length === 0) return new Map();
  const keys = await transaction
    .selectFrom('subjects')
    .select(['subject', 'generation'])
    .where(sql<boolean>`subject = ANY(${subjects})`)
    .execute();
  return new Map(keys.map(({ subject, generation }) => [subject, generation]));
}
