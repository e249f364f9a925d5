import { retireBy } from '../keys/epoch-files.js';
import type { Opening } from '../sealing/envelope.js';
import type { Envelopes, StoredEnvelope } from '../staging/envelopes.js';
import type { KeyRing, SubjectKey } from '../staging/key-ring.js';
import type { ReferenceBook } from '../staging/reference-book.js';
import type { DestructionOrder, Receipt } from '../vault.js';
import { buriedOf } from './buried.js';
import { noteEpochs } from './epochs.js';
import { numberOf, setNumber } from './meta.js';
import type { Session } from './tables.js';

/** How what survives the destruction of categories is sealed again. */
export interface Survivors {
  readonly ring: KeyRing;
  readonly book: ReferenceBook;
  readonly envelopes: Envelopes;
}

/** Carries out an order. Repeating one changes nothing (design §3, step 2). */
export async function carryOut(
  transaction: Session,
  survivors: Survivors,
  order: DestructionOrder,
  now: Date,
): Promise<Receipt> {
  const done = await receiptOf(transaction, order.order);
  if (done !== undefined) return done;
  const epoch = await epochOf(transaction, order);
  const envelopes =
    order.categories === undefined
      ? await shredSubject(transaction, order.subject)
      : await shredCategories(transaction, survivors, { ...order, epoch }, order.categories);
  const { order: event, generation } = order;
  const receipt: Receipt = { order: event, epoch, generation, envelopes, method: 'crypto-shred' };
  await bury(transaction, order, receipt);
  await markDue(transaction, order.operator, epoch, retireBy(now));
  const before = await appliedThrough(transaction);
  await setNumber(transaction, 'applied', before > order.ordinal ? before : order.ordinal);
  return receipt;
}

/** Highest ordinal of an order that was carried out, −1n when none was. */
export async function appliedThrough(session: Session): Promise<bigint> {
  return (await numberOf(session, 'applied')) ?? -1n;
}

async function receiptOf(session: Session, order: string): Promise<Receipt | undefined> {
  const row = await session
    .selectFrom('tombstones')
    .select('receipt')
    .where('event', '=', order)
    .limit(1)
    .executeTakeFirst();
  return row && (JSON.parse(row.receipt) as Receipt);
}

/** Of the subject's key, which is not unwrapped: a damaged one can be destroyed too; the operator's last when it is gone. */
async function epochOf(
  session: Session,
  { subject, operator }: Pick<DestructionOrder, 'subject' | 'operator'>,
): Promise<number> {
  const own = await session
    .selectFrom('subjects')
    .select('epoch')
    .where('subject', '=', subject)
    .executeTakeFirst();
  if (own !== undefined) return own.epoch;
  const { last } = await session
    .selectFrom('epochs')
    .select(({ fn }) => fn.max('epoch').as('last'))
    .where('operator', '=', operator)
    .executeTakeFirstOrThrow();
  return last;
}

/** Deletes everything of a subject that a key could open, and the key. */
export async function shredSubject(transaction: Session, subject: string): Promise<number> {
  const { numDeletedRows } = await transaction
    .deleteFrom('envelopes')
    .where('subject', '=', subject)
    .where('scope', '=', 'subject')
    .executeTakeFirst();
  await transaction.deleteFrom('identifiers').where('subject', '=', subject).execute();
  await transaction.deleteFrom('subjects').where('subject', '=', subject).execute();
  await transaction.updateTable('refs').set({ destroyed: 1 }).where('id', '=', subject).execute();
  return Number(numDeletedRows);
}

/**
 * What survives is sealed again under the next generation with its old salts; then the old key goes. What cannot be
 * read goes with it: it was lost before, and an order that cannot be carried out would keep the ledger from starting.
 */
