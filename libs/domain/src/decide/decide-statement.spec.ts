import { describe, expect, it } from '@jest/globals';
import { CONSENT, draftsAfter, operate, say } from '../testing/decision.js';
import { idOf, type Step } from '../testing/history.js';
import type { Draft } from './context.js';

const { terms } = CONSENT;
const enforced = { mode: 'enforce' } as const;
const consented = [say(CONSENT)];
const consenting = (over: object, more: object = {}): Step =>
  say({ ...CONSENT, ...more, terms: { ...terms, ...over } });
const one = (drafts: readonly Draft[]): Draft => {
  expect(drafts).toHaveLength(1);
  return drafts[0] as Draft;
};
const typesOf = (drafts: readonly Draft[]): readonly string[] => drafts.map(({ type }) => type);

describe('a consent', () => {
  it.each([
    ['requested', 'ConsentRequested'],
    ['given', 'ConsentGiven'],
    ['refused', 'ConsentRefused'],
    ['claimed', 'ConsentClaimed'],
  ])('%s is one %s', (state, type) => {
    expect(one(draftsAfter([], consenting({}, { state }))).type).toBe(type);
  });

  it('by mere use is a claim, whoever calls it given', () => {
    const implied = { evidence: { kind: 'implied' } };
    expect(one(draftsAfter([], consenting(implied))).type).toBe('ConsentClaimed');
    const refused = consenting(implied, { state: 'refused' });
    expect(one(draftsAfter([], refused)).type).toBe('ConsentRefused');
  });

  it('says its terms in clear and seals what proves it', () => {
    const evidence = { kind: 'otp', textSha256: 'aa', language: 'kk' };
    const validUntil = '2027-01-01T02:00:00.750+05:00';
    const { data, seal } = one(draftsAfter([], consenting({ evidence, validUntil })));
    const { purpose, categories, channel, thirdParties, crossBorder, publication } = terms;
    const said = { purpose, categories, channel, thirdParties, crossBorder, publication };
    expect(data).toMatchObject({ ...said, evidenceKind: 'otp', language: 'kk' });
    expect(data).toMatchObject({ verdict: 'lawful', validUntil: '2026-12-31T21:00:00Z' });
    expect(seal).toEqual({ 'pdl:consent-text': 'aa' });
    expect(JSON.stringify(data)).not.toContain('aa"');
  });

  it('leaves out a language or a term that is none', () => {
    const evidence = { kind: 'otp', language: 'as Aigerim speaks' };
    const validUntil = '+010000-01-01T00:00:00Z';
    const { data } = one(draftsAfter([], consenting({ evidence, validUntil })));
    expect(data).toMatchObject({ language: undefined, validUntil: undefined });
    expect(one(draftsAfter([], consenting({}))).data).toMatchObject({ validUntil: undefined });
  });

  it('to codes that nobody knows names null and the known ones', () => {
    const categories = ['acme:name', 'acme:aigerim'];
    const next = { ...consenting({ categories, purpose: 'acme:nowhere' }), ...enforced };
    const { type, data } = one(draftsAfter([], next));
    expect(type).toBe('OperationRefused');
    const known = { purpose: null, categories: ['acme:name'], facts: ['unknown-category'] };
    expect(data).toMatchObject({ ...known, code: 'PURPOSE_NOT_DECLARED' });
    expect(JSON.stringify(data)).not.toMatch(/aigerim|nowhere/u);
  });
});

describe('a statement that may not be', () => {
  const late = consenting({ categories: ['acme:iin'], evidence: { kind: 'otp', sha256: 'aa' } });

  it('asked before it, is one refusal that names the command and every code', () => {
    const { type, data, seal, file } = one(draftsAfter([], { ...late, ...enforced }));
    expect(type).toBe('OperationRefused');
    const code = 'CATEGORY_NOT_ADMITTED';
    expect(data).toMatchObject({ command: 'record-consent', operation: null, code, codes: [code] });
    expect([seal, file]).toEqual([undefined, undefined]);
  });

  it('reported after it, is history that says why, and a violation that names it, and seals nothing', () => {
    const drafts = draftsAfter([], late);
    expect(typesOf(drafts)).toEqual(['ConsentGiven', 'ViolationDetected']);
    expect([drafts[0]?.seal, drafts[0]?.file]).toEqual([{}, {}]);
    const codes = ['CATEGORY_NOT_ADMITTED'];
    expect(drafts[0]?.data).toMatchObject({ verdict: 'violation', code: undefined, codes });
    expect(drafts[1]?.data).toMatchObject({ codes, operations: [idOf(1, 0)] });
  });
});

