import { randomUUID } from 'node:crypto';
import { evolve, type EventData, type LedgerEvent } from '#domain';
import type { Ledger } from '../ledger.js';
import { frameOf } from './frame-of.js';
import { untilRecorded } from './until-recorded.js';

type Judged = EventData<'ViolationDetected'>;

/**
 * Records `ViolationDetected{STALE_RULES}` for what was judged by rules that had changed by the time it came into the
 * log (design §3); resolves when that is durable.
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
  const id = randomUUID();
  await untilRecorded(ledger, async () => {
    const tail = await ledger.subjects.load(framed.subject);
    const recorded = ledger.recorder.record({
      tail,
      drafts: [{ type: 'ViolationDetected', data: data as Judged }],
      eventId: () => id,
      actor: { id: first.metadata.actor, role: 'ledger' },
      causationId: first.id,
    });
    for (const event of recorded.events) tail.state = evolve(tail.state, event);
    await recorded.durable;
  });
}
