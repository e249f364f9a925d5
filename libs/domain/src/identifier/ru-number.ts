import type { IdentifierFault } from './scheme.js';

const ENTITY_WEIGHTS = [2, 4, 10, 3, 5, 9, 4, 6, 8];
const PERSON_WEIGHTS = [7, 2, 4, 10, 3, 5, 9, 4, 6, 8];
const PERSON_LAST_WEIGHTS = [3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8];
const SNILS_WEIGHTS = [9, 8, 7, 6, 5, 4, 3, 2, 1];

/** Numbers up to 001-001-998 were issued before the check digits existed. */
const LAST_UNCHECKED_SNILS = 1_001_998;

/**
 * Checks a Russian ИНН: ten digits (entity) or twelve (person), each with its own check digits. Twelve digits of a person look
 * like an ИИН and have another meaning: the two checks never stand in for one another.
 */
export function checkRuInn(digits: string): 'ok' | IdentifierFault {
  if (!/^(\d{10}|\d{12})$/.test(digits)) return 'SHAPE';
  if (/^0+$/.test(digits)) return 'NEVER_ISSUED';
  const rules = digits.length === 10 ? [ENTITY_WEIGHTS] : [PERSON_WEIGHTS, PERSON_LAST_WEIGHTS];
  return rules.every((weights) => innDigitMatches(digits, weights)) ? 'ok' : 'CHECK_DIGIT';
}

/** Checks eleven digits as a Russian СНИЛС: nine of the number, two of the check. */
export function checkSnils(digits: string): 'ok' | IdentifierFault {
  if (!/^\d{11}$/.test(digits)) return 'SHAPE';
  const number = Number(digits.slice(0, 9));
  if (number === 0) return 'NEVER_ISSUED';
  if (number <= LAST_UNCHECKED_SNILS) return 'ok';
  const expected = (weighted(digits, SNILS_WEIGHTS) % 101) % 100;
  return expected === Number(digits.slice(9)) ? 'ok' : 'CHECK_DIGIT';
}

/** The check digit stands right behind the digits that it weighs. */
function innDigitMatches(digits: string, weights: readonly number[]): boolean {
  return (weighted(digits, weights) % 11) % 10 === Number(digits.charAt(weights.length));
}

function weighted(digits: string, weights: readonly number[]): number {
  return weights.reduce((sum, weight, at) => sum + weight * Number(digits.charAt(at)), 0);
}
