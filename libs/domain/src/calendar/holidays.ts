/** A holiday of Kazakhstan in one year. */
export interface HolidayRow {
  /** ISO day. */
  readonly day: string;
  /** A state or national holiday on a weekend moves to the next working day; the two religious days do not. */
  readonly moves: boolean;
  readonly source: string;
}

/** A day that an act turned from a working day into a day off, or back (Labour Code art. 85(3)). */
export interface SwapRow {
  readonly day: string;
  readonly working: boolean;
  readonly act: string;
}

const HOLIDAYS_LAW = 'Law 267-II';
const RELIGIOUS = 'Labour Code 414-V';

/** State and national holidays as month-day, with the years in which they are kept. */
const STATE_DAYS = [
  { monthDay: '01-01', from: 2024, until: Infinity },
  { monthDay: '01-02', from: 2024, until: Infinity },
  { monthDay: '03-08', from: 2024, until: Infinity },
  { monthDay: '03-15', from: 2027, until: Infinity },
  { monthDay: '03-21', from: 2024, until: Infinity },
  { monthDay: '03-22', from: 2024, until: Infinity },
  { monthDay: '03-23', from: 2024, until: Infinity },
  { monthDay: '05-01', from: 2024, until: Infinity },
  { monthDay: '05-07', from: 2024, until: Infinity },
  { monthDay: '05-09', from: 2024, until: Infinity },
  { monthDay: '07-06', from: 2024, until: Infinity },
  { monthDay: '08-30', from: 2024, until: 2025 },
  { monthDay: '10-25', from: 2024, until: Infinity },
  { monthDay: '12-16', from: 2024, until: Infinity },
] as const;

/** Orthodox Christmas, and the first day of Kurban Ait as announced for its year. */
const RELIGIOUS_DAYS = [
  '2024-01-07',
  '2024-06-16',
  '2025-01-07',
  '2025-06-06',
  '2026-01-07',
  '2026-05-27',
  '2027-01-07',
];

/** The days for which the rows below are complete. Kurban Ait of 2027 is not announced: nothing is promised from that week on. */
export const CONFIRMED = { from: '2024-01-01', through: '2027-05-14' } as const;

/** Holidays of the years with rows (`law.md` §5). */
export const HOLIDAYS: readonly HolidayRow[] = [
  ...[2024, 2025, 2026, 2027].flatMap((year) =>
    STATE_DAYS.filter(({ from, until }) => from <= year && year <= until).map(({ monthDay }) => ({
      day: `${year}-${monthDay}`,
      moves: true,
      source: HOLIDAYS_LAW,
    })),
  ),
  ...RELIGIOUS_DAYS.map((day) => ({ day, moves: false, source: RELIGIOUS })),
];

/** Known swaps; that there is none for 2026 was looked for and not proven. */
export const SWAPS: readonly SwapRow[] = [
  { day: '2024-05-04', working: true, act: 'order of the Minister of Labour of 17.04.2024' },
  { day: '2024-05-08', working: false, act: 'order of the Minister of Labour of 17.04.2024' },
  { day: '2025-01-03', working: false, act: 'order of the Minister of Labour of 11.2024' },
  { day: '2025-01-05', working: true, act: 'order of the Minister of Labour of 11.2024' },
];
