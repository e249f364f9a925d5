import { sql } from 'kysely';
import type { Session } from './tables.js';

/**
 * Event ids that somebody is about to record: rows that wait for an event wait by its claim, and two writers never
 * record one id (the store on a server cannot refuse the second, ADR 13). A claim outlives its event for so long that
 * every node has read it by then.
 */
const KEPT = sql`interval '10 minutes'`;

/** Claims ids for events to come; which of them another writer has: whoever was faster records them. */
export async function claim(
  transaction: Session,
  writer: string,
  events: readonly string[],
): Promise<readonly string[]> {
  if (events.length === 0) return [];
  // In one order, so that two writers who want the same do not wait for each other.
  const sorted = [...events].sort();
  const claimed = await transaction
    .insertInto('claims')
    .columns(['event', 'writer'])
    .expression(sql`SELECT unnest(${sorted}::text[]), ${writer}`)
    .onConflict((conflict) => conflict.doNothing())
    .returning('event')
    .execute();
  const own = new Set(claimed.map(({ event }) => event));
  return sorted.filter((event) => !own.has(event));
}

/** Notes that events are in the log, and lets go of what has been there for long. */
export async function settle(transaction: Session, events: readonly string[]): Promise<void> {
  if (events.length === 0) return;
  await transaction
    .updateTable('claims')
    .set({ settled: sql`clock_timestamp()` })
    .where(sql<boolean>`event = ANY(${events})`)
    .execute();
  await transaction
    .deleteFrom('claims')
    .where(sql<boolean>`settled < clock_timestamp() - ${KEPT}`)
    .execute();
}

/** Events whose rows have waited for at least so long, by the database's clock. */
export async function pendingEvents(session: Session, forMs: number): Promise<readonly string[]> {
  const rows = await session
    .selectFrom('claims')
    .select('event')
    .where('settled', 'is', null)
    .where(sql<boolean>`since <= clock_timestamp() - ${forMs} * interval '1 millisecond'`)
    .execute();
  return rows.map(({ event }) => event);
}

/**
 * Removes the rows of events that will never be in the log, by a writer's own word or, without one, after a look;
 * answers the subjects whose first keys were among them.
 */
export async function removePending(
  transaction: Session,
  events: readonly string[],
  writer?: string,
): Promise<readonly string[]> {
  if (events.length === 0) return [];
  // What another writer claimed is not a writer's to discard, though it would record the same event.
  const own = writer === undefined ? sql<boolean>`true` : sql<boolean>`writer = ${writer}`;
  const claims = await transaction
    .deleteFrom('claims')
    .where(sql<boolean>`event = ANY(${events})`)
    .where('settled', 'is', null)
    .where(own)
    .returning('event')
    .execute();
  const unclaimed = claims.map(({ event }) => event);
  if (unclaimed.length === 0) return [];
  const isOne = sql<boolean>`event = ANY(${unclaimed})`;
  for (const table of ['envelopes', 'identifiers', 'refs'] as const) {
    await transaction.deleteFrom(table).where(isOne).execute();
  }
  const gone = await transaction.deleteFrom('subjects').where(isOne).returning('subject').execute();
  return gone.map(({ subject }) => subject);
}