describe('a withdrawal', () => {
  const withdraw = (what: object): object => ({ kind: 'withdraw-consent', ...what });
  const ofPurpose = withdraw({ purpose: 'acme:sell' });
  const twice = [say(CONSENT), say(CONSENT)];

  it('of a purpose ends all its live consents; of one consent, that one; and says stop', () => {
    const drafts = draftsAfter(twice, say(ofPurpose));
    expect(typesOf(drafts)).toEqual(['ConsentWithdrawn', 'WithdrawalDecided']);
    const consents = [idOf(1, 0), idOf(2, 0)];
    expect(drafts[0]?.data).toMatchObject({ consents, purpose: 'acme:sell' });
    expect(drafts[1]?.data).toMatchObject({ outcome: 'stop', withdrawal: idOf(3, 0) });
    const [single] = draftsAfter(twice, say(withdraw({ consent: idOf(2, 0) })));
    expect(single?.data).toMatchObject({ consents: [idOf(2, 0)], purpose: undefined });
  });

  it.each<[string, readonly Step[], object]>([
    ['when none was given', [], ofPurpose],
    ['of another purpose', consented, withdraw({ purpose: 'acme:law' })],
    ['of a consent of nobody', consented, withdraw({ consent: idOf(9, 9) })],
    ['a second time', [...consented, say(ofPurpose)], ofPurpose],
    ['after its term', [consenting({ validUntil: '2026-03-13T10:00:00Z' })], ofPurpose],
  ])('%s is refused', (_when, past, command) => {
    const { type, data } = one(draftsAfter(past, say(command, enforced)));
    const code = 'CONSENT_NOT_GIVEN';
    expect([type, data]).toMatchObject(['OperationRefused', { code, consents: [] }]);
  });

  it('of nothing, reported, decides nothing', () => {
    const drafts = draftsAfter([], say(ofPurpose));
    expect(typesOf(drafts)).toEqual(['ConsentWithdrawn', 'ViolationDetected']);
  });

  it('told late ends with a notice of what relied on it', () => {
    const used = [...consented, say(operate('use'))];
    const drafts = draftsAfter(used, say(ofPurpose, { lateHours: 30 }));
    expect(typesOf(drafts)).toEqual(['ConsentWithdrawn', 'WithdrawalDecided', 'ViolationDetected']);
    const codes = ['LATE_NOTICE'];
    expect(drafts[2]?.data).toMatchObject({ codes, operations: [idOf(2, 0)] });
  });
});

it.each([
  ['started', 'ContractStarted'],
  ['ended', 'ContractEnded'],
])("a contract %s is known by the ledger's id; its reference is sealed", (change, type) => {
  const draft = one(draftsAfter([], say({ kind: 'note-contract', change, contract: 'N 5' })));
  expect(draft).toMatchObject({ type, data: { contract: idOf(99, 0), verdict: 'lawful' } });
  expect(draft.seal).toEqual({ 'pdl:contract': 'N 5' });
  expect(JSON.stringify(draft.data)).not.toContain('N 5');
});

it.each([
  ['placed', 'HoldPlaced'],
  ['released', 'HoldReleased'],
])('a hold %s says what it covers and seals why', (change, type) => {
  const hold = { kind: 'note-hold', change, reason: 'court' };
  const whole = one(draftsAfter([], say(hold)));
  expect(whole).toMatchObject({
    type,
    data: { categories: undefined },
    seal: { 'pdl:reason': 'court' },
  });
  const part = one(draftsAfter([], say({ ...hold, categories: ['acme:iin', 'acme:none'] })));
  expect(part.data).toMatchObject({ categories: ['acme:iin'] });
  const [none] = draftsAfter([], say({ ...hold, categories: ['acme:none'] }));
  expect(none?.data).toMatchObject({ codes: ['CATEGORY_NOT_FOR_SUBJECT_KIND'], categories: [] });
});

describe('the end of a purpose', () => {
  const end = { kind: 'achieve-purpose', purpose: 'acme:sell' };
  const used = [...consented, say(operate('use'))];

  it('told late is followed by a notice of what went on after it', () => {
    expect(typesOf(draftsAfter(used, say(end)))).toEqual(['PurposeAchieved']);
    const drafts = draftsAfter(used, say(end, { lateHours: 30 }));
    expect(typesOf(drafts)).toEqual(['PurposeAchieved', 'ViolationDetected']);
    expect(drafts[1]?.data).toMatchObject({ operations: [idOf(2, 0)] });
  });

  it('that nobody declared is null, and ends nothing', () => {
    const nowhere = { ...end, purpose: 'acme:nowhere' };
    const drafts = draftsAfter(used, say(nowhere, { lateHours: 30 }));
    expect(typesOf(drafts)).toEqual(['PurposeAchieved', 'ViolationDetected']);
    expect(drafts[0]?.data).toMatchObject({ purpose: null, verdict: 'violation' });
    expect(drafts[1]?.data).toMatchObject({ codes: ['PURPOSE_NOT_DECLARED'] });
  });

  it('of the destroyed, reported, ends nothing either', () => {
    const everything = { categories: undefined, ground: 'KZ-18.1', act: '7' };
    const destroyed = [...used, say(end), say(operate('destroy', everything))];
    const drafts = draftsAfter(destroyed, say(end, { lateHours: 100 }));
    expect(typesOf(drafts)).toEqual(['PurposeAchieved', 'ViolationDetected']);
    expect(drafts[1]?.data).toMatchObject({ codes: ['DESTROYED'] });
  });
});
