import { isCalendarDay } from '#ledger/intake';
import { invalidRequest } from '../problems/problem.js';

/** Fields that the pattern lets be a day that the calendar does not have. @throws {Problem} INVALID_REQUEST. */
export function assertTimes<T extends object>(query: T, names: readonly (keyof T & string)[]): T {
  for (const name of names) {
    const value: unknown = query[name];
    if (typeof value === 'string' && !/^\d+$/u.test(value) && !isCalendarDay(value)) {
      throw invalidRequest(name, 'is not a date of the calendar');
    }
  }
  return query;
}

/** A time or a position. */
export const MOMENT =
  /^(\d{1,18}|\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])T([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d{1,9})?(Z|[+-]([01]\d|2[0-3]):[0-5]\d))$/;
/** A position. */
export const POSITION = /^\d{1,18}$/;
