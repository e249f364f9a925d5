import type { DatabaseSyncInstance } from '@photostructure/sqlite';
import { retireBy } from '../keys/epoch-files.js';
import type { Opening } from '../sealing/envelope.js';
import type { DestructionOrder, Receipt } from '../vault.js';
import { noteEpochs } from './epochs-note.js';
import { prepared } from './statements.js';
import { inTransaction } from './writing.js';
import type { Envelopes, StoredEnvelope } from '../staging/envelopes.js';
import type { SubjectKey } from '../staging/key-ring.js';
import type { SubjectKeys } from './subject-keys.js';

/** What a destruction needs of the vault around it. */
export interface Shredder {
  readonly database: DatabaseSyncInstance;
  /** Needed for orders of categories only. */
  readonly survivors?: Survivors;
}

/** How what survives the destruction of categories is sealed again. */
export interface Survivors {
  readonly keys: SubjectKeys;
  readonly envelopes: Envelopes;
  /** Identifiers are no category: they are found by as long as the subject lives. */
  readonly resealIdentifiers: (subject: string, old: SubjectKey, next: SubjectKey) => void;
}

/**
 * Carries out orders in one transaction, then empties the WAL. Repeating one changes nothing (design §3, step 2).
 * Whoever holds keys of the subjects in memory purges them.
 */
export function carryOut(
  shredder: Shredder,
  orders: readonly DestructionOrder[],
  now: Date,
): readonly Receipt[] {
  const receipts: Receipt[] = [];
  inTransaction(shredder.database, () => {
    for (const order of orders) receipts.push(carryOutOne(shredder, order, now));
  });
  shredder.database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  return receipts;
}

function carryOutOne(shredder: Shredder, order: DestructionOrder, now: Date): Receipt {
  const { database } = shredder;
  const done = receiptOf(database, order.order);
  if (done !== undefined) return done;
  const epoch = epochOf(database, order);
  const envelopes =
    order.categories === undefined
      ? shredSubject(database, order.subject)
      : shredCategories(shredder, order, order.categories);
  const { order: event, generation } = order;
  const receipt: Receipt = { order: event, epoch, generation, envelopes, method: 'crypto-shred' };
  bury(database, order, receipt);
  markDue(database, order.operator, epoch, retireBy(now));
  raiseAppliedThrough(database, order.ordinal);
  return receipt;
}

/** Of the subject's key, which is not unwrapped: a damaged one can be destroyed too; the operator's last when it is gone. */
function epochOf(
  database: DatabaseSyncInstance,
  { subject, operator }: Pick<DestructionOrder, 'subject' | 'operator'>,
): number {
  const own = prepared(database, 'SELECT epoch FROM subjects WHERE subject = ?').get(subject);
  const last = prepared(database, 'SELECT max(epoch) AS epoch FROM epochs WHERE operator = ?').get(
    operator,
  );
  return Number((own ?? last)?.['epoch']);
}

/** The receipt of an order that was carried out. */
export function receiptOf(database: DatabaseSyncInstance, order: string): Receipt | undefined {
  const row = prepared(database, 'SELECT receipt FROM tombstones WHERE event = ? LIMIT 1').get(
    order,
  );
  return row === undefined ? undefined : (JSON.parse(String(row['receipt'])) as Receipt);
}

/** Deletes everything of a subject that a key could open, and the key. */
export function shredSubject(database: DatabaseSyncInstance, subject: string): number {
  const shredded = prepared(
    database,
    "DELETE FROM envelopes WHERE subject = ? AND scope = 'subject'",
  ).run(subject);
  prepared(database, 'DELETE FROM identifiers WHERE subject = ?').run(subject);
  prepared(database, 'DELETE FROM subjects WHERE subject = ?').run(subject);
  prepared(database, 'UPDATE refs SET destroyed = 1 WHERE id = ?').run(subject);
  return Number(shredded.changes);
}

