import type { NewEvent } from './event-store.js';

const UUID = /^[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}$/u;

/** @throws {RangeError} when an event's id is not a lower-case uuid: it would be stored as another. */
export function assertIds(events: readonly NewEvent[]): void {
  if (events.every(({ id }) => UUID.test(id))) return;
  throw new RangeError('an event id is a lower-case uuid');
}
