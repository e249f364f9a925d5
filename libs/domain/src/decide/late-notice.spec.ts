import { describe, expect, it } from '@jest/globals';
import { indexPolicy } from '../policy/policy-index.js';
import { evolve } from '../subject/evolve.js';
import { ACME } from '../testing/acme.js';
import { START_MS, contextOf, eventsOf, historyOf, idOf, type Step } from '../testing/history.js';
import { initialState } from '../subject/subject-state.js';
import { decide, type SubjectCommand } from './decide.js';
import { looksBack } from './late-notice.js';

const step = (command: object, lateHours = 0, waitHours = 24): Step => ({
  act: { kind: 'command', command: command as SubjectCommand, recipients: [] },
  mode: 'record',
  actorRole: 'officer',
  waitHours,
  lateHours,
});
const terms = {
  purpose: 'acme:sell',
  categories: ['acme:name', 'acme:phone'],
  thirdParties: false,
  crossBorder: false,
  publication: false,
  channel: 'WRITTEN',
  evidence: { kind: 'written' },
};
const given = step({ kind: 'record-consent', state: 'given', terms });
const operate = (operation: string, more: object = {}): Step =>
  step({
    kind: 'operate',
    operation,
    purpose: 'acme:sell',
    basis: { code: 'KZ-CONSENT' },
    categories: ['acme:name'],
    ...more,
  });
/** Used on the second day of its consent, stored on the third, and so on. */
const PAST = [
  given,
  operate('use'),
  operate('store'),
  operate('use', { categories: ['acme:phone'] }),
  operate('depersonalise', { method: 'hashing', strength: 'pseudonymous' }),
  operate('retrieve', { purpose: 'acme:law', basis: { code: 'KZ-9.10', cite: 'law-94-v:9(10)' } }),
];
const RECORDED = START_MS + (7 * 24 - 2) * 3_600_000;
const [, USE, STORE, PHONE, DEPERSONALISE] = PAST.map((_, at) => idOf(at + 1, 0));

function noticed(last: Step, ...between: readonly Step[]): readonly (readonly string[])[] {
  const steps = [...PAST, ...between, last];
  const told = historyOf(steps).filter((one) => one.step === steps.length);
  return told.flatMap(({ event: { type, data } }) =>
    type === 'ViolationDetected' && data.codes.includes('LATE_NOTICE') ? [data.operations] : [],
  );
}

const withdrawal = { kind: 'withdraw-consent', purpose: 'acme:sell' };
const end = { kind: 'achieve-purpose', purpose: 'acme:sell' };

describe('a late notice', () => {
  it.each([
    ['a withdrawal', withdrawal, [USE, STORE, PHONE, DEPERSONALISE]],
    ['a block of everything', { kind: 'operate', operation: 'block' }, [USE, PHONE, DEPERSONALISE]],
    [
      'a block of one category',
      { kind: 'operate', operation: 'block', categories: ['acme:phone'] },
      [PHONE],
    ],
    ['the end of a purpose', end, [USE, PHONE]],
  ])('of %s names what relied on the old state', (_what, command, operations) => {
    expect(noticed(step(command, 6 * 24 - 1))).toEqual([operations]);
  });

  it('names only what came after it', () => {
    expect(noticed(step(withdrawal, 3 * 24 + 1))).toEqual([[PHONE, DEPERSONALISE]]);
    expect(noticed(step(withdrawal))).toEqual([]);
    expect(noticed(step(end, 3 * 24))).toEqual([]);
  });

  it('is given of nothing that was not lawful itself', () => {
    const gone = { kind: 'achieve-purpose', purpose: 'acme:gone' };
    expect(noticed(step(gone, 6 * 24 - 1))).toEqual([]);
    const beforeThePolicy = 30 * 24;
    expect(noticed(step(end, beforeThePolicy))).toEqual([]);
    const approved: Step = { ...given, act: { kind: 'approve', ground: 'KZ-18.4' } };
    const destroyed = step({ kind: 'operate', operation: 'destroy', ground: 'KZ-18.4', act: '1' });
    for (const late of [end, withdrawal, { kind: 'operate', operation: 'block' }]) {
      expect(noticed(step(late, 7 * 24), approved, destroyed)).toEqual([]);
    }
  });

  it('is not decided without the operations that it could overturn', () => {
    const past = eventsOf(historyOf(PAST));
    const state = past.reduce(evolve, initialState);
    const late = step(withdrawal, 6 * 24 - 1);
    const decided = (known: typeof past): unknown =>
      decide(withdrawal as SubjectCommand, state, contextOf(late, 50, RECORDED, known));
    expect(looksBack(withdrawal as SubjectCommand, state, '2026-03-13T09:00:00Z')).toBe(true);
    expect(decided(past)).toHaveLength(3);
    expect(() => decided([])).toThrow(expect.objectContaining({ code: 'PAST_UNKNOWN' }));
  });

  it('leaves alone what the retention of the policy still allowed', () => {
    const retention = [
      { code: 'R', clause: '3', anchor: 'purpose-achieved', term: 'P3D' },
    ] as never;
    const policy = indexPolicy({ ...ACME, retention }, '');
    const past = eventsOf(historyOf(PAST));
    const context = contextOf(step(end, 6 * 24 - 1), 50, RECORDED, past);
    const state = past.reduce(evolve, initialState);
    const occurred = { ...context.occurred, policy };
    const drafts = decide(end as SubjectCommand, state, { ...context, occurred });
    expect(drafts.map(({ type, data }) => [type, 'operations' in data && data.operations])).toEqual(
      [
        ['PurposeAchieved', false],
        ['ViolationDetected', [PHONE]],
      ],
    );
  });
});
