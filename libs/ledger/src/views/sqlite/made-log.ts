import type { NewEvent } from '#event-store';

/** The n-th event of a log that is folded, not verified: a use of somebody's data. */
export function eventOf(n: number): NewEvent {
  return { id: uuidOf(n), type: 'DataUsed', leaf: leafOf(n, 'DataUsed') };
}

/** The bytes of such an event, under any type. */
export function leafOf(n: number, type: string): Uint8Array {
  const subject = uuidOf(n % 7);
  const data = { operator: 'akjet', subject, operation: 'use', verdict: 'lawful' };
  const metadata = { recordedAt: '2026-03-02T09:00:00.000Z', schemaVersion: '1' };
  const stream = `subject-${subject}`;
  return new TextEncoder().encode(JSON.stringify({ data, id: uuidOf(n), metadata, stream, type }));
}

function uuidOf(n: number): string {
  return `00000000-0000-4000-8000-${n.toString(16).padStart(12, '0')}`;
}
