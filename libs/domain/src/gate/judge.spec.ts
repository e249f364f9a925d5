import { describe, expect, it } from '@jest/globals';
import { indexLaw, regimeAt } from '../law/regime.js';
import { LAW } from '../law/rows/law-94-v.js';
import { indexPolicy } from '../policy/policy-index.js';
import { coverOf, type Consent, type SubjectState } from '../subject/subject-state.js';
import { ACME, consentOf, personWith } from '../testing/acme.js';
import type { Ask, Moment, RecipientState } from './ask.js';
import { CHECKS } from './checks.js';
import { judge, judgeBy } from './judge.js';
import { REFUSAL_CODES, type RefusalCode } from './refusal-codes.js';

const AT = Date.parse('2026-03-02T09:00:00Z');
const moment: Moment = {
  at: AT,
  policy: indexPolicy(ACME, 'sha256:0'),
  regime: regimeAt(indexLaw(LAW), new Date(AT)) ?? null,
  regimeHash: 'sha256:0',
};
const consent = consentOf({
  categories: new Set(['acme:name', 'acme:phone']),
  givenAt: AT - 1000,
  validUntil: AT + 1000,
});
const state = personWith(consent);
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
    says: 'a hold of nothing that anybody knows',
    ask: { kind: 'hold', categories: [] },
    codes: ['CATEGORY_NOT_FOR_SUBJECT_KIND'],
  },
  { says: 'a hold of something', ask: { kind: 'hold', categories: ['acme:none'] }, codes: [] },
  { says: 'a hold of everything', ask: { kind: 'hold', categories: undefined }, codes: [] },
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
  {
    says: 'categories of which one was deleted',
    ask: { categories: ['acme:name', 'acme:phone'] },
    state: { deleted: new Set(['acme:phone']) },
    codes: ['DELETED'],
  },
  {
    says: 'a withdrawal that says nothing',
    ask: { kind: 'withdrawal', consents: undefined },
    codes: ['CONSENT_NOT_GIVEN'],
  },
  { says: 'a block without a purpose', ask: { kind: 'block', purpose: undefined }, codes: [] },
  { says: 'a contract', ask: { kind: 'contract', purpose: undefined }, codes: [] },
  {
    says: 'a consent without a purpose',
    ask: { kind: 'consent', purpose: undefined },
    codes: ['PURPOSE_NOT_DECLARED'],
  },
  {
    says: 'the end of no purpose',
    ask: { kind: 'purpose-end', purpose: undefined },
    codes: ['PURPOSE_NOT_DECLARED'],
  },
  {
    says: 'a use without a purpose',
    ask: { purpose: undefined, basis: LAW_BASIS },
    codes: ['PURPOSE_NOT_DECLARED'],
  },
  {
    says: 'an unknown purpose under no policy',
    ask: { purpose: null, basis: LAW_BASIS },
    moment: { policy: null },
    codes: ['POLICY_NOT_ACTIVE', 'PURPOSE_NOT_DECLARED'],
  },
  {
    says: 'a purpose that another version declared',
    ask: { purpose: 'acme:gone', basis: LAW_BASIS },
    codes: ['PURPOSE_NOT_DECLARED'],
  },
  { says: 'categories of nobody', ask: { categories: undefined }, codes: [] },
  {
    says: 'blocking everything',
    ask: { kind: 'block', purpose: undefined, categories: undefined },
    codes: [],
  },
  {
    says: 'deleting everything that is partly blocked',
    ask: { kind: 'delete', categories: undefined },
    state: { blocks: [coverOf(['acme:phone'])] },
    codes: ['BLOCKED'],
  },
  {
    says: 'one category of no kind among two',
    ask: { categories: ['acme:name', 'acme:other'], basis: LAW_BASIS },
    codes: ['CATEGORY_NOT_FOR_SUBJECT_KIND', 'CATEGORY_NOT_ADMITTED'],
  },
  {
    says: 'one category outside the purpose among two',
    ask: { categories: ['acme:name', 'acme:iin'], basis: LAW_BASIS },
    codes: ['CATEGORY_NOT_ADMITTED'],
  },
  {
    says: 'a subject of a kind that the policy does not know',
    state: { registered: { operator: 'acme', subject: 's', kind: 'ghost' } },
    codes: ['CATEGORY_NOT_FOR_SUBJECT_KIND', 'CATEGORY_NOT_ADMITTED'],
  },
  {
    says: 'a subject that nobody registered',
    state: { registered: null },
    codes: ['CATEGORY_NOT_FOR_SUBJECT_KIND', 'CATEGORY_NOT_ADMITTED'],
  },
  {
    says: 'a destruction of what is blocked for another reason',
    ask: { kind: 'destroy', ground: 'KZ-18.2', facts: ['act'] },
    state: {
      blocks: [coverOf(undefined, 'withdrawal')],
      contracts: new Map([['k', { endedAt: AT }]]),
    },
    codes: ['BLOCKED'],
  },
  {
    says: 'a use of what is blocked for destruction',
    state: { blocks: [coverOf(undefined, 'destruction-ordered')] },
    codes: ['BLOCKED'],
  },
  {
    says: 'a use of what is blocked, under no purpose',
    ask: { purpose: undefined, basis: LAW_BASIS },
    state: { blocks: [coverOf(undefined)] },
    codes: ['PURPOSE_NOT_DECLARED', 'BLOCKED'],
  },
  {
    says: 'a read of what is blocked, for an ordinary purpose',
    ask: { kind: 'retrieve' },
    state: { blocks: [coverOf(undefined)] },
    codes: ['BLOCKED'],
  },
  {
    says: 'a source under no policy',
    ask: { kind: 'collect', dataSource: { kind: 'third-party' } },
    moment: { policy: null },
    codes: ['POLICY_NOT_ACTIVE'],
  },
  {
    says: 'a source that the policy forbids',
    ask: { kind: 'collect', dataSource: { kind: 'operator' }, facts: ['source-evidence'] },
    codes: ['SOURCE_NOT_PERMITTED'],
  },
  { says: 'storage in Kazakhstan', ask: { country: 'KZ' }, codes: [] },
  {
    says: 'an operation that names no basis',
    ask: { basis: undefined },
    codes: ['NO_LAWFUL_BASIS'],
  },
  { says: 'a time before the Law', moment: { regime: null }, codes: ['NO_LAWFUL_BASIS'] },
  {
    says: 'a basis whose text nobody read',
    ask: { basis: { code: 'KZ-9.9-5', cite: 'law:9' } },
    codes: ['NO_LAWFUL_BASIS'],
  },
  {
    says: 'article 9(5) with citation and proof',
    ask: { basis: { code: 'KZ-9.5', cite: 'law:9' }, facts: ['evidence'] },
    codes: [],
  },
  {
    says: 'article 9(1) on the request itself',
    ask: { basis: { code: 'KZ-9.1', cite: 'law:9' }, facts: ['evidence'] },
    codes: [],
  },
  {
    says: 'the consent that was named',
    ask: { basis: { code: 'KZ-CONSENT', ref: 'c1' } },
    codes: [],
  },
  {
    says: 'a consent for another purpose',
    state: consenting({ purpose: 'acme:law' }),
    codes: ['CONSENT_NOT_GIVEN'],
  },
  {
    says: 'a consent that only another purpose lost',
    state: {
      consents: [
        { ...consent, categories: new Set(['acme:phone']) },
        { ...consent, id: 'c2', purpose: 'acme:law', state: 'withdrawn' },
      ],
    },
    codes: ['CONSENT_NOT_GIVEN'],
  },
  {
    says: 'one category covered, one withdrawn',
    ask: { categories: ['acme:name', 'acme:phone'] },
    state: {
      consents: [
        { ...consent, id: 'c0', state: 'withdrawn' },
        { ...consent, categories: new Set(['acme:name']) },
      ],
    },
    codes: ['CONSENT_WITHDRAWN'],
  },
  {
    says: 'one category covered, of one the term ended',
    ask: { categories: ['acme:name', 'acme:phone'] },
    state: {
      consents: [
        { ...consent, categories: new Set(['acme:name']) },
        { ...consent, id: 'c2', categories: new Set(['acme:phone']), validUntil: AT },
      ],
    },
    codes: ['CONSENT_EXPIRED'],
  },
  {
    says: 'two categories lost in two ways',
    ask: { categories: ['acme:name', 'acme:phone'] },
    state: {
      consents: [
        { ...consent, state: 'withdrawn', categories: new Set(['acme:name']) },
        { ...consent, id: 'c2', state: 'claimed', categories: new Set(['acme:phone']) },
      ],
    },
    codes: ['CONSENT_WITHDRAWN', 'CONSENT_UNPROVEN'],
  },
  {
    says: 'a consent that was withdrawn and claimed again',
    state: {
      consents: [
        { ...consent, state: 'withdrawn' },
        { ...consent, id: 'c2', state: 'claimed' },
      ],
    },
    codes: ['CONSENT_UNPROVEN'],
  },
  {
    says: 'an unbound recipient under no policy',
    ask: { kind: 'provide' },
    moment: { policy: null },
    recipient: { ...bank, bound: false },
    codes: ['POLICY_NOT_ACTIVE', 'RECIPIENT_NOT_BOUND'],
  },
  {
    says: 'a provision on article 9(1) with its request',
    ask: { kind: 'provide', basis: { code: 'KZ-9.1', cite: 'law:9' }, facts: ['grounds'] },
    recipient: bank,
    codes: [],
  },
  {
    says: 'a provision to a recipient at home that goes abroad',
    ask: { kind: 'provide', country: 'DE' },
    recipient: bank,
    state: consenting({ crossBorder: false }),
    codes: ['CROSS_BORDER_NOT_PERMITTED'],
  },
  {
    says: 'a recipient abroad under a policy that forbids it',
    ...TRANSFER,
    recipient: { ...bank, country: 'DE' },
    moment: {
      policy: indexPolicy({ ...ACME, crossBorder: { permitted: false, clause: '6' } }, ''),
    },
    codes: ['CROSS_BORDER_NOT_PERMITTED'],
  },
  {
    says: 'a recipient abroad under no policy',
    ...TRANSFER,
    recipient: { ...bank, country: 'DE' },
    moment: { policy: null },
    codes: ['POLICY_NOT_ACTIVE', 'CROSS_BORDER_NOT_PERMITTED'],
  },
  {
    says: 'a recipient abroad that only a law names',
    ask: { kind: 'provide', basis: LAW_BASIS },
    recipient: { ...bank, country: 'DE' },
    codes: ['CROSS_BORDER_NOT_PERMITTED'],
  },
  {
    says: 'a recipient abroad after the consent was withdrawn',
    ...TRANSFER,
    recipient: { ...bank, country: 'DE' },
    state: consenting({ state: 'withdrawn' }),
    codes: ['CONSENT_WITHDRAWN', 'CROSS_BORDER_NOT_PERMITTED'],
  },
  {
    says: 'a provision on the law alone',
    ask: { kind: 'provide', basis: LAW_BASIS },
    recipient: bank,
    codes: [],
  },
  {
    says: 'a provision after the consent was withdrawn',
    ...TRANSFER,
    state: consenting({ state: 'withdrawn' }),
    codes: ['CONSENT_WITHDRAWN'],
  },
  { says: 'a publication with such a consent', ask: { kind: 'disseminate' }, codes: [] },
  {
    says: 'a publication on the law alone',
    ask: { kind: 'disseminate', basis: LAW_BASIS },
    codes: [],
  },
  {
    says: 'a publication after the consent was withdrawn',
    ask: { kind: 'disseminate' },
    state: consenting({ state: 'withdrawn' }),
    codes: ['CONSENT_WITHDRAWN'],
  },
  { says: 'clarifying by a document', ask: { kind: 'clarify', facts: ['evidence'] }, codes: [] },
  {
    says: 'clarifying by an act',
    ask: { kind: 'clarify', facts: ['act'] },
    codes: ['EVIDENCE_MISSING'],
  },
  {
    says: 'depersonalising by a method',
    ask: { kind: 'depersonalise', facts: ['method'] },
    codes: [],
  },
  {
    says: 'depersonalising by an act on an ended contract',
    ask: { kind: 'depersonalise', facts: ['act'], ground: 'KZ-18.2' },
    state: { contracts: new Map([['k', { endedAt: AT }]]) },
    codes: ['EVIDENCE_MISSING'],
  },
  {
    says: 'clarifying by an act on an ended contract',
    ask: { kind: 'clarify', facts: ['act'], ground: 'KZ-18.2' },
    state: { contracts: new Map([['k', { endedAt: AT }]]) },
    codes: ['EVIDENCE_MISSING'],
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

  it.each(CHECKS)('answers otherwise without $code', (row) => {
    const lacking = judgeBy(CHECKS.filter((check) => check !== row));
    const answers = CASES.filter(({ codes }) => codes.includes(row.code)).map((one) => [
      lacking(
        { ...ask, ...one.ask },
        { ...state, ...one.state },
        [{ ...moment, ...one.moment }],
        one.recipient,
      ).codes,
      one.codes.filter((code) => code !== row.code),
    ]);
    expect(answers).not.toEqual([]);
    for (const [without, left] of answers) expect(without).toEqual(left);
  });

  it('says nothing where it is asked at no moment, or by no row', () => {
    const nothing = { codes: [], consent: null, basis: undefined };
    expect(judge(ask, state, [], undefined)).toEqual(nothing);
    expect(judgeBy([])(ask, state, [moment], undefined).codes).toEqual([]);
  });

  it('needs every moment to be lawful', () => {
    const later = { ...moment, at: AT + 5000 };
    expect(judge(ask, state, [moment, later], undefined).codes).toEqual(['CONSENT_EXPIRED']);
    expect(judge(ask, state, [moment], undefined).codes).toEqual([]);
  });

  it('picks the latest live consent that covers everything', () => {
    const consents = [consent, { ...consent, id: 'c2' }, { ...consent, id: 'c3', validUntil: AT }];
    const judgement = judge(ask, { ...state, consents }, [moment], undefined);
    expect([judgement.consent?.id, judgement.basis?.code]).toEqual(['c2', 'KZ-CONSENT']);
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
