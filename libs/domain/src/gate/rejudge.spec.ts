import { describe, expect, it } from '@jest/globals';
import type { LedgerEvent } from '../event/ledger-event.js';
import { coverOf, type Consent, type SubjectState } from '../subject/subject-state.js';
import { RECIPIENTS, consentOf, momentAt, personWith } from '../testing/acme.js';
import type { RefusalCode } from './refusal-codes.js';
import { rejudge } from './rejudge.js';

const BEFORE = '2026-02-28T12:00:00Z';
const THEN = '2026-03-12T09:00:00Z';
const consent = consentOf();
const state = personWith(consent);
const common = { mode: 'enforce', facts: [], occurredAt: THEN };
const use = {
  ...common,
  operation: 'use',
  purpose: 'acme:sell',
  basis: { code: 'KZ-CONSENT' },
  categories: ['acme:name'],
};
const refused = { ...common, operation: null };

function again(
  type: string,
  data: object,
  before: Partial<SubjectState> = {},
  more: { readonly recipient?: (typeof RECIPIENTS)[number]; readonly actorRole?: string } = {},
): readonly RefusalCode[] | undefined {
  const metadata = {
    recordedAt: '2026-03-12T09:00:00.000Z',
    actorRole: more.actorRole ?? 'emitter',
  };
  const event = { type, data, metadata } as unknown as LedgerEvent;
  return rejudge(event, { ...state, ...before }, { momentAt, recipient: more.recipient?.state })
    ?.judgement.codes;
}

interface Case {
  readonly says: string;
  readonly type: string;
  readonly data: object;
  readonly before?: Partial<SubjectState>;
  readonly codes: readonly RefusalCode[] | undefined;
}

const DESTROYED = { destroyed: 'all' } as const;
const statement = (type: string): Case => ({
  says: `${type} as a statement`,
  type,
  data: { ...common, purpose: 'acme:gone', categories: ['acme:name'] },
  codes: ['PURPOSE_NOT_DECLARED'],
});
const command = (name: string, codes: readonly RefusalCode[]): Case => ({
  says: `a refused ${name}`,
  type: 'OperationRefused',
  data: { ...refused, command: name, purpose: 'acme:gone' },
  before: DESTROYED,
  codes,
});
const IN_ALL: readonly RefusalCode[] = ['DESTROYED', 'PURPOSE_NOT_DECLARED'];

