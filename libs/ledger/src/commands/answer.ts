import type { LedgerEvent } from '#domain';
import type { Appended } from '#event-store';
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
  /** What to do, when nothing was recorded. */
  readonly message?: string;
}

/** A command that is on its way: what comes after it may already be decided, its answer waits until it is durable. */
export interface Started {
  readonly answer: () => Promise<Answer>;
}

/** The answer that an event gives, newly recorded or found again. */
export function answerOf(event: LedgerEvent, position?: bigint): Answer {
  const { verdict = 'lawful', codes = [], clauses = [] }: Judged = event.data as object;
  const base = {
    event: event.id,
    ...(position === undefined ? {} : { position: String(position) }),
    revision: event.revision,
    recordedAt: event.metadata.recordedAt,
    verdict,
  };
  if (verdict === 'lawful') return { status: 'accepted', ...base };
  const [code = 'BROKEN'] = codes;
  return { status: verdict, ...base, code, codes, clauses };
}

interface Judged {
  readonly verdict?: 'lawful' | 'refused' | 'violation';
  readonly codes?: readonly string[];
  readonly clauses?: readonly string[];
}

/** The answer of the first event, once all are durable. */
export function started(
  {
    events,
    durable,
  }: { readonly events: readonly LedgerEvent[]; readonly durable: Promise<Appended> },
  more: Partial<Answer> = {},
): Started {
  const [event] = events;
  if (event === undefined) throw new LedgerError('BROKEN', 'a command made no event');
  return { answer: async () => ({ ...answerOf(event, (await durable).firstOrdinal), ...more }) };
}

/** The answer to a repeat: what the first one was told. */
export function duplicateOf(event: LedgerEvent, appended: Appended | undefined): Answer {
  return { ...answerOf(event, appended?.firstOrdinal), status: 'duplicate' };
}

/** Nothing was recorded and nothing used up. */
export function invalid(code: LedgerErrorCode, message: string): Answer {
  return { status: 'invalid', code, message };
}

/** An error of the core that is an answer; everything else is thrown on. */
export function invalidOf(error: unknown): Answer {
  if (error instanceof LedgerError && ANSWERS.has(error.code))
    return invalid(error.code, error.message);
  throw error;
}

const ANSWERS: ReadonlySet<LedgerErrorCode> = new Set([
  'INVALID_REQUEST',
  'INVALID_VALUE',
  'NOT_FOUND',
  'CONFLICT',
]);
