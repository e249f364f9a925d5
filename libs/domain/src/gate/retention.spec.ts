import { describe, expect, it } from '@jest/globals';
import { indexPolicy } from '../policy/policy-index.js';
import { initialState } from '../subject/subject-state.js';
import { ACME } from '../testing/acme.js';
import { addTerm, isOverWhenAchieved, relationsEnded, retentionEnded } from './retention.js';

const at = (day: string): number => Date.parse(`${day}T09:00:00Z`);
const rules = (...of: readonly (readonly [anchor: string, term: string])[]) =>
  indexPolicy({ ...ACME, retention: of.map(([anchor, term]) => ({ anchor, term })) } as never, '');
const moment = (policy: ReturnType<typeof rules> | null, day: string) => ({
  at: at(day),
  policy,
  regime: null,
  regimeHash: null,
});
const achieved = { ...initialState, achieved: new Map([['acme:sell', at('2026-03-12')]]) };

describe('a term', () => {
  it.each([
    ['P1Y', '2025-02-28'],
    ['P12Y', '2036-02-28'],
    ['P0D', '2024-02-28'],
    ['P2D', '2024-03-01'],
    ['P30D', '2024-03-29'],
  ])('of %s ends on %s', (term, day) => {
    expect(addTerm(at('2024-02-28'), term)).toBe(at(day));
  });

  it.each(['', 'P1M', 'xP1D', 'P1Dx'])('that is none (%s) adds nothing', (term) => {
    expect(addTerm(0, term)).toBe(0);
  });
});

describe('the end of relations', () => {
  it.each([
    ['none', [], null],
    ['the last', [3, 7, 5], 7],
    ['of one that runs', [3, null], null],
    ['before 1970', [-7, -9], -7],
  ])('is that of %s', (_what, ends, end) => {
    const contracts = new Map(ends.map((endedAt, key) => [String(key), { endedAt }]));
    expect(relationsEnded({ ...initialState, contracts })).toBe(end);
  });
});

describe('retention', () => {
  it('ends by the first rule whose term is over', () => {
    const policy = rules(['contract-ended', 'P1Y'], ['purpose-achieved', 'P2D']);
    expect(retentionEnded(achieved, 'acme:sell', moment(policy, '2026-03-13'))).toBe(false);
    expect(retentionEnded(achieved, 'acme:sell', moment(policy, '2026-03-14'))).toBe(true);
    expect(retentionEnded(achieved, 'acme:law', moment(policy, '2026-03-14'))).toBe(false);
  });

  it('ends by no rule that waits for a consent to end, and under no policy', () => {
    const waits = moment(rules(['consent-ended', 'P0D']), '2030-01-01');
    expect(retentionEnded(achieved, 'acme:sell', waits)).toBe(false);
    expect(retentionEnded(achieved, 'acme:sell', moment(null, '2030-01-01'))).toBe(false);
  });

  it('is over for an achieved purpose when its own term is, whatever contracts do', () => {
    const policy = rules(['contract-ended', 'P0D'], ['purpose-achieved', 'P2D']);
    expect(isOverWhenAchieved(policy, at('2026-03-12'), at('2026-03-13'))).toBe(false);
    expect(isOverWhenAchieved(policy, at('2026-03-12'), at('2026-03-14'))).toBe(true);
    expect(isOverWhenAchieved(null, 0, at('2026-03-14'))).toBe(false);
  });
});
