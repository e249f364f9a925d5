import { randomUUID } from 'node:crypto';
import type { EventData } from '#domain';
import type { Ledger } from '../ledger.js';
import type { Actor } from './recorder.js';
import { untilRecorded } from './until-recorded.js';

type AccessType = 'AccessRefused' | 'HistoryRead' | 'SubjectLookedUp';

/** What happened around an operator's data without touching a subject's own stream. */
export type AccessDraft = {
  [T in AccessType]: { readonly type: T; readonly data: EventData<T> };
}[AccessType];

/** Records in `access-<operator>`; resolves once it is durable (design §3). @throws {LedgerError} UNAVAILABLE. */
export async function recordAccess(
  ledger: Ledger,
  draft: AccessDraft,
  actor: Actor,
): Promise<void> {
  const { operator } = draft.data;
  const id = randomUUID();
  await untilRecorded(ledger, async () => {
    const tail = await ledger.subjects.tail(`access-${operator}`);
    const drafts = [draft];
    await ledger.recorder.record({ tail, drafts, eventId: () => id, actor }).durable;
  });
}
