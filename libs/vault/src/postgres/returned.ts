import { shredSubject } from './destruction.js';
import type { Session } from './tables.js';

/** Subjects that were destroyed whole and have rows: somebody put them back. */
export async function returned(session: Session): Promise<readonly string[]> {
  const rows = await session
    .selectFrom('tombstones as t')
    .select('t.subject')
    .where('t.category', '=', '')
    .where(({ or, exists, selectFrom }) =>
      or([
        exists(
          selectFrom('subjects as s').select('s.event').whereRef('s.subject', '=', 't.subject'),
        ),
        exists(
          selectFrom('envelopes as e')
            .select('e.event')
            .whereRef('e.subject', '=', 't.subject')
            .where('e.scope', '=', 'subject'),
        ),
        exists(
          selectFrom('identifiers as i').select('i.event').whereRef('i.subject', '=', 't.subject'),
        ),
      ]),
    )
    .orderBy('t.subject')
    .execute();
  return rows.map(({ subject }) => subject);
}

/** Shreds what came back of the destroyed: no epoch may wrap their keys again. */
export async function shredReturned(transaction: Session): Promise<void> {
  for (const subject of await returned(transaction)) await shredSubject(transaction, subject);
}
