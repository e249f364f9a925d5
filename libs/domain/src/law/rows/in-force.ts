import type { InForce } from '../law.js';

/**
 * Days on which the Law changed. A month without a known day stands as its first day, and the row that uses it is approximate.
 */
export const DAY = {
  entryIntoForce: '2013-11-25',
  act347: '2020-07-01',
  act96: '2022-03-01',
  act44: '2024-02-11',
  act44Breach: '2024-07-01',
  act231: '2026-01-18',
  digitalCode: '2026-07-12',
  act326: '2026-08-25',
} as const;

/** In force for as long as the Law is; the day of a later amendment, if there was one, is not known. */
export const SINCE_ENTRY: InForce = { from: DAY.entryIntoForce, approximate: true };

/** Law 347-VI: ten days after publication, known by its month. */
export const SINCE_347: InForce = { from: DAY.act347, approximate: true };

/** Law 96-VII of 30.12.2021: sixty days after publication, known by its month. */
export const SINCE_96: InForce = { from: DAY.act96, approximate: true };
