import { sql } from 'kysely';
import type { Session } from './tables.js';

/** Which of these subjects were destroyed whole, and by which order. */
export async function buriedOf(
  session: Session,
  subjects: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  if (subjects.length === 0) return new Map();
  const rows = await session
    .selectFrom('tombstones')
    .select(['subject', 'event'])
    .where(sql<boolean>`subject = ANY(${subjects}) AND category = ''`)
    .execute();
  return new Map(rows.map(({ subject, event }) => [subject, event]));
}
