import { describe, expect, it } from '@jest/globals';
import { checkIdentifier, normaliseIdentifier } from './identifier.js';
import { IDENTIFIER_FAULTS, IDENTIFIER_SCHEMES, type IdentifierScheme } from './scheme.js';

describe('normaliseIdentifier', () => {
  it.each<[IdentifierScheme, string, string]>([
    ['KZ-BIN', ' 2312 4000 0620 ', '231240000620'],
    ['RU-SNILS', '112-233-445 95', '11223344595'],
    ['EMAIL', ' Aigul@Example.KZ ', 'aigul@example.kz'],
    ['PHONE', '8 (700) 123-45-67', '+77001234567'],
    ['PHONE', '7 700 123 45 67', '+77001234567'],
    ['PHONE', '+7 700 123.45.67', '+77001234567'],
    ['PHONE', '0049 30 1234567', '+49301234567'],
    ['PASSPORT', 'n 1234 5678', 'N12345678'],
  ])('writes %s %s as %s', (scheme, value, normalised) => {
    expect(normaliseIdentifier(scheme, value)).toBe(normalised);
    expect(normaliseIdentifier(scheme, normalised)).toBe(normalised);
  });
});

describe('checkIdentifier', () => {
  it.each<[IdentifierScheme, string, string]>([
    ['KZ-BIN', '2312-4000-0620', 'ok'],
    ['KZ-IIN', '231240000620', 'KIND'],
    ['KZ-IIN', 'иин', 'SHAPE'],
    ['RU-INN', '7707083893', 'ok'],
    ['RU-INN', '231240000620', 'CHECK_DIGIT'],
    ['RU-SNILS', '112-233-445 95', 'ok'],
    ['PASSPORT', 'N12345678', 'ok'],
    ['PASSPORT', '4510 123456', 'ok'],
    ['PASSPORT', 'PASSPORT', 'SHAPE'],
    ['PASSPORT', 'N123', 'SHAPE'],
    ['PASSPORT', 'N1234567;', 'SHAPE'],
    ['EMAIL', 'a@b.kz', 'ok'],
    ['EMAIL', 'a@b', 'SHAPE'],
    ['EMAIL', 'a b@c.kz', 'SHAPE'],
    ['EMAIL', 'a@b..kz', 'SHAPE'],
    ['EMAIL', `${'a'.repeat(250)}@b.kz`, 'SHAPE'],
    ['PHONE', '87001234567', 'ok'],
    ['PHONE', '7001234567', 'SHAPE'],
    ['PHONE', '+0123456789', 'SHAPE'],
    ['PHONE', '+1234567890123456', 'SHAPE'],
  ])('says of %s %s: %s', (scheme, value, verdict) => {
    expect(checkIdentifier(scheme, value)).toBe(verdict);
  });

  it('refuses an empty value of every scheme with a fault that has words', () => {
    for (const scheme of IDENTIFIER_SCHEMES) {
      expect(checkIdentifier(scheme, '')).toBe('SHAPE');
    }
    expect(Object.values(IDENTIFIER_FAULTS).every((words) => !/\d/.test(words))).toBe(true);
  });
});
