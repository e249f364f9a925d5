import type { NewEvent, RecordedEvent } from '../event-store.js';

/** An event with made-up leaf bytes; the store never looks into them. */
export function anEvent(n: number, text = ''): NewEvent {
  const id = `00000000-0000-4000-8000-${n.toString(16).padStart(12, '0')}`;
  return { id, type: 'DataUsed', leaf: new TextEncoder().encode(`{"n":${n},"text":"${text}"}`) };
}

/** All events of an iteration. */
export async function collected(
  batches: AsyncIterable<readonly RecordedEvent[]>,
): Promise<RecordedEvent[]> {
  const events: RecordedEvent[] = [];
  for await (const batch of batches) events.push(...batch);
  return events;
}
