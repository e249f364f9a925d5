import { DomainError } from '../domain-error.js';
import { almatyDayOf, startOfAlmatyDay } from './almaty-day.js';
import { CONFIRMED, HOLIDAYS, SWAPS } from './holidays.js';

const DAY_MS = 86_400_000;
const TURNED_BY_ACT = new Map(SWAPS.map(({ day, working }) => [day, working]));
const DAYS_OFF = daysOff();

/** When a term ends: the day in Asia/Almaty, and the instant at which that day is over. */
export interface DueDate {
  /** ISO day. */
  readonly dueDate: string;
  readonly legalDueAt: Date;
}

/**
 * The end of a term of working days (five-day week, at least 1) that begins on the day after its trigger in Asia/Almaty and runs to
 * 24:00 of its last day (Civil Code art. 173, 175, 176).
 * @throws {DomainError} CALENDAR_NOT_CONFIRMED when the term touches a day whose holidays are not known
 */
export function dueDate(trigger: Date, workingDays: number): DueDate {
  let day = almatyDayOf(trigger);
  for (let left = workingDays; left > 0;) {
    day = dayAfter(day);
    if (isWorkingDay(day)) left -= 1;
  }
  return { dueDate: day, legalDueAt: new Date(startOfAlmatyDay(dayAfter(day))) };
}

/**
 * Whether people with a five-day week work on an ISO day in Kazakhstan.
 * @throws {DomainError} CALENDAR_NOT_CONFIRMED when the holidays of that day are not known
 */
export function isWorkingDay(day: string): boolean {
  if (day < CONFIRMED.from || day > CONFIRMED.through) {
    throw new DomainError(
      'CALENDAR_NOT_CONFIRMED',
      `the working days around ${day} are not confirmed: add the holidays of that year`,
    );
  }
  return TURNED_BY_ACT.get(day) ?? !(isWeekend(day) || DAYS_OFF.has(day));
}

/** Law 267-II art. 5: a holiday on a weekend gives the next working day off; several in a row take one day each. */
function daysOff(): ReadonlySet<string> {
  const off = new Set(HOLIDAYS.map(({ day }) => day));
  for (const { day, moves } of HOLIDAYS) {
    if (moves && isWeekend(day)) off.add(nextFree(day, off));
  }
  return off;
}

function nextFree(day: string, off: ReadonlySet<string>): string {
  let next = dayAfter(day);
  while (isWeekend(next) || off.has(next)) next = dayAfter(next);
  return next;
}

function isWeekend(day: string): boolean {
  return [0, 6].includes(new Date(`${day}T00:00:00Z`).getUTCDay());
}

function dayAfter(day: string): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + DAY_MS).toISOString().slice(0, 10);
}
