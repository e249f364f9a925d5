import type { RefusalCode } from '#domain';
import type { LedgerErrorCode } from '#ledger';

/** Codes that only the service knows. */
export type ServiceCode =
  'UNAUTHENTICATED' | 'FORBIDDEN' | 'TOO_LARGE' | 'TOO_MANY' | 'UNSUPPORTED_MEDIA_TYPE';

/** Every code that an error answer can carry (contract §4). */
export type ProblemCode = RefusalCode | LedgerErrorCode | ServiceCode;

/** What an error answer carries beside status, title and code. */
export interface ProblemMembers {
  readonly detail?: string;
  readonly codes?: readonly string[];
  readonly clauses?: readonly string[];
  readonly errors?: readonly { readonly path: string; readonly message: string }[];
  /** Of the event that records the refusal. */
  readonly event?: string;
  readonly certificate?: object;
}

/** An error answer that the service itself decided on; never holds anything a caller wrote. */
export class Problem extends Error {
  override readonly name = 'Problem';

  constructor(
    readonly code: ProblemCode,
    readonly members: ProblemMembers = {},
  ) {
    super(members.detail ?? code);
  }
}

/** A request that does not have the described form. */
export function invalidRequest(path: string, message: string): Problem {
  return new Problem('INVALID_REQUEST', { errors: [{ path, message }] });
}
