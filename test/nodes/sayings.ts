import type { Submission } from '#domain';
import { parseEvent } from '#ledger/intake';

/** Who sends everything. */
export const BACKEND = { name: 'backend', role: 'emitter', mode: 'enforce' } as const;

const PURPOSE = 'quicklid:3.1';
const OPERATION = { purpose: PURPOSE, basis: { code: 'KZ-CONSENT' } };
const DATA = {
  'subject.registered': { operator: 'quicklid', kind: 'individual' },
  'consent.given': {
    purpose: PURPOSE,
    categories: ['quicklid:name'],
    thirdParties: false,
    crossBorder: false,
    publication: false,
    channel: 'OTHER_CONFIRMABLE',
    evidence: { kind: 'otp', language: 'kk' },
  },
  'operation.collect': { ...OPERATION, data: { 'quicklid:name': 'Аманова Айгүл' } },
  'operation.use': { ...OPERATION, categories: ['quicklid:name'] },
  'consent.withdrawn': { purpose: PURPOSE },
  'purpose.achieved': { purpose: PURPOSE },
  'operation.destroy': { ground: 'KZ-18.1', act: 'act 7', approvedBy: ['first', 'second'] },
} as const;

/** Of whom, what, by an id of its own. */
export type Saying = readonly [person: string, type: keyof typeof DATA, id: string];

/** What is said of a person, as it is submitted. */
export function said(...[person, type, id]: Saying): Submission {
  const parsed = parseEvent({
    specversion: '1.0',
    id,
    source: 'urn:nodes',
    type: `kz.pdl.${type}.v1`,
    subject: person,
    data: DATA[type],
  });
  if (!parsed.ok) throw new Error('a saying of the test is none');
  return parsed.submission;
}

/** Registered, with a consent, and a name collected. */
export function begins(person: string): readonly Saying[] {
  const types = ['subject.registered', 'consent.given', 'operation.collect'] as const;
  return types.map((type) => [person, type, `${person} ${type}`]);
}
