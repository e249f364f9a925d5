const HOUR_MS = 3_600_000;

/**
 * Offset of Asia/Almaty: one zone UTC+5 for the whole country since 1 March 2024 (tzdata 2024a). Data, so that no answer depends on
 * the time zone tables of the machine. Nothing before the Law's entry into force in 2013 is asked.
 */
const OFFSETS = [
  { from: '2024-03-01', hours: 5, previousHours: 6 },
  { from: '2004-10-31', hours: 6, previousHours: 6 },
] as const;

/** Instant at which an ISO day (`2026-01-18`) begins in Asia/Almaty, in milliseconds since 1970. */
export function startOfAlmatyDay(day: string): number {
  return Date.parse(`${day}T00:00:00Z`) - offsetOn(day) * HOUR_MS;
}

/** ISO day on which an instant falls in Asia/Almaty. */
export function almatyDayOf(at: Date): string {
  return new Date(at.getTime() + offsetAt(at) * HOUR_MS).toISOString().slice(0, 10);
}

function offsetOn(day: string): number {
  return OFFSETS.find((row) => row.from <= day)?.hours ?? 6;
}

/** The clock was turned at midnight of the old offset: that hour was lived twice, and belongs to the day before. */
function offsetAt(at: Date): number {
  const turned = (row: (typeof OFFSETS)[number]): number =>
    Date.parse(`${row.from}T00:00:00Z`) - row.previousHours * HOUR_MS;
  return OFFSETS.find((row) => turned(row) <= at.getTime())?.hours ?? 6;
}