/**
 * What survives is sealed again under the next generation with its old salts; then the old key goes. What cannot be
 * read goes with it: it was lost before, and an order that cannot be carried out would keep the ledger from starting.
 */
function shredCategories(
  shredder: Shredder,
  order: DestructionOrder,
  categories: readonly string[],
): number {
  const { database, survivors: tools } = shredder;
  if (tools === undefined) throw new Error('categories are destroyed where the keys are');
  // Nothing survives: a next key would be one of the destroyed.
  if (isBuried(database, order.subject)) return 0;
  const { keys, envelopes } = tools;
  const old = keys.readable(order.subject);
  const rows = prepared(
    database,
    "SELECT * FROM envelopes WHERE subject = ? AND scope = 'subject'",
  ).all(order.subject) as unknown as readonly StoredEnvelope[];
  const survivors = rows.map((row) => ({ row, ...envelopes.without(row, old, categories) }));
  const { operator, subject, generation } = order;
  const epoch = epochOf(database, order);
  const next = keys.create(subject, { operator, epoch, generation });
  keys.replace(subject, next, order.order);
  if (old !== undefined) tools.resealIdentifiers(subject, old, next);
  let touched = 0;
  for (const { row, openings, touched: isTouched } of survivors) {
    if (isTouched) touched += 1;
    replace(database, envelopes, { row, key: next, openings });
  }
  return touched;
}

function replace(
  database: DatabaseSyncInstance,
  envelopes: Envelopes,
  {
    row,
    key,
    openings,
  }: {
    readonly row: StoredEnvelope;
    readonly key: SubjectKey;
    readonly openings: readonly Opening[];
  },
): void {
  const { id } = row;
  if (openings.length === 0) {
    prepared(database, 'DELETE FROM envelopes WHERE id = ?').run(id);
    return;
  }
  const { generation } = key;
  const sealed = envelopes.reseal(row, key, openings);
  prepared(
    database,
    'UPDATE envelopes SET generation = ?, salt = ?, commitment = ?, ciphertext = ? WHERE id = ?',
  ).run(generation, sealed.salt, sealed.keyCommitment, sealed.ciphertext, id);
}

function isBuried(database: DatabaseSyncInstance, subject: string): boolean {
  const sql = "SELECT 1 FROM tombstones WHERE subject = ? AND category = ''";
  return prepared(database, sql).get(subject) !== undefined;
}

/** The order that destroyed a category first keeps its tombstone: its receipt says that it was carried out. */
function bury(database: DatabaseSyncInstance, order: DestructionOrder, receipt: Receipt): void {
  const insert = prepared(database, 'INSERT OR IGNORE INTO tombstones VALUES (?, ?, ?, ?)');
  for (const category of order.categories ?? ['']) {
    insert.run(order.subject, category, order.order, JSON.stringify(receipt));
  }
}

/** The first destruction under an epoch starts its clock (design §6: 24 hours). */
function markDue(
  database: DatabaseSyncInstance,
  operator: string,
  epoch: number,
  by: string,
): void {
  prepared(
    database,
    'UPDATE epochs SET retire_by = ? WHERE operator = ? AND epoch = ? AND retire_by IS NULL',
  ).run(by, operator, epoch);
  noteEpochs(database);
}

function raiseAppliedThrough(database: DatabaseSyncInstance, ordinal: bigint): void {
  const before = appliedThrough(database);
  const value = Buffer.from(String(before > ordinal ? before : ordinal));
  prepared(database, "INSERT OR REPLACE INTO meta VALUES ('applied', ?)").run(value);
}

/** Highest ordinal of an order that was carried out, −1n when none was. */
export function appliedThrough(database: DatabaseSyncInstance): bigint {
  const row = prepared(database, "SELECT value FROM meta WHERE key = 'applied'").get();
  return row === undefined ? -1n : BigInt(Buffer.from(row['value'] as Uint8Array).toString());
}
