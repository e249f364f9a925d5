import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { checkBin, checkIin } from './kz-number.js';

const FIRST = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11];
const SECOND = [3, 4, 5, 6, 7, 8, 9, 10, 11, 1, 2];

describe('БИН', () => {
  it('accepts the published number of a resident head office and refuses its neighbour', () => {
    expect(checkBin('231240000620')).toBe('ok');
    expect(checkBin('231240000621')).toBe('CHECK_DIGIT');
  });

  it.each([
    ['23124000062', 'SHAPE'],
    ['23124000062o', 'SHAPE'],
    ['231230000620', 'KIND'],
    ['231250000620', 'CHECK_DIGIT'],
    ['231245000620', 'KIND'],
    ['231340000620', 'DATE'],
    ['230040000620', 'DATE'],
  ])('says of %s: %s', (digits, fault) => {
    expect(checkBin(digits)).toBe(fault);
  });

  it('is never taken for an ИИН, nor an ИИН for it', () => {
    expect(checkIin('231240000620')).toBe('KIND');
    fc.assert(fc.property(iins(), (digits) => checkBin(digits) === 'KIND'));
  });
});

describe('ИИН', () => {
  it('accepts every number made by the rule', () => {
    fc.assert(fc.property(iins(), (digits) => checkIin(digits) === 'ok'));
  });

  it.each([
    ['18 for 1 and 2', '000229', '1', 'DATE'],
    ['19 for 3 and 4', '000229', '3', 'DATE'],
    ['20 for 5 and 6', '000229', '5', 'ok'],
    ['any for the 0 of a foreigner', '000229', '0', 'ok'],
    ['none for 7', '000228', '7', 'CENTURY'],
    ['none for 9', '000228', '9', 'CENTURY'],
  ])('reads the century %s', (_reading, birth, century, verdict) => {
    expect(checkIin(complete(birth + century, '0001'))).toBe(verdict);
  });

  it.each([
    ['990230', 'DATE'],
    ['991301', 'DATE'],
    ['990100', 'DATE'],
    ['990132', 'DATE'],
  ])('refuses the birth date %s', (birth, fault) => {
    expect(checkIin(complete(`${birth}3`, '0001'))).toBe(fault);
  });

  it('refuses a number whose check is 10 twice, whatever its last digit', () => {
    const stem = firstStem((s) => rest(s, FIRST) === 10 && rest(s, SECOND) === 10);
    for (let last = 0; last <= 9; last += 1)
      expect(checkIin(`${stem}${last}`)).toBe('NEVER_ISSUED');
  });

  it('takes the second weights when the first check is 10', () => {
    const stem = firstStem((s) => rest(s, FIRST) === 10 && rest(s, SECOND) < 10);
    expect(checkIin(`${stem}${rest(stem, SECOND)}`)).toBe('ok');
    expect(checkIin(`${stem}${(rest(stem, SECOND) + 1) % 10}`)).toBe('CHECK_DIGIT');
  });

  it('catches a wrong check digit always', () => {
    fc.assert(
      fc.property(iins(), fc.integer({ min: 1, max: 9 }), (digits, shift) => {
        const last = (Number(digits.charAt(11)) + shift) % 10;
        return checkIin(digits.slice(0, 11) + String(last)) === 'CHECK_DIGIT';
      }),
    );
  });

  // The weight 11 is 0 modulo 11, and a change may move a number to the other row of weights: the rule itself is blind there.
  it('catches a changed digit except where a weight of 11 or a change of weights hides it', () => {
    const change = fc.record({
      digits: iins(),
      at: fc.integer({ min: 0, max: 10 }),
      shift: fc.integer({ min: 1, max: 9 }),
    });
    fc.assert(
      fc.property(change, ({ digits, at, shift }) => {
        const digit = (Number(digits.charAt(at)) + shift) % 10;
        const changed = digits.slice(0, at) + String(digit) + digits.slice(at + 1);
        const hidden = usesSecond(digits) ? 8 : 10;
        const blind = at === hidden || usesSecond(digits) !== usesSecond(changed);
        return checkIin(changed) !== 'ok' || blind;
      }),
      { numRuns: 2000 },
    );
  });
});

function iins(): fc.Arbitrary<string> {
  const born = fc.date({
    min: new Date('1900-01-01T00:00:00Z'),
    max: new Date('2026-12-31T00:00:00Z'),
    noInvalidDate: true,
  });
  return fc
    .tuple(born, fc.boolean(), fc.integer({ min: 0, max: 9999 }))
    .map(([date, second, serial]) => {
      const day = date.toISOString().slice(0, 10);
      const century = (day.startsWith('19') ? 3 : 5) + Number(second);
      const stem = day.slice(2).replaceAll('-', '') + String(century);
      return complete(stem, String(serial).padStart(4, '0'));
    })
    .filter((digits) => digits.length === 12);
}

/** Appends the check digit; twelve characters unless the number is never issued. */
function complete(stem: string, serial: string): string {
  const digits = stem + serial;
  const check = usesSecond(digits) ? rest(digits, SECOND) : rest(digits, FIRST);
  return digits + String(check);
}

function usesSecond(digits: string): boolean {
  return rest(digits, FIRST) === 10;
}

function rest(digits: string, weights: readonly number[]): number {
  let sum = 0;
  weights.forEach((weight, at) => (sum += weight * Number(digits.charAt(at))));
  return sum % 11;
}

function firstStem(holds: (stem: string) => boolean): string {
  for (let serial = 0; serial <= 9999; serial += 1) {
    const stem = `9001013${String(serial).padStart(4, '0')}`;
    if (holds(stem)) return stem;
  }
  throw new Error('no such number under this birth date');
}
