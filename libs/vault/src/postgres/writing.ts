import { sql } from 'kysely';
import type { Random } from '../sealing/random.js';
import { sealedCells } from '../staging/sealed-cells.js';
import { subjectsIn, type Batch, type StagedRow, type StagedTable } from '../staging/staging.js';
import { VaultError } from '../vault-error.js';
import { claim, settle } from './claims.js';
import { noteSeen } from './meta.js';
import type { Session } from './tables.js';

const TABLES = ['envelopes', 'identifiers', 'refs', 'subjects'] as const;
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
  /** Ids that others could record too, whether anything waits for them or not. */
  readonly events: readonly string[];
  readonly ledgerId: string;
  readonly random: Random;
}

/**
 * Claims the ids of events to come, and seals and writes what waits for them.
 * @throws {VaultError} NOT_AT_HAND when a key that it is sealed or wrapped with went meanwhile.
 */
export async function writeBatch(
  transaction: Session,
  { rows, confirmed, seen }: Batch,
  { writer, events, ledgerId, random }: Sealing,
): Promise<void> {
  await settle(transaction, confirmed);
  await claim(transaction, writer, [...new Set([...events, ...rows.map(({ event }) => event)])]);
  await assertKeysInUse(transaction, rows);
  for (const table of TABLES) {
    const mine = rows.filter((row) => row.table === table);
    for (let from = 0; from < mine.length; from += ROWS_A_STATEMENT) {
      const values = mine.slice(from, from + ROWS_A_STATEMENT).map((row) => {
        return [row.event, ...row.cells, ...sealedCells(row, ledgerId, random)];
      });
      await insert(transaction, table, values);
    }
  }
  if (seen !== undefined) await noteSeen(transaction, seen);
}

async function insert(
  transaction: Session,
  table: StagedTable,
  values: readonly (readonly unknown[])[],
): Promise<void> {
  const columns = COLUMNS[table];
  const objects = values.map((cells) =>
    Object.fromEntries(columns.map((column, n) => [column, cells[n]])),
  );
  await transaction
    .insertInto(table)
    .values(objects as never)
    .execute();
}

/** Between staging and writing, another node or a rotation may have replaced or destroyed a key. */
async function assertKeysInUse(transaction: Session, rows: readonly StagedRow[]): Promise<void> {
  const fresh = subjectsIn(rows);
  const sealed = generationsIn(rows, new Set(fresh));
  const keys = await keysOf(transaction, [...sealed.keys()]);
  const current = keys.filter(({ subject, generation }) => sealed.get(subject) === generation);
  const isInUse =
    current.length === sealed.size &&
    (await areEpochsInUse(transaction, rows)) &&
    (await countOfBuried(transaction, fresh)) === 0;
  if (isInUse) return;
  throw new VaultError('NOT_AT_HAND', 'a key that values were sealed with is no longer in use');
}

/** The generation that values of subjects are sealed under, those aside whose keys are written with them. */
function generationsIn(
  rows: readonly StagedRow[],
  fresh: ReadonlySet<string>,
): ReadonlyMap<string, number> {
  const sealed = new Map<string, number>();
  for (const { table, cells } of rows) {
    const [, , subject, scope, , , generation] = cells;
    if (table !== 'envelopes' || scope !== 'subject' || fresh.has(String(subject))) continue;
    sealed.set(String(subject), Number(generation));
  }
  return sealed;
}

async function areEpochsInUse(transaction: Session, rows: readonly StagedRow[]): Promise<boolean> {
  const wrapping = rows.filter(({ table }) => table === 'subjects');
  const wanted = new Set(wrapping.map(({ cells }) => `${String(cells[1])}/${String(cells[3])}`));
  if (wanted.size === 0) return true;
  const used = await transaction.selectFrom('epochs').select(['operator', 'epoch']).execute();
  for (const { operator, epoch } of used) wanted.delete(`${operator}/${epoch}`);
  return wanted.size === 0;
}

async function keysOf(
  transaction: Session,
  subjects: readonly string[],
): Promise<readonly { readonly subject: string; readonly generation: number }[]> {
  if (subjects.length === 0) return [];
  return transaction
    .selectFrom('subjects')
    .select(['subject', 'generation'])
    .where(sql<boolean>`subject = ANY(${subjects})`)
    .execute();
}

async function countOfBuried(transaction: Session, subjects: readonly string[]): Promise<number> {
  if (subjects.length === 0) return 0;
  const buried = await transaction
    .selectFrom('tombstones')
    .select('subject')
    .where(sql<boolean>`subject = ANY(${subjects}) AND category = ''`)
    .execute();
  return buried.length;
}
