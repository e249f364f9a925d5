/** Why the event store said no. */
export type EventStoreErrorCode =
  | 'WRONG_EXPECTED_REVISION'
  | 'STALE_READ'
  | 'DUPLICATE_EVENT_ID'
  | 'DISK_FULL'
  | 'TOO_LARGE'
  | 'IN_DOUBT'
  | 'UNAVAILABLE'
  | 'ACCESS_DENIED'
  | 'TLS'
  | 'READ_ONLY'
  | 'CLOSED'
  | 'LOCKED'
  | 'NOT_FOUND'
  | 'NOT_DURABLE'
  | 'SQLITE_TOO_OLD'
  | 'NEWER_FORMAT'
  | 'WRONG_KEY'
  | 'WRONG_LOG'
  | 'ROLLED_BACK'
  | 'GAP'
  | 'CORRUPT'
  | 'IO';

/** The only error the event store's adapters throw. The message never holds an event's content. */
export class EventStoreError extends Error {
  override readonly name = 'EventStoreError';

  constructor(
    readonly code: EventStoreErrorCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
