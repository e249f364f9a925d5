/** Why the application core said no, beside refusals of the gate (which are events). */
export type LedgerErrorCode =
  | 'INVALID_REQUEST'
  | 'INVALID_VALUE'
  | 'NOT_FOUND'
  | 'CONFLICT'
  | 'UNAVAILABLE'
  /** Somebody else recorded first: decide again. */
  | 'OVERTAKEN'
  | 'ALREADY_INITIALISED'
  | 'NO_LEDGER'
  | 'WRONG_LOG'
  | 'ROLLED_BACK'
  | 'BROKEN'
  | 'RULING_MISSING';

/** The application core's error; the message says what to do and never holds a personal value. */
export class LedgerError extends Error {
  override readonly name = 'LedgerError';

  constructor(
    readonly code: LedgerErrorCode,
    message: string,
    options?: ErrorOptions & { readonly path?: string },
  ) {
    super(message, options);
    this.path = options?.path;
  }

  /** Of INVALID_REQUEST: the field of an event that does not fit. */
  readonly path: string | undefined;
}

/** A field that has its form, and says what this ledger does not know or take. */
export function wrongField(path: string, message: string): LedgerError {
  return new LedgerError('INVALID_REQUEST', message, { path });
}

/** NOT_FOUND of a subject, also of one that is another operator's. */
export function noSubject(): LedgerError {
  return new LedgerError('NOT_FOUND', 'no subject of this id is registered: check the id');
}
