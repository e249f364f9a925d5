import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { basisOf, indexLaw, regimeAt } from './regime.js';
import { LAW } from './rows/law-94-v.js';

const INDEX = indexLaw(LAW);

describe('regimeAt', () => {
  // Midnight of Almaty: UTC+6 until the end of February 2024, UTC+5 from March.
  it.each([
    ['2013-11-24T17:59:59.999Z', undefined],
    ['2013-11-24T18:00:00.000Z', '2013-11-25'],
    ['2015-12-31T17:59:59.999Z', '2013-11-25'],
    ['2015-12-31T18:00:00.000Z', '2016-01-01'],
    ['2020-06-30T17:59:59.999Z', '2016-01-01'],
    ['2020-06-30T18:00:00.000Z', '2020-07-01'],
    ['2022-02-28T17:59:59.999Z', '2020-07-01'],
    ['2022-02-28T18:00:00.000Z', '2022-03-01'],
    ['2024-02-10T17:59:59.999Z', '2022-03-01'],
    ['2024-02-10T18:00:00.000Z', '2024-02-11'],
    ['2024-06-30T18:59:59.999Z', '2024-02-11'],
    ['2024-06-30T19:00:00.000Z', '2024-07-01'],
    ['2026-01-17T18:59:59.999Z', '2024-07-01'],
    ['2026-01-17T19:00:00.000Z', '2026-01-18'],
    ['2026-07-11T18:59:59.999Z', '2026-01-18'],
    ['2026-07-11T19:00:00.000Z', '2026-07-12'],
    ['2026-08-24T18:59:59.999Z', '2026-07-12'],
    ['2026-08-24T19:00:00.000Z', '2026-08-25'],
    ['2026-11-21T00:00:00.000Z', '2026-08-25'],
  ])('finds at %s the regime %s', (at, id) => {
    expect(regimeAt(INDEX, new Date(at))?.id).toBe(id);
  });

  it('never goes back when time goes on', () => {
    const instant = fc.date({
      min: new Date('2013-11-26T00:00:00Z'),
      max: new Date('2030-01-01T00:00:00Z'),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(instant, instant, (a, b) => {
        const [early, late] = a <= b ? [a, b] : [b, a];
        return String(regimeAt(INDEX, early)?.id) <= String(regimeAt(INDEX, late)?.id);
      }),
    );
  });

  it('applies none of the changes that nobody read', () => {
    const ids = INDEX.regimes.map(({ regime }) => regime.id);
    expect(LAW.unread.map(({ from }) => from)).toEqual(['2026-09-14', '2026-10-02']);
    expect(ids).not.toContain('2026-09-14');
    expect(ids).not.toContain('2026-10-02');
  });

  it('answers with the same regime object every time', () => {
    const at = new Date('2026-02-01T00:00:00Z');
    expect(regimeAt(INDEX, at)).toBe(regimeAt(INDEX, at));
  });

  it('puts the regimes of an unordered law in order', () => {
    const shuffled = indexLaw({ ...LAW, regimes: [...LAW.regimes].reverse() });
    expect(shuffled.regimes).toEqual(INDEX.regimes);
  });
});

describe('basisOf', () => {
  it('finds a basis of the Law and none of a policy', () => {
    const regime = at('2026-11-21');
    expect(basisOf(regime, 'KZ-CONSENT')?.clause).toBe('7(1)');
    for (const label of ['POL-CONTRACT', 'POL-CHARTER', 'POL-LAW', 'KZ-9.11', '']) {
      expect(basisOf(regime, label)).toBeUndefined();
    }
  });

  it('knows the basis of Law 256-VIII from its day on, disabled', () => {
    expect(basisOf(at('2026-07-11'), 'KZ-9.9-5')).toBeUndefined();
    expect(basisOf(at('2026-07-12'), 'KZ-9.9-5')?.disabled).toBe(true);
  });
});

describe('duties in time', () => {
  it.each([
    ['2020-06-30', 'D-INFORM', undefined, undefined],
    ['2020-12-22', 'D-INFORM', '25(2)(6)', 3],
    ['2022-02-28', 'D-INFORM', '25(2)(6)', 3],
    ['2022-03-01', 'D-INFORM', 'rules-395:16', 3],
    ['2026-01-17', 'D-WITHDRAWAL', '24(1)(5)', null],
    ['2026-01-18', 'D-WITHDRAWAL', '8(7)', 15],
    ['2024-06-30', 'D-BREACH-AUTHORITY', undefined, undefined],
    ['2024-07-01', 'D-BREACH-AUTHORITY', '25(2)(8)', 1],
    ['2026-01-17', 'D-OBJECTION', undefined, undefined],
    ['2026-01-18', 'D-OBJECTION', '19-1(3)', 3],
    ['2026-07-11', 'D-LEAK', undefined, undefined],
    ['2026-07-12', 'D-LEAK', 'dc:17(7)', null],
    ['2026-08-24', 'D-PROCESSING-NOTICE', undefined, undefined],
    ['2026-08-25', 'D-PROCESSING-NOTICE', '10-1', null],
  ])('on %s %s stands in %s with %s working days', (day, code, clause, workingDays) => {
    const duty = at(day).duties.find((row) => row.code === code);
    expect(duty?.clause).toBe(clause);
    expect(duty?.workingDays).toBe(workingDays);
  });
});

/** The law at noon of a day in Almaty. */
function at(day: string): NonNullable<ReturnType<typeof regimeAt>> {
  const regime = regimeAt(INDEX, new Date(`${day}T07:00:00Z`));
  if (regime === undefined) throw new Error(`no regime on ${day}`);
  return regime;
}
