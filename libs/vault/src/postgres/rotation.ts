import { sql } from 'kysely';
import { randomUUID } from 'node:crypto';
import { nextEpoch, shredStrays, straysOf, toRetire, type Stray } from '../keys/epoch-files.js';
import type { KeyDirectory } from '../keys/key-directory.js';
import type { KeyRing } from '../staging/key-ring.js';
import type { ReferenceBook } from '../staging/reference-book.js';
import type { Retiring } from '../vault.js';
import { VaultError } from '../vault-error.js';
import type { VaultDatabase } from './connection.js';
import { epochsOf, noteEpochs } from './epochs.js';
import { setMeta } from './meta.js';
import { shredReturned } from './returned.js';
import { SCHEMA, type Session } from './tables.js';

/** What a rotation needs of the vault around it. */
export interface Rotator {
  readonly database: VaultDatabase;
  readonly directory: KeyDirectory;
  readonly ring: KeyRing;
  readonly book: ReferenceBook;
}

/** One epoch that was retired. */
export interface Retired {
  readonly operator: string;
  readonly epoch: number;
  readonly survivors: number;
}

/**
 * Retires epochs: a new key file first, then survivors wrapped again and index rows rebuilt in one transaction, then
 * the old file overwritten and unlinked. A crash between any two leaves either epoch whole. Answers every epoch that
 * was ever retired, so that a crash before the caller noted one loses nothing.
 */
export async function retireEpochs(
  rotator: Rotator,
  now: Date,
  which: Retiring,
): Promise<readonly Retired[]> {
  const { database } = rotator;
  await removeStrays(rotator);
  const due = toRetire(await database.read(epochsOf), now, which);
  for (const { operator, epoch } of due) await retire(rotator, operator, epoch, now);
  return database.read(retiredOf);
}

/** Starts an operator's next epoch: the key file is noted before it is there; a crash leaves a stray that is known. */
export async function addEpoch(
  { database, directory }: Pick<Rotator, 'database' | 'directory'>,
  operator: string,
  now: Date,
): Promise<void> {
  const begun = await beginEpoch(database, directory, operator);
  await database.change(async (transaction) => startEpoch(transaction, begun, now));
}

/** Shreds key files that wrap nothing and rows of the destroyed that came back, and forgets what was begun. */
export async function removeStrays({
  database,
  directory,
}: Pick<Rotator, 'database' | 'directory'>): Promise<void> {
  // Whoever takes a note of what was begun decides about its key file: the rotation that made it, or this.
  const strays = await database.add(async (transaction) => {
    await shredReturned(transaction);
    const found = await straysAt(transaction, directory);
    await transaction.deleteFrom('meta').where('key', 'like', 'begun/%').execute();
    return found;
  });
  shredStrays(directory, strays);
}

/** Key files of epochs that the vault does not use. */
export async function straysAt(
  session: Session,
  directory: KeyDirectory,
): Promise<readonly Stray[]> {
  const epochs = await epochsOf(session);
  const begun = await keysLike(session, 'begun/%');
  return straysOf(directory, epochs, (operator, epoch) => begun.has(begunKey(operator, epoch)));
}

async function beginEpoch(
  database: VaultDatabase,
  directory: KeyDirectory,
  operator: string,
): Promise<Begun> {
  const epoch = nextEpoch(directory, await database.read(epochsOf), operator);
  const note = Buffer.from(randomUUID());
  await database.add(async (transaction) => setMeta(transaction, begunKey(operator, epoch), note));
  directory.createEpoch(operator, epoch);
  return { operator, epoch, note };
}

interface Begun {
  readonly operator: string;
  readonly epoch: number;
  /** Of this rotation alone. */
  readonly note: Buffer;
}

async function startEpoch(
  transaction: Session,
  { operator, epoch, note }: Begun,
  now: Date,
): Promise<void> {
  const { numDeletedRows } = await transaction
    .deleteFrom('meta')
    .where('key', '=', begunKey(operator, epoch))
    .where('value', '=', note)
    .executeTakeFirst();
  if (numDeletedRows === 0n)
    throw new VaultError('NOT_AT_HAND', 'another node began an epoch meanwhile: rotate again');
  await transaction
    .insertInto('epochs')
    .values({ operator, epoch, created_at: now.toISOString(), retire_by: null })
    .execute();
  await noteEpochs(transaction);
}

