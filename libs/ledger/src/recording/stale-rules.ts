import { evolve, frameOf, type EventData, type LedgerEvent } from '#domain';
import { findUsedUp } from '../commands/repeat.js';
import type { Ledger } from '../ledger.js';
import { untilRecorded } from './until-recorded.js';

type Judged = EventData<'ViolationDetected'>;

/** Of the further ids of an append's first event: those before may be its own, or of what completes it. */
const VIOLATION = 1_000;

/**
 * Records `ViolationDetected{STALE_RULES}` for what one append recorded, judged by rules that had changed by the time it
 * came into the log (design §3); resolves when that is durable. Safe to repeat, also by another node.
 */
export async function noteStaleRules(
  ledger: Ledger,
  events: readonly LedgerEvent[],
): Promise<void> {
  const [first] = events;
  if (first === undefined || !('read' in first.data)) return;
  const framed = frameOf(first.data as Judged);
  const operations = events.map(({ id }) => id);
  const data = { ...framed, verdict: 'violation', facts: [], codes: ['STALE_RULES'], operations };
  const id = ledger.parts.vault.furtherId(framed.operator, first.id, VIOLATION);
  await untilRecorded(ledger, async () => {
    const tail = await ledger.subjects.load(framed.subject);
    const before = await findUsedUp(ledger, id);
    if (before !== undefined) return before.durable;
    const recorded = ledger.recorder.record({
      tail,
      drafts: [{ type: 'ViolationDetected', data: data as Judged }],
      eventId: () => id,
      actor: { id: first.metadata.actor, role: 'ledger' },
      causationId: first.id,
    });
    for (const event of recorded.events) tail.state = evolve(tail.state, event);
    return recorded.durable;
  });
}
