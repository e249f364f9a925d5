import type { Session } from './tables.js';

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
