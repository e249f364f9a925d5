import type { IdentifierFault } from './scheme.js';

const FIRST_WEIGHTS = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11];
const SECOND_WEIGHTS = [3, 4, 5, 6, 7, 8, 9, 10, 11, 1, 2];

/** Centuries by the seventh digit; 0 is given to some foreigners and leaves the century open. */
const CENTURIES: Readonly<Record<string, readonly number[]>> = {
  '0': [18, 19, 20],
  '1': [18],
  '2': [18],
  '3': [19],
  '4': [19],
  '5': [20],
  '6': [20],
};

/** Checks twelve digits as an ИИН/ЖСН of a person: birth date with its century, check digit (`law.md` §10; Digital Code art. 45(2)). */
export function checkIin(digits: string): 'ok' | IdentifierFault {
  if (!/^\d{12}$/.test(digits)) return 'SHAPE';
  if (/^.{4}[4-6]/.test(digits)) return 'KIND';
  const centuries = CENTURIES[digits.charAt(6)];
  if (centuries === undefined) return 'CENTURY';
  if (!centuries.some((century) => isDate(`${century}${digits.slice(0, 6)}`))) return 'DATE';
  return checkDigit(digits);
}

/**
 * Checks twelve digits as a БИН/БСН of an entity: month of registration, fifth digit 4 (resident), 5 (non-resident) or 6 (joint
 * enterprise of individuals), sixth 0 to 4 (head, branch, representation, farm), check digit (`law.md` §10).
 */
export function checkBin(digits: string): 'ok' | IdentifierFault {
  if (!/^\d{12}$/.test(digits)) return 'SHAPE';
  if (!/^.{4}[4-6][0-4]/.test(digits)) return 'KIND';
  if (!isDate(`20${digits.slice(0, 4)}01`)) return 'DATE';
  return checkDigit(digits);
}

/** Some implementations read a second 10 as 0; such a number is never issued. */
function checkDigit(digits: string): 'ok' | IdentifierFault {
  const first = weighted(digits, FIRST_WEIGHTS);
  const expected = first === 10 ? weighted(digits, SECOND_WEIGHTS) : first;
  if (expected === 10) return 'NEVER_ISSUED';
  return expected === Number(digits.charAt(11)) ? 'ok' : 'CHECK_DIGIT';
}

function weighted(digits: string, weights: readonly number[]): number {
  return weights.reduce((sum, weight, at) => sum + weight * Number(digits.charAt(at)), 0) % 11;
}

function isDate(yyyymmdd: string): boolean {
  const day = yyyymmdd.replace(/^(....)(..)(..)$/, '$1-$2-$3');
  const at = new Date(`${day}T00:00:00Z`);
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(day);
}
