import type pg from 'pg';
import type { RowsText } from '../fold/row-text.js';
import { ViewDigest } from '../fold/view-digest.js';
import type { ViewDefinition } from '../view.js';
import { LIVE, hashesOf, insertOf } from './tables.js';

/** A session, or any of a pool. */
export type Session = pg.Pool | pg.PoolClient;

/** Writes rows, one text a view. */
export async function writeRows<E>(
  session: Session,
  schema: string,
  views: readonly ViewDefinition<E>[],
  rows: readonly RowsText[],
): Promise<void> {
  for (const [n, view] of views.entries()) {
    const text = rows[n] ?? '';
    if (text !== '') await session.query(insertOf(schema, view), [text]);
  }
}

/** Digest of a view's rows, hashed where they lie. */
export async function digestOf<E>(
  session: Session,
  schema: string,
  view: ViewDefinition<E>,
): Promise<string> {
  const digest = new ViewDigest();
  const { rows } = await session.query<{ first: string; hash: string }>(hashesOf(schema, view));
  for (const { first, hash } of rows) digest.add(Number(first), hash);
  return digest.value();
}

/** Next ordinal to apply to the live views; `FOR UPDATE`: nobody else applies any until the transaction ends. */
export async function positionOf(session: Session, lock: '' | 'FOR UPDATE' = ''): Promise<bigint> {
  const { rows } = await session.query<{ value: string }>(
    `SELECT value FROM ${LIVE}.meta WHERE key = 'position' ${lock}`,
  );
  return BigInt(rows[0]?.value ?? '0');
}

/** Sets the next ordinal to apply. */
export async function setPosition(
  session: Session,
  schema: string,
  position: bigint,
): Promise<void> {
  await setMeta(session, schema, 'position', String(position));
}

/** Sets a meta row. */
export async function setMeta(
  session: Session,
  schema: string,
  key: string,
  value: string,
): Promise<void> {
  await session.query(
    `INSERT INTO ${schema}.meta VALUES ($1, $2) ON CONFLICT (key) DO UPDATE SET value = excluded.value`,
    [key, value],
  );
}
