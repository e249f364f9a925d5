/** Why the views said no. */
export type ViewErrorCode =
  | 'AHEAD_OF_LOG'
  | 'GAP'
  | 'NOT_LEADING'
  | 'UNKNOWN_VIEW'
  | 'UNKNOWN_COLUMN'
  | 'ACCESS_DENIED'
  | 'TLS'
  | 'IO';

/** The only error the projections throw. */
export class ViewError extends Error {
  override readonly name = 'ViewError';

  constructor(
    readonly code: ViewErrorCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
