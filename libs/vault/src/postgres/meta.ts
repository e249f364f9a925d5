import { sql } from 'kysely';
import { packSeen } from '../staging/seen-log.js';
import type { SeenLog } from '../vault.js';
import { SCHEMA, type Session } from './tables.js';

/** A meta row, undefined when absent. */
export async function metaOf(session: Session, key: string): Promise<Buffer | undefined> {
  const row = await session
    .selectFrom('meta')
    .select('value')
    .where('key', '=', key)
    .executeTakeFirst();
  return row?.value;
}

/** Sets a meta row. */
export async function setMeta(session: Session, key: string, value: Buffer): Promise<void> {
  await session
    .insertInto('meta')
    .values({ key, value })
    .onConflict((conflict) => conflict.column('key').doUpdateSet({ value }))
    .execute();
}

/**
 * Notes how far the log was seen, where that is further: another writer may have seen more. Whoever is not first notes
 * nothing this time, rather than wait for the other's transaction.
 */
export async function noteSeen(transaction: Session, seen: SeenLog): Promise<void> {
  const meta = sql.table(`${SCHEMA}.meta`);
  const isFree = sql`pg_try_advisory_xact_lock(hashtextextended(${`${SCHEMA}.seen`}, 0))`;
  await sql`INSERT INTO ${meta} AS known (key, value) SELECT 'seen', ${packSeen(seen)}::bytea WHERE ${isFree}
    ON CONFLICT (key) DO UPDATE SET value = excluded.value WHERE known.value < excluded.value`.execute(
    transaction,
  );
}

/** A meta row that holds a decimal number. */
export async function numberOf(session: Session, key: string): Promise<bigint | undefined> {
  const bytes = await metaOf(session, key);
  return bytes === undefined ? undefined : BigInt(bytes.toString());
}

/** Sets a meta row to a decimal number. */
export async function setNumber(
  session: Session,
  key: string,
  value: bigint | number,
): Promise<void> {
  await setMeta(session, key, Buffer.from(String(value)));
}
