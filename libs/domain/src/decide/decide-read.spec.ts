import { describe, expect, it } from '@jest/globals';
import { CONSENT, collect, contextAfter, operate, say, stateAfter } from '../testing/decision.js';
import { momentAt } from '../testing/acme.js';
import { idOf, type Step } from '../testing/history.js';
import { decideRead } from './decide-read.js';

const BY_LAW = { purpose: 'acme:law', basis: { code: 'KZ-9.10', cite: 'law-94-v:9(10)' } };
/** Name and phone on consent, by the second step; iin on a law, by the third. */
const held = [
  say(CONSENT),
  say(collect({ 'acme:name': 'A', 'acme:phone': '77' })),
  say(collect({ 'acme:iin': '1' }, BY_LAW)),
];
const [SOLD, LAWFUL] = [idOf(2, 0), idOf(3, 0)];

function reading(past: readonly Step[], purpose: string, more: Asked = {}) {
  const { categories, waitHours = 24, occurredHoursAgo = 0 } = more;
  const next: Step = { ...say({}, { waitHours }), act: { kind: 'read', purpose }, mode: 'enforce' };
  const state = stateAfter(past);
  const values = new Map([...state.holdings].map(([category, { event }]) => [category, event]));
  const read = { purpose, values, ...(categories === undefined ? {} : { categories }) };
  const context = contextAfter(past, next);
  const occurred = momentAt(context.recorded.at - occurredHoursAgo * 3_600_000);
  return decideRead(read, state, { ...context, occurred });
}

interface Asked {
  readonly categories?: readonly string[];
  readonly waitHours?: number;
  readonly occurredHoursAgo?: number;
}

describe('a read under a purpose', () => {
  it('is one DataRetrieved of what the consent covers; the rest is withheld, each with its code', () => {
    const { draft, judgement } = reading(held, 'acme:sell');
    expect(draft.type).toBe('DataRetrieved');
    expect(draft.data).toMatchObject({
      verdict: 'lawful',
      operation: 'retrieve',
      purpose: 'acme:sell',
      medium: 'automated',
      categories: ['acme:name', 'acme:phone'],
      clauses: ['acme:2'],
    });
    const sources = { 'acme:name': SOLD, 'acme:phone': SOLD };
    expect('sources' in draft.data && draft.data.sources).toEqual(sources);
    const withheld = [{ category: 'acme:iin', code: 'CATEGORY_NOT_ADMITTED' }];
    expect(judgement).toMatchObject({ released: ['acme:name', 'acme:phone'], withheld });
    expect([draft.seal, draft.file]).toEqual([undefined, undefined]);
  });

  it('releases on the basis of art. 9 that it was collected under', () => {
    const { draft, judgement } = reading(held, 'acme:law');
    expect(draft.data).toMatchObject({ categories: ['acme:iin'], sources: { 'acme:iin': LAWFUL } });
    expect(judgement.withheld.map(({ code }) => code)).toEqual(Array(2).fill('CONSENT_NOT_GIVEN'));
  });

  it('judges only the categories that it names', () => {
    const { draft, judgement } = reading(held, 'acme:sell', { categories: ['acme:phone'] });
    expect(draft.data).toMatchObject({ sources: { 'acme:phone': SOLD } });
    expect(judgement).toEqual({ released: ['acme:phone'], withheld: [], codes: [] });
  });

  it('withholds what it names and nobody holds: as deleted, unless the gate has another reason', () => {
    const categories = ['acme:iin', 'acme:phone', 'acme:name', 'acme:phone', 'acme:nowhere'];
    const { draft, judgement } = reading(held.slice(0, 1), 'acme:sell', { categories });
    expect(draft.data).toMatchObject({
      codes: ['CATEGORY_NOT_FOR_SUBJECT_KIND', 'CATEGORY_NOT_ADMITTED', 'CONSENT_NOT_GIVEN'],
      categories: ['acme:iin'],
      facts: ['unknown-category'],
    });
    expect(judgement.withheld).toEqual([
      { category: 'acme:iin', code: 'CATEGORY_NOT_ADMITTED' },
      { category: 'acme:phone', code: 'DELETED' },
      { category: 'acme:name', code: 'DELETED' },
    ]);
  });
});

it('notes beside what is released that a category was named which nobody knows', () => {
  const { draft } = reading(held, 'acme:sell', { categories: ['acme:name', 'acme:nowhere'] });
  const said = { verdict: 'lawful', categories: ['acme:name'], facts: ['unknown-category'] };
  expect(draft.data).toMatchObject(said);
  expect(JSON.stringify(draft)).not.toContain('nowhere');
});

describe('a read that releases nothing', () => {
  const sell = 'acme:sell';
  const operating = (operation: string, more: object = {}): Step => {
    const everything = { categories: undefined, purpose: undefined, basis: undefined };
    return say(operate(operation, { ...everything, ...more }));
  };
  const ended = say({ kind: 'achieve-purpose', purpose: sell });
  const destroyed = [
    held[0],
    held[1],
    ended,
    operating('destroy', { ground: 'KZ-18.1', act: '7' }),
  ];
  const withdrawn = [...held, say({ kind: 'withdraw-consent', purpose: sell })];

  it.each<[string, readonly Step[], readonly string[]]>([
    ['of nothing that is held', [say(CONSENT)], ['DELETED']],
    ['of the destroyed', destroyed as readonly Step[], ['DESTROYED']],
    [
      'of the blocked',
      [...held, operating('block')],
      ['CATEGORY_NOT_ADMITTED', 'BLOCKED', 'CONSENT_NOT_GIVEN'],
    ],
    [
      'after a withdrawal',
      withdrawn,
      ['CATEGORY_NOT_ADMITTED', 'CONSENT_WITHDRAWN', 'CONSENT_NOT_GIVEN'],
    ],
  ])('%s is one refusal, with every code, in the order of the table', (_what, past, codes) => {
    const { draft } = reading(past, sell);
    expect(draft.type).toBe('OperationRefused');
    const said = { command: 'operate', operation: 'retrieve', purpose: sell, sources: {} };
    expect(draft.data).toMatchObject({ ...said, verdict: 'refused', code: codes[0], codes });
  });

  it('of a category that nobody knows is refused for it', () => {
    const { draft } = reading(held, sell, { categories: ['acme:nowhere'] });
    const codes = ['CATEGORY_NOT_FOR_SUBJECT_KIND'];
    expect(draft.data).toMatchObject({ code: codes[0], codes, categories: [] });
  });

  it('names null for a purpose that nobody knows', () => {
    const { draft } = reading(held, 'acme:nowhere');
    expect(draft.data).toMatchObject({ purpose: null, code: 'PURPOSE_NOT_DECLARED' });
    expect(JSON.stringify(draft)).not.toContain('nowhere');
  });

  it("is judged by today's policy, whatever was in force before", () => {
    const { draft } = reading(held, sell, { waitHours: 30 * 24, occurredHoursAgo: 28 * 24 });
    expect(draft.data).toMatchObject({ purpose: sell, code: 'PURPOSE_NOT_DECLARED' });
  });
});
