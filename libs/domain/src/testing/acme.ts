import { indexLaw, regimeAt } from '../law/regime.js';
import { LAW } from '../law/rows/law-94-v.js';
import type { Moment, RecipientState } from '../gate/ask.js';
import type { Policy } from '../policy/policy.js';
import { indexPolicy } from '../policy/policy-index.js';
import { initialState, type Consent, type SubjectState } from '../subject/subject-state.js';

const text = { kk: '', ru: '', en: '' };
const category = (code: string, entry: number): object => ({
  code,
  clause: '1',
  entry,
  name: text,
});

/** A policy with one of everything that the gate asks about. */
export const ACME = {
  id: 'acme',
  version: '1',
  subjectKinds: [
    {
      code: 'person',
      clause: '1',
      name: text,
      categories: ['acme:name', 'acme:phone', 'acme:iin'],
    },
  ],
  categories: ['acme:name', 'acme:phone', 'acme:iin', 'acme:other'].map(category),
  purposes: [
    { code: 'acme:sell', clause: '2', name: text, admits: { person: ['acme:name', 'acme:phone'] } },
    {
      code: 'acme:law',
      clause: '2.1',
      name: text,
      admits: { person: 'all' },
      freeWhenBlocked: ['retrieve'],
    },
  ],
  retention: [
    { code: 'R', clause: '3', anchor: 'purpose-achieved', term: 'P0D', note: text },
    { code: 'R5', clause: '3', anchor: 'contract-ended', term: 'P5Y', note: text },
  ],
  recipientClasses: [
    { code: 'acme:bank', clause: '4', name: text, binding: 'contract' },
    { code: 'acme:state', clause: '4', name: text, binding: 'by-law' },
  ],
  sources: [
    { kind: 'subject', clause: '5', permitted: true, evidence: false },
    { kind: 'public', clause: '5', permitted: true, evidence: true },
    { kind: 'operator', clause: '5', permitted: false, evidence: false },
  ],
  crossBorder: { permitted: true, clause: '6' },
  operations: [{ operation: 'use', listed: true, clause: '7', word: {} }],
  refusals: { BLOCKED: ['8'] },
} as unknown as Policy;

/** Its next version: shorter retention, one purpose fewer, nothing goes abroad. */
const NEXT: Policy = {
  ...ACME,
  version: '2',
  purposes: ACME.purposes.filter(({ code }) => code !== 'acme:sell'),
  retention: ACME.retention.map((rule) =>
    rule.anchor === 'contract-ended' ? { ...rule, term: 'P10D' } : rule,
  ),
  crossBorder: { permitted: false, clause: '6' },
};

const HASH = `sha256:${'0'.repeat(64)}`;
const LAWS = indexLaw(LAW);
const VERSIONS = [
  { from: Date.parse('2026-03-01T00:00:00Z'), policy: indexPolicy(ACME, HASH) },
  { from: Date.parse('2026-04-01T00:00:00Z'), policy: indexPolicy(NEXT, HASH) },
];

/** What is in force at an instant: nothing before March 2026, the next version since April. */
export function momentAt(at: number): Moment {
  const policy = VERSIONS.findLast(({ from }) => from <= at)?.policy ?? null;
  return { at, policy, regime: regimeAt(LAWS, new Date(at)) ?? null, regimeHash: HASH };
}

/** A consent for one category without any limit, given by the beginning of time. */
export function consentOf(over: Partial<Consent> = {}): Consent {
  return {
    id: 'c1',
    state: 'given',
    purpose: 'acme:sell',
    categories: new Set(['acme:name']),
    givenAt: 0,
    validUntil: Infinity,
    thirdParties: true,
    crossBorder: true,
    publication: true,
    ...over,
  };
}

/** A registered person who gave such consents. */
export function personWith(...consents: readonly Consent[]): SubjectState {
  const registered = { operator: 'acme', subject: 's', kind: 'person' };
  return { ...initialState, registered, consents };
}

const recipient = (
  n: number,
  more: Partial<RecipientState>,
): { readonly id: string; readonly state: RecipientState } => ({
  id: `22222222-2222-4222-8222-00000000000${n}`,
  state: { operator: 'acme', class: 'acme:bank', country: 'KZ', bound: true, ...more },
});

/** One bound at home, one bound abroad, one nobody bound, a state body, and one that nobody knows. */
export const RECIPIENTS = [
  recipient(0, {}),
  recipient(1, { country: 'DE' }),
  recipient(2, { bound: false }),
  recipient(3, { class: 'acme:state', bound: false }),
  undefined,
] as const;