async function retire(rotator: Rotator, operator: string, epoch: number, now: Date): Promise<void> {
  const { database, directory, ring } = rotator;
  const begun = await beginEpoch(database, directory, operator);
  await database.change(async (transaction) => {
    await startEpoch(transaction, begun, now);
    const survivors = await rewrapAll(transaction, rotator, { operator, epoch, next: begun.epoch });
    await transaction
      .deleteFrom('epochs')
      .where('operator', '=', operator)
      .where('epoch', '=', epoch)
      .execute();
    await noteEpochs(transaction);
    const retired: Retired = { operator, epoch, survivors };
    const note = Buffer.from(JSON.stringify(retired));
    await setMeta(transaction, `retired/${operator}/${epoch}`, note);
  });
  ring.purgeAll();
  directory.retireEpoch(operator, epoch);
}

/** Subjects that are read, wrapped again and written at once. */
const PAGE = 500;

interface Move {
  readonly operator: string;
  readonly epoch: number;
  readonly next: number;
}

/** How many keys are wrapped by the next epoch; one that was damaged before opens nothing any more and stays behind. */
async function rewrapAll(transaction: Session, rotator: Rotator, move: Move): Promise<number> {
  let survivors = 0;
  for (let after = '' as string | undefined; after !== undefined;) {
    const rows = await transaction
      .selectFrom('subjects')
      .select(['subject', 'operator', 'generation', 'epoch', 'key'])
      .where('operator', '=', move.operator)
      .where('epoch', '=', move.epoch)
      .where('subject', '>', after)
      .orderBy('subject')
      .limit(PAGE)
      .execute();
    const keys = rows.flatMap(({ subject, ...wrapped }) => {
      const key = rotator.ring.peek(subject, wrapped);
      return key === undefined ? [] : [{ subject, ...key, epoch: move.next }];
    });
    await putKeys(transaction, rotator, keys, move.next);
    survivors += keys.length;
    after = rows.at(-1)?.subject;
  }
  return survivors;
}

async function putKeys(
  transaction: Session,
  { ring, book }: Rotator,
  keys: readonly (ReturnType<KeyRing['create']> & { readonly subject: string })[],
  epoch: number,
): Promise<void> {
  const subjects = keys.map(({ subject }) => subject);
  const wrapped = keys.map((key) => ring.wrapped(key.subject, key));
  await sql`UPDATE ${sql.table(`${SCHEMA}.subjects`)} AS s SET epoch = ${epoch}, key = renewed.key
    FROM unnest(${subjects}::text[], ${wrapped}::bytea[]) AS renewed (id, key)
    WHERE s.subject = renewed.id`.execute(transaction);
  const byId = new Map(keys.map((key) => [key.subject, key]));
  const identifiers = await transaction
    .selectFrom('identifiers')
    .select(['hash as before', 'subject', 'token'])
    .where(sql<boolean>`subject = ANY(${subjects})`)
    .execute();
  for (const { before, subject, token } of identifiers) {
    const key = byId.get(subject);
    const hash = key && book.rehashed(token, subject, key);
    if (hash === undefined) continue;
    await transaction
      .updateTable('identifiers')
      .set({ hash })
      .where('hash', '=', before)
      .where('subject', '=', subject)
      .execute();
  }
}

async function retiredOf(session: Session): Promise<readonly Retired[]> {
  const rows = await session
    .selectFrom('meta')
    .select('value')
    .where('key', 'like', 'retired/%')
    .orderBy(sql`key COLLATE "C"`)
    .execute();
  return rows.map(({ value }) => JSON.parse(value.toString()) as Retired);
}

async function keysLike(session: Session, pattern: string): Promise<ReadonlySet<string>> {
  const rows = await session
    .selectFrom('meta')
    .select('key')
    .where('key', 'like', pattern)
    .execute();
  return new Set(rows.map(({ key }) => key));
}

function begunKey(operator: string, epoch: number): string {
  return `begun/${operator}/${epoch}`;
}
