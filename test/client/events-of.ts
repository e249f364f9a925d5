import type { CloudEvent } from '#client';

/** Registrations of so many persons, each by its own reference. */
export function registrations(count: number, from = 0): readonly CloudEvent[] {
  return Array.from({ length: count }, (_, n) => registration(`case-${from + n}`));
}

/** The registration of one person. */
export function registration(subject: string): CloudEvent {
  return eventOn(subject, 'subject.registered', { operator: 'quicklid', kind: 'individual' });
}

/** An event of a loan service; its id is its subject and its type. */
export function eventOn(
  subject: string,
  type: string,
  data: Readonly<Record<string, unknown>>,
): CloudEvent {
  return {
    specversion: '1.0',
    id: `${subject} ${type}`,
    source: 'urn:loans',
    type: `kz.pdl.${type}.v1`,
    subject,
    time: '2026-03-01T09:00:00Z',
    data,
  };
}
