import type { components } from './generated/api.js';

/** An error answer of the service (RFC 9457). */
export type Problem = components['schemas']['Problem'];

/** Codes that come from here, not from the service. */
export type ClientCode =
  /** No answer came; whether it was recorded is not known. */
  | 'UNREACHABLE'
  /** `token` gave none. */
  | 'NO_TOKEN'
  /** What answered is not what docs/openapi.json describes. */
  | 'UNREADABLE'
  /** More events wait than may. */
  | 'FULL';

/**
 * Why a request has no answer. Says what the service said, which repeats no value, and nothing else: neither what was
 * sent, nor what was received instead of a problem, nor a cause that might quote either.
 */
export class LedgerProblem extends Error {
  override readonly name = 'LedgerProblem';

  constructor(
    readonly code: Problem['code'] | ClientCode,
    /** Of HTTP; absent when no answer came. */
    readonly status?: number,
    readonly problem?: Problem,
  ) {
    super(status === undefined ? WITHOUT_ANSWER[code] : `the ledger answered ${status} ${code}`);
  }

  /** Whether the same request may be answered otherwise later. */
  get isPassing(): boolean {
    return NEVER_ANSWERED.has(this.code) || PASSING.has(this.status ?? 0);
  }
}

const NEVER_ANSWERED: ReadonlySet<string> = new Set(['UNREACHABLE', 'NO_TOKEN']);
/** Too many requests; a gateway without a service behind it; cannot record now. */
const PASSING: ReadonlySet<number> = new Set([429, 502, 503, 504]);

const WITHOUT_ANSWER: Readonly<Partial<Record<string, string>>> = {
  UNREACHABLE: 'the ledger did not answer',
  NO_TOKEN: 'there was no token to ask the ledger with',
  UNREADABLE: 'the answer is not one of a ledger',
  FULL: 'more events wait for the ledger than may: wait for results before emitting more',
  TOO_LARGE: 'the event is longer than the ledger takes',
  INVALID_REQUEST: 'the event cannot be written as JSON',
};
