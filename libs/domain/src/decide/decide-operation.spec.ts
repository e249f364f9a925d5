import { describe, expect, it } from '@jest/globals';
import { CONSENT, collect, draftsAfter, operate, say } from '../testing/decision.js';
import { RECIPIENTS } from '../testing/acme.js';
import { idOf, type Step } from '../testing/history.js';
import type { Draft } from './context.js';

const consented = [say(CONSENT)];
const CONSENT_ID = idOf(1, 0);
const NAME = { 'acme:name': 'Aigerim' };
const enforced = { mode: 'enforce' } as const;
const typesOf = (drafts: readonly Draft[]): readonly string[] => drafts.map(({ type }) => type);
const isNothingKept = (drafts: readonly Draft[]): boolean =>
  drafts.every(({ seal = {}, file = {} }) => Object.keys({ ...seal, ...file }).length === 0);

describe('a lawful operation', () => {
  it('makes one event that names the consent it rests on, and hands the values over', () => {
    const [draft, ...more] = draftsAfter(consented, say(collect(NAME, { act: '7' })));
    expect(more).toEqual([]);
    expect(draft).toMatchObject({ type: 'DataCollected', seal: NAME, file: { 'pdl:act': '7' } });
    expect(draft?.data).toMatchObject({
      operation: 'collect',
      verdict: 'lawful',
      categories: ['acme:name'],
      basis: { code: 'KZ-CONSENT', ref: CONSENT_ID },
      facts: ['act'],
    });
    expect(JSON.stringify(draft?.data)).not.toContain('Aigerim');
    expect(draft?.data).toMatchObject({ code: undefined, codes: undefined, command: undefined });
  });

  it('with several recipients makes an event for each, in order; the first alone has the texts', () => {
    const give = operate('provide', { channel: 'courier' });
    const drafts = draftsAfter(consented, say(give, { recipients: [0, 3] }));
    expect(drafts.map(({ data }) => 'recipient' in data && data.recipient)).toEqual([
      RECIPIENTS[0].id,
      RECIPIENTS[3].id,
    ]);
    expect(drafts.map(({ seal }) => seal)).toEqual([{ 'pdl:channel': 'courier' }, {}]);
  });

  it('does not seal again what was destroyed', () => {
    const destroy = operate('destroy', { ground: 'KZ-18.1', act: '7', purpose: undefined });
    const past = [
      ...consented,
      say({ kind: 'achieve-purpose', purpose: 'acme:sell' }),
      say(destroy),
      say(CONSENT),
    ];
    const both = collect({ ...NAME, 'acme:phone': '77' });
    const [draft] = draftsAfter(past, say(both));
    expect(draft).toMatchObject({ type: 'DataCollected', data: { verdict: 'lawful' } });
    expect(draft?.data).toMatchObject({ categories: ['acme:name', 'acme:phone'] });
    expect(draft?.seal).toEqual({ 'acme:phone': '77' });
  });
});

describe('an operation that may not be', () => {
  it('on a consent that nobody gave, rests on no other one', () => {
    const basis = { code: 'KZ-CONSENT', ref: idOf(9, 9) };
    const [draft] = draftsAfter(consented, say(collect(NAME, { basis }), enforced));
    expect(draft).toMatchObject({
      type: 'OperationRefused',
      data: { code: 'CONSENT_NOT_GIVEN', basis: { code: 'KZ-CONSENT', ref: null } },
    });
  });

  it('asked before the act, is one refusal with every code, and nothing is kept', () => {
    const drafts = draftsAfter([], say(collect(NAME, { country: 'RU', act: '7' }), enforced));
    expect(typesOf(drafts)).toEqual(['OperationRefused']);
    expect(drafts[0]?.data).toMatchObject({
      command: 'operate',
      operation: 'collect',
      verdict: 'refused',
      code: 'STORAGE_OUTSIDE_KZ',
      codes: ['STORAGE_OUTSIDE_KZ', 'CONSENT_NOT_GIVEN'],
      basis: { code: 'KZ-CONSENT' },
    });
    expect(isNothingKept(drafts)).toBe(true);
  });

  it('reported after it, is history and a violation that names it, and nothing is kept', () => {
    const drafts = draftsAfter([], say(collect(NAME, { act: '7' })));
    expect(typesOf(drafts)).toEqual(['DataCollected', 'ViolationDetected']);
    const codes = ['CONSENT_NOT_GIVEN'];
    expect(drafts[0]?.data).toMatchObject({ verdict: 'violation', codes, code: undefined });
    expect(drafts[1]?.data).toMatchObject({ codes, operations: [idOf(1, 0)] });
    expect(isNothingKept(drafts)).toBe(true);
  });

  it('that nobody knows is refused in either mode, and does not say what it was', () => {
    for (const mode of ['record', 'enforce'] as const) {
      const drafts = draftsAfter(consented, say(operate('peddle'), { mode }));
      expect(typesOf(drafts)).toEqual(['OperationRefused']);
      expect(drafts[0]?.data).toMatchObject({ operation: null, code: 'UNKNOWN_OPERATION' });
    }
  });

  it.each([
    ['one nobody bound', 2, 'RECIPIENT_NOT_BOUND'],
    ['one nobody knows', 4, 'RECIPIENT_UNKNOWN'],
  ] as const)('to %s goes to none of its recipients', (_who, place, code) => {
    const give = say(operate('provide'), { recipients: [0, place, 3], ...enforced });
    const drafts = draftsAfter(consented, give);
    expect(typesOf(drafts)).toEqual(['OperationRefused']);
    const recipient = RECIPIENTS[place]?.id ?? null;
    expect(drafts[0]?.data).toMatchObject({ code, recipient });
  });
});