const CASES: readonly Case[] = [
  { says: 'a lawful use', type: 'DataUsed', data: use, codes: [] },
  {
    says: 'a use of what was blocked',
    type: 'DataUsed',
    data: use,
    before: { blocks: [coverOf(undefined)] },
    codes: ['BLOCKED'],
  },
  {
    says: 'an enforced use before the policy was in force',
    type: 'DataUsed',
    data: { ...use, occurredAt: BEFORE },
    codes: ['POLICY_NOT_ACTIVE'],
  },
  {
    says: 'a use recorded when the next version knows its purpose no more',
    type: 'DataUsed',
    data: { ...use, occurredAt: '2026-04-12T09:00:00Z' },
    codes: ['PURPOSE_NOT_DECLARED'],
  },
  {
    says: 'a reported use before the policy was in force',
    type: 'OperationRefused',
    data: { ...use, mode: 'record', occurredAt: BEFORE, command: 'operate' },
    codes: ['POLICY_NOT_ACTIVE'],
  },
  {
    says: 'a refused use',
    type: 'OperationRefused',
    data: { ...use, command: 'operate', country: 'DE', basis: undefined },
    codes: ['STORAGE_OUTSIDE_KZ', 'NO_LAWFUL_BASIS'],
  },
  {
    says: 'an operation nobody knew',
    type: 'OperationRefused',
    data: { ...refused, command: 'operate' },
    codes: ['UNKNOWN_OPERATION'],
  },
  {
    says: 'a collection from a forbidden source',
    type: 'OperationRefused',
    data: { ...use, operation: 'collect', command: 'operate', dataSource: { kind: 'operator' } },
    codes: ['SOURCE_NOT_PERMITTED'],
  },
  {
    says: 'a destruction on a ground that was not shown',
    type: 'OperationRefused',
    data: {
      ...common,
      operation: 'destroy',
      ground: 'KZ-18.1',
      facts: ['act'],
      command: 'operate',
    },
    codes: ['EVIDENCE_MISSING'],
  },
  {
    says: 'an order of destruction',
    type: 'DestructionOrdered',
    data: { ...common, operation: 'destroy', ground: 'KZ-18.1', facts: ['act'] },
    before: { achieved: new Map([['acme:sell', 0]]) },
    codes: [],
  },
  {
    says: 'an order of destruction whose ground is gone',
    type: 'DestructionOrdered',
    data: { ...common, operation: 'destroy', strength: 'pseudonymous', facts: ['act'] },
    codes: ['EVIDENCE_MISSING'],
  },
  {
    says: 'an order that names a strength, as a caller may',
    type: 'DestructionOrdered',
    data: { ...common, operation: 'destroy', strength: 'anonymous', facts: ['act'] },
    codes: ['EVIDENCE_MISSING'],
  },
  {
    says: 'the anonymisation itself',
    type: 'DataDepersonalised',
    data: { ...use, operation: 'depersonalise', strength: 'anonymous' },
    codes: ['EVIDENCE_MISSING'],
  },
  statement('ConsentRequested'),
  statement('ConsentGiven'),
  statement('ConsentRefused'),
  statement('ConsentClaimed'),
  statement('PurposeAchieved'),
  statement('ContractStarted'),
  statement('ContractEnded'),
  {
    says: 'a withdrawal of nothing',
    type: 'ConsentWithdrawn',
    data: { ...common, consents: [] },
    codes: ['CONSENT_NOT_GIVEN'],
  },
  {
    says: 'a withdrawal',
    type: 'ConsentWithdrawn',
    data: { ...common, consents: ['c1'] },
    codes: [],
  },
  { says: 'a hold', type: 'HoldPlaced', data: common, before: DESTROYED, codes: ['DESTROYED'] },
  { says: 'its end', type: 'HoldReleased', data: common, before: DESTROYED, codes: ['DESTROYED'] },
  command('register-subject', ['DESTROYED']),
  command('note-hold', ['DESTROYED']),
  command('withdraw-consent', ['DESTROYED', 'CONSENT_NOT_GIVEN']),
  command('record-consent', IN_ALL),
  command('note-contract', IN_ALL),
  command('achieve-purpose', IN_ALL),
  { says: 'what the gate is not asked', type: 'RequestReceived', data: common, codes: undefined },
  {
    says: 'a refusal of what the gate is not asked',
    type: 'OperationRefused',
    data: { ...refused, command: 'activate-policy' },
    codes: undefined,
  },
  {
    says: 'an event without facts',
    type: 'DataUsed',
    data: { ...use, facts: undefined },
    codes: undefined,
  },
  {
    says: 'an event without a mode',
    type: 'DataUsed',
    data: { ...use, mode: undefined },
    codes: undefined,
  },
  {
    says: 'an event without a time',
    type: 'DataUsed',
    data: Object.fromEntries(Object.entries(use).filter(([name]) => name !== 'occurredAt')),
    codes: undefined,
  },
];

const READ = { ...common, operation: 'retrieve', purpose: 'acme:sell', sources: {} };

