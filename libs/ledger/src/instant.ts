/** ISO 8601 with offset. */
export const INSTANT =
  /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])T([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d{1,9})?(Z|[+-]([01]\d|2[0-3]):[0-5]\d)$/;

/** A day that every month has, in a year that no offset leads out of. */
const ANY_MONTH =
  /^(?!0000|9999)\d{4}-(0[1-9]|1[0-2])-(0[1-9]|1\d|2[0-8])T([01]\d|2[0-3]):[0-5]\d:[0-5]\d/u;

/** Whether an instant that fits the pattern names a day that exists, in Greenwich too in a year of four digits. */
export function isCalendarDay(instant: string): boolean {
  if (ANY_MONTH.test(instant)) return true;
  const day = instant.slice(0, 10);
  const [begin, at] = [new Date(`${day}T00:00:00Z`), new Date(instant)];
  if (Number.isNaN(begin.getTime()) || Number.isNaN(at.getTime())) return false;
  return begin.toISOString().startsWith(day) && /^\d{4}-/u.test(at.toISOString());
}

/**
 * Milliseconds of an instant that names its zone, or of a date (00:00 UTC); NaN of everything else, also of what a Date
 * would make a guess at: a time without zone, a month in words, 31 February.
 */
export function instantOf(text: string): number {
  const instant = /^\d{4}-\d{2}-\d{2}$/u.test(text) ? `${text}T00:00:00Z` : text;
  return INSTANT.test(instant) && isCalendarDay(instant) ? Date.parse(instant) : Number.NaN;
}
