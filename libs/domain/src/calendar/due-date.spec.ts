import { describe, expect, it } from '@jest/globals';
import { almatyDayOf, startOfAlmatyDay } from './almaty-day.js';
import { DomainError } from '../domain-error.js';
import { dueDate, isWorkingDay } from './due-date.js';

describe('dueDate', () => {
  it.each([
    ['2026-03-06', 1, '2026-03-10'],
    ['2026-03-20', 1, '2026-03-26'],
    ['2026-03-20', 3, '2026-03-30'],
    ['2026-02-26', 15, '2026-03-20'],
    ['2026-03-10', 10, '2026-03-27'],
    ['2026-05-06', 1, '2026-05-08'],
    ['2026-05-08', 3, '2026-05-14'],
    ['2026-03-13', 1, '2026-03-16'],
    ['2026-10-23', 1, '2026-10-27'],
    ['2026-10-24', 1, '2026-10-27'],
    ['2026-08-28', 1, '2026-08-31'],
    ['2026-12-15', 1, '2026-12-17'],
    ['2026-12-30', 3, '2027-01-06'],
    ['2026-12-11', 15, '2027-01-06'],
    ['2024-05-03', 1, '2024-05-04'],
    ['2024-05-06', 1, '2024-05-10'],
    ['2025-01-01', 1, '2025-01-05'],
    ['2027-03-12', 1, '2027-03-16'],
    ['2027-03-19', 1, '2027-03-25'],
  ])('from %s with %i working days is %s', (day, workingDays, due) => {
    expect(dueDate(new Date(`${day}T07:00:00Z`), workingDays).dueDate).toBe(due);
  });

  it('counts from the day in Almaty, not in Greenwich', () => {
    expect(dueDate(new Date('2026-06-01T18:59:59Z'), 1).dueDate).toBe('2026-06-02');
    expect(dueDate(new Date('2026-06-01T19:00:00Z'), 1).dueDate).toBe('2026-06-03');
  });

  it('ends when its last day is over in Almaty', () => {
    const { legalDueAt } = dueDate(new Date('2026-06-01T07:00:00Z'), 1);
    expect(legalDueAt.toISOString()).toBe('2026-06-02T19:00:00.000Z');
    const before2024March = dueDate(new Date('2024-02-01T07:00:00Z'), 1).legalDueAt;
    expect(before2024March.toISOString()).toBe('2024-02-02T18:00:00.000Z');
  });

  it.each([
    ['2023-12-28T07:00:00Z', 1],
    ['2027-05-14T07:00:00Z', 1],
    ['2027-05-10T07:00:00Z', 15],
  ])('does not guess the holidays that a term from %s touches', (trigger, workingDays) => {
    expect(() => dueDate(new Date(trigger), workingDays)).toThrow(DomainError);
    expect(() => dueDate(new Date(trigger), workingDays)).toThrow(
      expect.objectContaining({ code: 'CALENDAR_NOT_CONFIRMED' }),
    );
  });
});

describe('isWorkingDay', () => {
  it('takes off exactly the published weekdays of 2026', () => {
    expect(weekdaysOff(2026)).toEqual(
      [
        ['01-01', '01-02', '01-07', '03-09', '03-23', '03-24', '03-25', '05-01', '05-07'],
        ['05-11', '05-27', '07-06', '10-26', '12-16'],
      ].flat(),
    );
  });

  it('moves the holidays of 2025 that fell on a weekend, with the swap of January', () => {
    expect(weekdaysOff(2025)).toEqual(
      [
        ['01-01', '01-02', '01-03', '01-07', '03-10', '03-21', '03-24', '03-25', '05-01'],
        ['05-07', '05-09', '06-06', '07-07', '09-01', '10-27', '12-16'],
      ].flat(),
    );
  });

  it('leaves Christmas and Kurban Ait on their weekend in 2024', () => {
    expect(isWorkingDay('2024-01-08')).toBe(true);
    expect(isWorkingDay('2024-06-17')).toBe(true);
  });
});

describe('days of Almaty', () => {
  it.each([
    ['2024-02-29', '2024-02-28T18:00:00.000Z'],
    ['2024-03-01', '2024-02-29T19:00:00.000Z'],
    ['2020-12-22', '2020-12-21T18:00:00.000Z'],
    ['2026-02-26', '2026-02-25T19:00:00.000Z'],
  ])('%s begins at %s', (day, instant) => {
    expect(new Date(startOfAlmatyDay(day)).toISOString()).toBe(instant);
    expect(almatyDayOf(new Date(instant))).toBe(day);
    expect(almatyDayOf(new Date(Date.parse(instant) - 1))).not.toBe(day);
  });

  it('live the hour before 1 March 2024 twice, both times on 29 February', () => {
    expect(almatyDayOf(new Date('2024-02-29T17:59:59Z'))).toBe('2024-02-29');
    expect(almatyDayOf(new Date('2024-02-29T18:30:00Z'))).toBe('2024-02-29');
  });
});

function weekdaysOff(year: number): string[] {
  const off: string[] = [];
  for (let at = Date.UTC(year, 0, 1); at < Date.UTC(year + 1, 0, 1); at += 86_400_000) {
    const date = new Date(at);
    const day = date.toISOString().slice(0, 10);
    const weekday = date.getUTCDay() > 0 && date.getUTCDay() < 6;
    if (weekday && !isWorkingDay(day)) off.push(day.slice(5));
  }
  return off;
}
