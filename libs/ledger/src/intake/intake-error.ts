/** Why a line is no CloudEvent of ours. */
export type IntakeErrorCode =
  | 'INVALID_JSON'
  | 'INVALID_ENCODING'
  | 'TOO_LARGE'
  | 'TOO_DEEP'
  | 'TOO_MANY_KEYS'
  | 'FORBIDDEN_KEY'
  | 'DUPLICATE_KEY'
  | 'INVALID_REQUEST';

/** One fault of a line: a path of known field names, and what to do; never anything the caller wrote. */
export interface IntakeFault {
  readonly code: IntakeErrorCode;
  readonly path: string;
  readonly message: string;
}