async function shredCategories(
  transaction: Session,
  survivors: Survivors,
  order: DestructionOrder & { readonly epoch: number },
  categories: readonly string[],
): Promise<number> {
  const { subject, generation, operator, epoch } = order;
  // Nothing survives: a next key would be one of the destroyed.
  if ((await buriedOf(transaction, [subject])).size > 0) return 0;
  const { ring, envelopes } = survivors;
  const wrapped = await transaction
    .selectFrom('subjects')
    .select(['operator', 'generation', 'epoch', 'key'])
    .where('subject', '=', subject)
    .executeTakeFirst();
  const old = wrapped && ring.peek(subject, wrapped);
  const next = ring.create(subject, { operator, epoch, generation });
  await putKey(transaction, ring, { subject, key: next, event: order.order });
  if (old !== undefined) await resealIdentifiers(transaction, survivors, { subject, old, next });
  let touched = 0;
  for (const row of await envelopesOf(transaction, subject)) {
    const left = envelopes.without(row, old, categories);
    if (left.touched) touched += 1;
    await replace(transaction, envelopes, { row, key: next, openings: left.openings });
  }
  return touched;
}

async function envelopesOf(
  transaction: Session,
  subject: string,
): Promise<readonly StoredEnvelope[]> {
  return transaction
    .selectFrom('envelopes')
    .selectAll()
    .where('subject', '=', subject)
    .where('scope', '=', 'subject')
    .execute();
}

/** Replaces a subject's key, or puts it where the row was lost. */
async function putKey(
  transaction: Session,
  ring: KeyRing,
  {
    subject,
    key,
    event,
  }: { readonly subject: string; readonly key: SubjectKey; readonly event: string },
): Promise<void> {
  const { operator, generation, epoch } = key;
  const bytes = ring.wrapped(subject, key);
  const changed = { operator, generation, epoch, key: bytes };
  await transaction
    .insertInto('subjects')
    .values({ event, subject, ...changed })
    .onConflict((conflict) => conflict.column('subject').doUpdateSet(changed))
    .execute();
}

/** Identifiers are no category: they are found by as long as the subject lives. */
async function resealIdentifiers(
  transaction: Session,
  { book }: Survivors,
  {
    subject,
    ...keys
  }: { readonly subject: string; readonly old: SubjectKey; readonly next: SubjectKey },
): Promise<void> {
  const rows = await transaction
    .selectFrom('identifiers')
    .select(['hash', 'token'])
    .where('subject', '=', subject)
    .execute();
  for (const { hash, token } of rows) {
    const sealed = book.resealedToken(token, subject, keys);
    if (sealed === undefined) continue;
    await transaction
      .updateTable('identifiers')
      .set({ token: sealed })
      .where('hash', '=', hash)
      .where('subject', '=', subject)
      .execute();
  }
}

async function replace(
  transaction: Session,
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
): Promise<void> {
  const { id } = row;
  if (openings.length === 0) {
    await transaction.deleteFrom('envelopes').where('id', '=', id).execute();
    return;
  }
  const { generation } = key;
  const sealed = envelopes.reseal(row, key, openings);
  await transaction
    .updateTable('envelopes')
    .set({
      generation,
      salt: Buffer.from(sealed.salt),
      commitment: Buffer.from(sealed.keyCommitment),
      ciphertext: Buffer.from(sealed.ciphertext),
    })
    .where('id', '=', id)
    .execute();
}

/** The order that destroyed a category first keeps its tombstone: its receipt says that it was carried out. */
async function bury(
  transaction: Session,
  { subject, categories = [''], order }: DestructionOrder,
  told: Receipt,
): Promise<void> {
  const buried = { event: order, receipt: JSON.stringify(told) };
  for (const category of categories) {
    await transaction
      .insertInto('tombstones')
      .values({ subject, category, ...buried })
      .onConflict((conflict) => conflict.columns(['subject', 'category']).doNothing())
      .execute();
  }
}

/** The first destruction under an epoch starts its clock (design §6: 24 hours). */
async function markDue(
  transaction: Session,
  operator: string,
  epoch: number,
  by: string,
): Promise<void> {
  await transaction
    .updateTable('epochs')
    .set({ retire_by: by })
    .where('operator', '=', operator)
    .where('epoch', '=', epoch)
    .where('retire_by', 'is', null)
    .execute();
  await noteEpochs(transaction);
}
