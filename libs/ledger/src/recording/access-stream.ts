import { randomUUID } from 'node:crypto';
import type { EventData } from '#domain';
import type { Ledger } from '../ledger.js';
import type { Actor } from './recorder.js';

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
  const tail = await ledger.subjects.tail(`access-${operator}`);
  const id = randomUUID();
  const { durable } = ledger.recorder.record({
    tail,
    drafts: [draft],
    eventId: () => id,
    actor,
  });
  await durable;
}