describe('a destruction', () => {
  const achieved = [...consented, say({ kind: 'achieve-purpose', purpose: 'acme:sell' })];
  const destroy = operate('destroy', { ground: 'KZ-18.1', act: '7', reason: 'over' });

  it('is an order of the next generation; what is said about it is filed, not sealed', () => {
    const [draft, ...more] = draftsAfter(achieved, say(destroy));
    expect(more).toEqual([]);
    expect(draft).toMatchObject({ type: 'DestructionOrdered', data: { generation: 1 } });
    expect(draft?.seal).toEqual({});
    expect(draft?.file).toEqual({ 'pdl:act': '7', 'pdl:reason': 'over' });
    const other = operate('destroy', { ground: 'KZ-18.1', act: '8', categories: ['acme:phone'] });
    const [second] = draftsAfter([...achieved, say(destroy)], say(other));
    expect(second?.data).toMatchObject({ generation: 2, ground: 'KZ-18.1' });
  });

  it('follows an anonymous depersonalisation, of the same categories, with nothing to keep', () => {
    const depersonalise = (strength: string): Step =>
      say(operate('depersonalise', { method: 'hash', strength }));
    const [made, ordered, ...more] = draftsAfter(consented, depersonalise('anonymous'));
    expect(more).toEqual([]);
    expect(made).toMatchObject({ type: 'DataDepersonalised', seal: { 'pdl:method': 'hash' } });
    expect(ordered?.type).toBe('DestructionOrdered');
    const { operation, categories } = { operation: 'destroy', categories: ['acme:name'] };
    expect(ordered?.data).toMatchObject({ operation, categories, generation: 1 });
    expect(isNothingKept(ordered === undefined ? [] : [ordered])).toBe(true);
    const pseudonymous = draftsAfter(consented, depersonalise('pseudonymous'));
    expect(typesOf(pseudonymous)).toEqual(['DataDepersonalised']);
  });
});

describe('a block', () => {
  const used = [...consented, say(operate('use')), say(operate('store'))];
  const block = { kind: 'operate', operation: 'block', reason: 'she asked' };

  it('told late is followed by a notice of what it would have stopped', () => {
    const drafts = draftsAfter(used, say(block, { lateHours: 60 }));
    expect(typesOf(drafts)).toEqual(['DataBlocked', 'ViolationDetected']);
    const codes = ['LATE_NOTICE'];
    expect(drafts[1]?.data).toMatchObject({ codes, operations: [idOf(2, 0)] });
    expect(typesOf(draftsAfter(used, say(block)))).toEqual(['DataBlocked']);
  });

  it('seals its reason, and says in clear only a reason of the closed list', () => {
    const clear = (reasonCode: string) => draftsAfter(used, say({ ...block, reasonCode }))[0];
    expect(clear('withdrawal')).toMatchObject({ seal: { 'pdl:reason': 'she asked' } });
    expect(clear('withdrawal')?.data).toMatchObject({ reasonCode: 'withdrawal' });
    expect(clear('her-own-words')?.data).toMatchObject({ reasonCode: undefined });
  });
});
