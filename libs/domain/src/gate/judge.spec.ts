import { describe, expect, it } from '@jest/globals';
import { indexLaw, regimeAt } from '../law/regime.js';
import { LAW } from '../law/rows/law-94-v.js';
import type { Policy } from '../policy/policy.js';
import { indexPolicy } from '../policy/policy-index.js';
import {
  coverOf,
  initialState,
  type Consent,
  type SubjectState,
} from '../subject/subject-state.js';
import type { Ask, Moment, RecipientState } from './ask.js';
import { CHECKS } from './checks.js';
import { judge } from './judge.js';
import { REFUSAL_CODES, type RefusalCode } from './refusal-codes.js';

const text = { kk: '', ru: '', en: '' };
const policy = {
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
  categories: [
    { code: 'acme:name', clause: '1', entry: 1, name: text },
    { code: 'acme:phone', clause: '1', entry: 2, name: text },
    { code: 'acme:iin', clause: '1', entry: 3, name: text },
    { code: 'acme:other', clause: '1', entry: 4, name: text },
  ],
  purposes: [
    { code: 'acme:sell', clause: '2', name: text, admits: { person: ['acme:name', 'acme:phone'] } },
    {
      code: 'acme:law',
      clause: '2',
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
  ],
  crossBorder: { permitted: true, clause: '6' },
  operations: [],
  refusals: {},
} as unknown as Policy;

const AT = Date.parse('2026-03-02T09:00:00Z');
const moment: Moment = {
  at: AT,
  policy: indexPolicy(policy, 'sha256:0'),
  regime: regimeAt(indexLaw(LAW), new Date(AT)) ?? null,
  regimeHash: 'sha256:0',
};
const consent: Consent = {
  id: 'c1',
  state: 'given',
  purpose: 'acme:sell',
  categories: new Set(['acme:name', 'acme:phone']),
  givenAt: AT - 1000,
  validUntil: AT + 1000,
  thirdParties: true,
  crossBorder: true,
  publication: true,
};
const state: SubjectState = {
  ...initialState,
  registered: { operator: 'acme', subject: 's', kind: 'person' },
  consents: [consent],
};
const ask: Ask = {
  kind: 'use',
  purpose: 'acme:sell',
  basis: { code: 'KZ-CONSENT' },
  categories: ['acme:name'],
  facts: [],
  actorRole: 'emitter',
};
const bank: RecipientState = { operator: 'acme', class: 'acme:bank', country: 'KZ', bound: true };
const consenting = (more: Partial<Consent>): Partial<SubjectState> => ({
  consents: [{ ...consent, ...more }],
});

interface Case {
  readonly says: string;
  readonly ask?: Partial<Ask>;
  readonly state?: Partial<SubjectState>;
  readonly moment?: Partial<Moment>;
  readonly recipient?: RecipientState | undefined;
  readonly codes: readonly RefusalCode[];
}

const TRANSFER = { ask: { kind: 'provide' }, recipient: bank } as const;
const LAW_BASIS = { code: 'KZ-9.10', cite: 'law:9' };

const CASES: readonly Case[] = [
  { says: 'a use with a live consent', codes: [] },
  { says: 'an operation nobody knows', ask: { kind: 'unknown' }, codes: ['UNKNOWN_OPERATION'] },
  { says: 'a destroyed subject', state: { destroyed: 'all' }, codes: ['DESTROYED'] },
  {
    says: 'a destroyed category',
    state: { destroyed: new Set(['acme:name']) },
    codes: ['DESTROYED'],
  },
  {
    says: 'categories of which one is left',
    ask: { categories: ['acme:name', 'acme:phone'] },
    state: { destroyed: new Set(['acme:name']) },
    codes: [],
  },
  { says: 'no policy in force', moment: { policy: null }, codes: ['POLICY_NOT_ACTIVE'] },
  {
    says: 'an unknown purpose',
    ask: { purpose: null },
    codes: ['PURPOSE_NOT_DECLARED', 'CONSENT_NOT_GIVEN'],
  },
  {
    says: 'a block under an unknown purpose',
    ask: { kind: 'block', purpose: null },
    codes: ['PURPOSE_NOT_DECLARED'],
  },
  {
    says: 'a category of no kind',
    ask: { categories: ['acme:other'] },
    codes: ['CATEGORY_NOT_FOR_SUBJECT_KIND', 'CATEGORY_NOT_ADMITTED', 'CONSENT_NOT_GIVEN'],
  },
  {
    says: 'a category that nobody knows',
    ask: { facts: ['unknown-category'] },
    codes: ['CATEGORY_NOT_FOR_SUBJECT_KIND', 'CATEGORY_NOT_ADMITTED'],
  },
  {
    says: 'a category outside the purpose',
    ask: { categories: ['acme:iin'] },
    codes: ['CATEGORY_NOT_ADMITTED', 'CONSENT_NOT_GIVEN'],
  },
  {
    says: 'a delete outside the purpose',
    ask: { kind: 'delete', categories: ['acme:iin'] },
    codes: [],
  },
  { says: 'what was deleted', state: { deleted: new Set(['acme:name']) }, codes: ['DELETED'] },
  {
    says: 'collecting again what was deleted',
    ask: { kind: 'collect' },
    state: { deleted: new Set(['acme:name']) },
    codes: [],
  },
  { says: 'a blocked category', state: { blocks: [coverOf(['acme:name'])] }, codes: ['BLOCKED'] },
  { says: 'another category blocked', state: { blocks: [coverOf(['acme:phone'])] }, codes: [] },
  {
    says: 'storing what is blocked',
    ask: { kind: 'store' },
    state: { blocks: [coverOf(undefined)] },
    codes: [],
  },
  {
    says: 'deleting what is blocked',
    ask: { kind: 'delete' },
    state: { blocks: [coverOf(undefined)] },
    codes: ['BLOCKED'],
  },
  {
    says: 'a read of what is blocked for legal compliance',
    ask: { kind: 'retrieve', purpose: 'acme:law', basis: LAW_BASIS },
    state: { blocks: [coverOf(undefined)] },
    codes: [],
  },
  {
    says: 'a use of what is blocked for legal compliance',
    ask: { purpose: 'acme:law', basis: LAW_BASIS },
    state: { blocks: [coverOf(undefined)] },
    codes: ['BLOCKED'],
  },
  {
    says: 'deleting what is held',
    ask: { kind: 'delete' },
    state: { holds: [coverOf(['acme:name'])] },
    codes: ['HOLD_IN_FORCE'],
  },
  {
    says: 'a use after the purpose was achieved',
    state: { achieved: new Map([['acme:sell', AT - 1]]) },
    codes: ['RETENTION_EXPIRED'],
  },
  {
    says: 'storing after the purpose was achieved',
    ask: { kind: 'store' },
    state: { achieved: new Map([['acme:sell', AT - 1]]) },
    codes: [],
  },
  {
    says: 'a use five years after the contract ended',
    state: { contracts: new Map([['k', { endedAt: Date.parse('2021-03-02T09:00:00Z') }]]) },
    codes: ['RETENTION_EXPIRED'],
  },
  {
    says: 'a use a second before those five years are over',
    state: { contracts: new Map([['k', { endedAt: Date.parse('2021-03-02T09:00:01Z') }]]) },
    codes: [],
  },
  {
    says: 'a use while another contract runs',
    state: {
      contracts: new Map([
        ['k', { endedAt: 0 }],
        ['l', { endedAt: null }],
      ]),
    },
    codes: [],
  },
  {
    says: 'a source the policy does not know',
    ask: { kind: 'collect', dataSource: { kind: 'third-party' } },
    codes: ['SOURCE_NOT_PERMITTED'],
  },
  {
    says: 'a public source without its link',
    ask: { kind: 'collect', dataSource: { kind: 'public' } },
    codes: ['SOURCE_NOT_PERMITTED'],
  },
  {
    says: 'a public source with its link',
    ask: { kind: 'collect', dataSource: { kind: 'public' }, facts: ['source-evidence'] },
    codes: [],
  },
  { says: 'storage abroad', ask: { country: 'DE' }, codes: ['STORAGE_OUTSIDE_KZ'] },
  { says: 'no basis', ask: { basis: { code: null } }, codes: ['NO_LAWFUL_BASIS'] },
  {
    says: 'a policy label as a basis',
    ask: { basis: { code: 'POL-CONTRACT' } },
    codes: ['NO_LAWFUL_BASIS'],
  },
  {
    says: 'a consent scope as a basis',
    ask: { basis: { code: 'KZ-CONSENT-XB' } },
    codes: ['NO_LAWFUL_BASIS'],
  },
  {
    says: 'article 9 without citation',
    ask: { basis: { code: 'KZ-9.10' } },
    codes: ['BASIS_EVIDENCE_MISSING'],
  },
  { says: 'article 9 with citation', ask: { basis: LAW_BASIS }, codes: [] },
  {
    says: 'article 9(5) without proof',
    ask: { basis: { code: 'KZ-9.5', cite: 'law:9' } },
    codes: ['BASIS_EVIDENCE_MISSING'],
  },
  {
    says: 'article 9(1) without a reasoned request',
    ask: { basis: { code: 'KZ-9.1', cite: 'law:9' } },
    codes: ['BASIS_EVIDENCE_MISSING'],
  },
  {
    says: 'article 9(1) on a reasoned request',
    ask: { basis: { code: 'KZ-9.1', cite: 'law:9' }, facts: ['grounds'] },
    codes: [],
  },
  {
    says: 'a withdrawn consent',
    state: consenting({ state: 'withdrawn' }),
    codes: ['CONSENT_WITHDRAWN'],
  },
  { says: 'an ended term', state: consenting({ validUntil: AT }), codes: ['CONSENT_EXPIRED'] },
  {
    says: 'an expired consent',
    state: consenting({ state: 'expired' }),
    codes: ['CONSENT_EXPIRED'],
  },
  {
    says: 'a claimed consent',
    state: consenting({ state: 'claimed' }),
    codes: ['CONSENT_UNPROVEN'],
  },
  {
    says: 'a refused consent',
    state: consenting({ state: 'refused' }),
    codes: ['CONSENT_NOT_GIVEN'],
  },
  {
    says: 'a consent of later',
    state: consenting({ givenAt: AT + 1 }),
    codes: ['CONSENT_NOT_GIVEN'],
  },
  {
    says: 'another consent named',
    ask: { basis: { code: 'KZ-CONSENT', ref: 'c2' } },
    codes: ['CONSENT_NOT_GIVEN'],
  },
  {
    says: 'categories covered only by two consents together',
    ask: { categories: ['acme:name', 'acme:phone'] },
    state: {
      consents: [
        { ...consent, categories: new Set(['acme:name']) },
        { ...consent, id: 'c2', categories: new Set(['acme:phone']) },
      ],
    },
    codes: ['CONSENT_NOT_GIVEN'],
  },
  {
    says: 'a withdrawal that names no live consent',
    ask: { kind: 'withdrawal', consents: [] },
    codes: ['CONSENT_NOT_GIVEN'],
  },
  { says: 'a withdrawal of one', ask: { kind: 'withdrawal', consents: ['c1'] }, codes: [] },
  { says: 'a provision', ...TRANSFER, codes: [] },
  { says: 'an unknown recipient', ask: { kind: 'provide' }, codes: ['RECIPIENT_UNKNOWN'] },
  {
    says: 'an unbound recipient',
    ask: { kind: 'grant-access' },
    recipient: { ...bank, bound: false },
    codes: ['RECIPIENT_NOT_BOUND'],
  },
  {
    says: 'a state body',
    ...TRANSFER,
    recipient: { ...bank, class: 'acme:state', bound: false },
    codes: [],
  },
  {
    says: 'a provision on article 9(1) without its request',
    ask: { kind: 'provide', basis: { code: 'KZ-9.1', cite: 'law:9' } },
    recipient: bank,
    codes: ['REASONED_REQUEST_MISSING'],
  },
  {
    says: 'a recipient abroad without such a consent',
    ...TRANSFER,
    recipient: { ...bank, country: 'DE' },
    state: consenting({ crossBorder: false }),
    codes: ['CROSS_BORDER_NOT_PERMITTED'],
  },
  {
    says: 'a recipient abroad with such a consent',
    ...TRANSFER,
    recipient: { ...bank, country: 'DE' },
    codes: [],
  },
  {
    says: 'third parties without such a consent',
    ...TRANSFER,
    state: consenting({ thirdParties: false }),
    codes: ['THIRD_PARTY_CONSENT_MISSING'],
  },
  {
    says: 'publication without such a consent',
    ask: { kind: 'disseminate' },
    state: consenting({ publication: false }),
    codes: ['DISSEMINATION_CONSENT_MISSING'],
  },
  { says: 'clarifying without a document', ask: { kind: 'clarify' }, codes: ['EVIDENCE_MISSING'] },
  {
    says: 'depersonalising without a method',
    ask: { kind: 'depersonalise' },
    codes: ['EVIDENCE_MISSING'],
  },
  {
    says: 'destroying on a ground that the stream does not show',
    ask: { kind: 'destroy', ground: 'KZ-18.1', facts: ['act'] },
    codes: ['EVIDENCE_MISSING'],
  },
  {
    says: 'destroying without an act',
    ask: { kind: 'destroy', ground: 'KZ-18.1' },
    state: { achieved: new Map([['acme:sell', AT]]) },
    codes: ['EVIDENCE_MISSING'],
  },
  {
    says: 'destroying after the purpose was achieved',
    ask: { kind: 'destroy', ground: 'KZ-18.1', facts: ['act'] },
    state: { achieved: new Map([['acme:sell', AT]]) },
    codes: [],
  },
  {
    says: 'an emitter destroying after a withdrawal',
    ask: { kind: 'destroy', ground: 'KZ-24.1.5', facts: ['act'] },
    state: consenting({ state: 'withdrawn' }),
    codes: ['EVIDENCE_MISSING'],
  },
  {
    says: 'an officer destroying after a withdrawal',
    ask: { kind: 'destroy', ground: 'KZ-24.1.5', facts: ['act'], actorRole: 'officer' },
    state: consenting({ state: 'withdrawn' }),
    codes: [],
  },
  {
    says: 'destroying on a court decision with a second approval',
    ask: { kind: 'destroy', ground: 'KZ-18.3', facts: ['act'] },
    state: { approvals: new Set(['KZ-18.3']) },
    codes: [],
  },
  {
    says: 'destroying what was blocked for it',
    ask: { kind: 'destroy', ground: 'KZ-18.2', facts: ['act'] },
    state: {
      blocks: [coverOf(undefined, 'destruction-ordered')],
      contracts: new Map([['k', { endedAt: AT }]]),
    },
    codes: [],
  },
];

describe('the gate', () => {
  it.each(CASES)('says $codes to $says', (row) => {
    const judgement = judge(
      { ...ask, ...row.ask },
      { ...state, ...row.state },
      [{ ...moment, ...row.moment }],
      row.recipient,
    );
    expect(judgement.codes).toEqual(row.codes);
  });

  it('needs every moment to be lawful', () => {
    const later = { ...moment, at: AT + 5000 };
    expect(judge(ask, state, [moment, later], undefined).codes).toEqual(['CONSENT_EXPIRED']);
    expect(judge(ask, state, [moment], undefined).codes).toEqual([]);
  });

  it('picks the latest live consent that covers everything', () => {
    const consents = [consent, { ...consent, id: 'c2' }, { ...consent, id: 'c3', validUntil: AT }];
    expect(judge(ask, { ...state, consents }, [moment], undefined).consent?.id).toBe('c2');
  });

  it('keeps its table in the order of the codes, one check each', () => {
    const codes = CHECKS.map((check) => check.code);
    expect(codes).toEqual(REFUSAL_CODES.filter((code) => code !== 'RULING_MISSING'));
  });

  it('has a case for every check', () => {
    const covered = new Set(CASES.flatMap((row) => row.codes));
    expect(CHECKS.filter((check) => !covered.has(check.code))).toEqual([]);
  });
});
