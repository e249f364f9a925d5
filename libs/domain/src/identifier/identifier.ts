import { checkBin, checkIin } from './kz-number.js';
import { checkRuInn, checkSnils } from './ru-number.js';
import type { IdentifierFault, IdentifierScheme } from './scheme.js';

/** Longest address that SMTP carries (RFC 5321 §4.5.3.1.3 less the brackets). */
const EMAIL_MAX_LENGTH = 254;

const CHECKS: Readonly<Record<IdentifierScheme, (normalised: string) => 'ok' | IdentifierFault>> = {
  'KZ-IIN': checkIin,
  'KZ-BIN': checkBin,
  'RU-INN': checkRuInn,
  'RU-SNILS': checkSnils,
  PASSPORT: checkPassport,
  EMAIL: checkEmail,
  PHONE: checkPhone,
};

/** Says whether a value, once normalised, is well formed in its scheme; a fault is a code and never holds the value. */
export function checkIdentifier(scheme: IdentifierScheme, value: string): 'ok' | IdentifierFault {
  return CHECKS[scheme](normaliseIdentifier(scheme, value));
}

/**
 * The one spelling of an identifier under which it is looked up: numbers without separators, e-mail in lower case, phone as `+digits`
 * (a national 8 or a bare 7 of eleven digits is +7), passport in upper case without spaces. What is not well formed stays so.
 */
export function normaliseIdentifier(scheme: IdentifierScheme, value: string): string {
  switch (scheme) {
    case 'EMAIL':
      return value.trim().normalize('NFC').toLowerCase();
    case 'PHONE':
      return normalisePhone(value);
    case 'PASSPORT':
      return value.replace(/\s/g, '').normalize('NFC').toUpperCase();
    default:
      return value.replace(/[\s-]/g, '');
  }
}

function normalisePhone(value: string): string {
  const bare = value.replace(/[\s().-]/g, '');
  if (/^[78]\d{10}$/.test(bare)) return `+7${bare.slice(1)}`;
  return bare.replace(/^00/, '+');
}

/** Series of several states: letters of both scripts, digits, a hyphen; at least one digit. */
function checkPassport(value: string): 'ok' | IdentifierFault {
  return /^(?=.*\d)[A-ZА-ЯЁ\d-]{5,20}$/.test(value) ? 'ok' : 'SHAPE';
}

function checkEmail(value: string): 'ok' | IdentifierFault {
  if (value.length > EMAIL_MAX_LENGTH) return 'SHAPE';
  return /^[^\s@]+@[^\s@.]+(\.[^\s@.]+)+$/.test(value) ? 'ok' : 'SHAPE';
}

/** ITU-T E.164: at most fifteen digits, the country code never begins with 0. */
function checkPhone(value: string): 'ok' | IdentifierFault {
  return /^\+[1-9]\d{6,14}$/.test(value) ? 'ok' : 'SHAPE';
}
