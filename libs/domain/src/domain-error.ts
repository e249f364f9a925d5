/** Which invariant broke. */
export type DomainErrorCode =
  | 'NOT_AN_EVENT'
  | 'UNKNOWN_EVENT'
  | 'NEWER_SCHEMA'
  | 'NOT_CLEAR'
  | 'OUT_OF_ORDER'
  | 'PAST_UNKNOWN'
  | 'INVALID_POLICY'
  | 'CALENDAR_NOT_CONFIRMED';

/** A broken invariant: the only thing the domain throws; a refusal is an event. */
export class DomainError extends Error {
  override readonly name = 'DomainError';

  constructor(
    readonly code: DomainErrorCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
