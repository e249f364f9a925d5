import type { LedgerEvent } from '#domain';
import type { Certificate } from './certificate.js';
import { LedgerError, type LedgerErrorCode } from '../ledger-error.js';

/** The answer to one command (contract §4). */
export interface Answer {
  readonly status: 'accepted' | 'duplicate' | 'refused' | 'violation' | 'invalid';
  readonly event?: string;
  readonly position?: string;
  readonly revision?: string;
  readonly recordedAt?: string;
  readonly verdict?: string;
  readonly subject?: string;
  readonly code?: string;
  readonly codes?: readonly string[];
  readonly clauses?: readonly string[];
  readonly certificate?: Certificate;
  /** Categories whose values came and were not sealed: they are under an order of destruction. */
  readonly withheld?: readonly Withheld[];
  /** What to do, when nothing was recorded. */
  readonly message?: string;
  /** What the message is about: the field of an event. */
  readonly path?: string;
}

/** The answer that an event gives, newly recorded or found again. */
export function answerOf(event: LedgerEvent, position: bigint): Answer {
  const { verdict = 'lawful', codes = [], clauses = [] }: Judged = event.data as object;
  const isLawful = verdict === 'lawful';
  const [code = 'BROKEN'] = codes;
  return {
    status: isLawful ? 'accepted' : verdict,
    event: event.id,
    position: String(position),
    revision: event.revision,
    recordedAt: event.metadata.recordedAt,
    verdict,
    ...(isLawful ? withheldFrom(event) : { code, codes, clauses }),
  };
}

/** A value that was not taken or not given out, and why. */
export interface Withheld {
  readonly category: string;
  readonly code: 'DESTROYED';
}

/** An event names what was said; what it has no commitment for was not sealed (`decide` leaves out what is destroyed). */
function withheldFrom({ type, data }: LedgerEvent): Pick<Answer, 'withheld'> {
  if (type !== 'DataCollected' && type !== 'DataClarified') return {};
  const { categories = [], sealed } = data as LedgerEvent<'DataCollected'>['data'];
  const commitments = sealed?.commitments;
  if (commitments === undefined) return {};
  const missing = categories.filter((category) => commitments[category] === undefined);
  return missing.length === 0
    ? {}
    : { withheld: missing.map((category) => ({ category, code: 'DESTROYED' })) };
}

interface Judged {
  readonly verdict?: 'lawful' | 'refused' | 'violation';
  readonly codes?: readonly string[];
  readonly clauses?: readonly string[];
}

/** The answer to a repeat: what the first one was told. */
export function duplicateOf(event: LedgerEvent, position: bigint): Answer {
  return { ...answerOf(event, position), status: 'duplicate' };
}

/** Nothing was recorded and nothing used up. */
export function invalid(code: LedgerErrorCode, message: string, path?: string): Answer {
  return { status: 'invalid', code, message, ...(path === undefined ? {} : { path }) };
}

/** An error of the core that is an answer; everything else is thrown on. */
export function invalidOf(error: unknown): Answer {
  if (error instanceof LedgerError && ANSWERS.has(error.code))
    return invalid(error.code, error.message, error.path);
  throw error;
}

const ANSWERS: ReadonlySet<LedgerErrorCode> = new Set([
  'INVALID_REQUEST',
  'INVALID_VALUE',
  'NOT_FOUND',
  'CONFLICT',
]);
