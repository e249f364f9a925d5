import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { checkIin } from './kz-number.js';
import { checkRuInn, checkSnils } from './ru-number.js';

describe('Russian ИНН', () => {
  // 7707083893 is published by Sberbank; 500100732259 is the usual example of a person's number.
  it.each([
    ['7707083893', 'ok'],
    ['7707083894', 'CHECK_DIGIT'],
    ['7700000070', 'ok'], // a remainder of 10 is written 0
    ['500100732259', 'ok'],
    ['500100732258', 'CHECK_DIGIT'],
    ['500100732269', 'CHECK_DIGIT'],
    ['0000000000', 'NEVER_ISSUED'],
    ['000000000000', 'NEVER_ISSUED'],
    ['77070838930', 'SHAPE'],
    ['770708389x', 'SHAPE'],
  ])('says of %s: %s', (digits, verdict) => {
    expect(checkRuInn(digits)).toBe(verdict);
  });

  it('is not an ИИН although both have twelve digits', () => {
    expect(checkIin('500100732259')).not.toBe('ok');
    expect(checkIin('900101300017')).toBe('ok');
    expect(checkRuInn('900101300017')).not.toBe('ok');
  });
});

describe('СНИЛС', () => {
  // 112-233-445 95 is the usual example of a number.
  it.each([
    ['11223344595', 'ok'],
    ['11223344596', 'CHECK_DIGIT'],
    ['11223319900', 'ok'], // a remainder of 100 is written 00
    ['00100199800', 'ok'],
    ['00100199899', 'ok'],
    ['00000000000', 'NEVER_ISSUED'],
    ['1122334459', 'SHAPE'],
  ])('says of %s: %s', (digits, verdict) => {
    expect(checkSnils(digits)).toBe(verdict);
  });

  it('accepts every number made by the rule', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1_001_999, max: 999_999_999 }), (number) => {
        const digits = String(number).padStart(9, '0');
        const sum = [...digits].reduce((acc, digit, at) => acc + Number(digit) * (9 - at), 0);
        const check = sum % 101 === 100 ? 0 : sum % 101;
        return checkSnils(digits + String(check).padStart(2, '0')) === 'ok';
      }),
    );
  });

  it('catches every change of one digit of the number', () => {
    const change = fc.tuple(fc.integer({ min: 0, max: 8 }), fc.integer({ min: 1, max: 9 }));
    fc.assert(
      fc.property(change, ([at, shift]) => {
        const digits = '11223344595';
        const digit = (Number(digits.charAt(at)) + shift) % 10;
        return checkSnils(digits.slice(0, at) + String(digit) + digits.slice(at + 1)) !== 'ok';
      }),
    );
  });
});