describe('judging again', () => {
  it.each(CASES)('$says: $codes', ({ type, data, before, codes }) => {
    expect(again(type, data, before)).toEqual(codes);
  });

  it.each([
    ['an enforced use', 'enforce', ['PURPOSE_NOT_DECLARED']],
    ['a reported use', 'record', []],
  ])('asks %s at the moments of its mode', (_what, mode, codes) => {
    // Recorded when the next version of the policy knows the purpose no more.
    const metadata = { recordedAt: '2026-04-12T09:00:00.000Z', actorRole: 'emitter' };
    const event = { type: 'DataUsed', data: { ...use, mode }, metadata } as unknown as LedgerEvent;
    const told = rejudge(event, state, { momentAt, recipient: undefined });
    expect(told?.judgement.codes).toEqual(codes);
  });

  /** One consent ends between both moments, another one has no end and was noted before. */
  const DAY = '2026-03-12';
  const EXPIRED = ['CONSENT_EXPIRED'] as const;
  const UNPROVEN = ['CONSENT_UNPROVEN'] as const;
  const ends = { ...consent, id: 'c2', validUntil: Date.parse(`${DAY}T08:30:00Z`) };
  const claimed = { ...consent, id: 'c3', state: 'claimed', purpose: 'acme:sell' } as const;
  const picked = {
    ...use,
    occurredAt: `${DAY}T08:00:00Z`,
    basis: { code: 'KZ-CONSENT', ref: 'c2' },
  };
  it.each<readonly [string, readonly RefusalCode[], readonly Consent[], readonly RefusalCode[]]>([
    ['lawful by one consent then and another now', [], [consent, ends], []],
    ['refused, as its command named that consent', EXPIRED, [consent, ends], EXPIRED],
    ['refused by what was claimed since', UNPROVEN, [ends, claimed], UNPROVEN],
    ['called lawful without a consent now', [], [ends], EXPIRED],
  ])('finds a use on a picked or named consent %s', (...[, said, consents, codes]) => {
    const isLawful = said.length === 0;
    const data = isLawful ? picked : { ...picked, command: 'operate', codes: said };
    expect(again(isLawful ? 'DataUsed' : 'OperationRefused', data, { consents })).toEqual(codes);
  });

  it('asks by the recipient and the role that the event names', () => {
    const provided = { ...use, operation: 'provide' };
    expect(again('DataProvided', provided)).toEqual(['RECIPIENT_UNKNOWN']);
    expect(again('DataProvided', provided, {}, { recipient: RECIPIENTS[0] })).toEqual([]);
    expect(again('DataProvided', provided, {}, { recipient: RECIPIENTS[2] })).toEqual([
      'RECIPIENT_NOT_BOUND',
    ]);
    const demanded = { ...common, operation: 'destroy', ground: 'KZ-24.1.4', facts: ['act'] };
    const before = { requests: new Set(['destruction']) };
    expect(again('DestructionOrdered', demanded, before)).toEqual(['EVIDENCE_MISSING']);
    expect(again('DestructionOrdered', demanded, before, { actorRole: 'officer' })).toEqual([]);
  });

  it.each([
    ['released', { ...READ, categories: ['acme:name'] }, {}, []],
    ['withheld', { ...READ, categories: ['acme:phone'] }, {}, ['CONSENT_NOT_GIVEN']],
    [
      'partly released',
      { ...READ, categories: ['acme:name', 'acme:phone'] },
      {},
      ['CONSENT_NOT_GIVEN'],
    ],
    [
      'of an unknown purpose',
      { ...READ, purpose: null, categories: ['acme:name'] },
      {},
      ['PURPOSE_NOT_DECLARED', 'CONSENT_NOT_GIVEN'],
    ],
    [
      'under no purpose',
      { ...READ, purpose: undefined, categories: ['acme:name'] },
      {},
      ['PURPOSE_NOT_DECLARED', 'CONSENT_NOT_GIVEN'],
    ],
    ['of nothing', { ...READ, categories: [] }, {}, ['DELETED']],
    ['of no categories', READ, {}, ['DELETED']],
    [
      'of what nobody knows',
      { ...READ, categories: [], facts: ['unknown-category'] },
      {},
      ['CATEGORY_NOT_FOR_SUBJECT_KIND'],
    ],
    [
      'that released what was known',
      { ...READ, categories: ['acme:name'], facts: ['unknown-category'] },
      {},
      [],
    ],
    ['of a destroyed subject', { ...READ, categories: ['acme:name'] }, DESTROYED, ['DESTROYED']],
    [
      'at the moment it was recorded',
      { ...READ, occurredAt: BEFORE, categories: ['acme:name'] },
      {},
      [],
    ],
  ] as const)('a read %s', (_what, data, before, codes) => {
    expect(again('DataRetrieved', data, before)).toEqual(codes);
  });
});
