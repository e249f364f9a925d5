/** The calendar cannot answer. */
export class CalendarError extends Error {
  override readonly name = 'CalendarError';

  constructor(
    readonly code: 'CALENDAR_NOT_CONFIRMED',
    message: string,
  ) {
    super(message);
  }
}
