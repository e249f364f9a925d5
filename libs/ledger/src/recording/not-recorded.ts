import { EventStoreError } from '#event-store';
import { VaultError } from '#vault';
import { LedgerError } from '../ledger-error.js';

/** Codes of log and vault that say: somebody else was faster, decide again on what is there now. */
const FASTER: ReadonlySet<string> = new Set([
  'WRONG_EXPECTED_REVISION',
  'STALE_READ',
  'DUPLICATE_EVENT_ID',
  'NOT_AT_HAND',
]);

/** Whether it may be in the log after all. */
export function isInDoubt(cause: unknown): boolean {
  return cause instanceof EventStoreError && cause.code === 'IN_DOUBT';
}

/** Whether a stream that the decision read had moved. */
export function isStale(cause: unknown): boolean {
  return cause instanceof EventStoreError && cause.code === 'STALE_READ';
}

/** What the caller is told: to decide again, or that it failed. */
export function notRecorded(cause: unknown): LedgerError {
  const isFaster =
    (cause instanceof EventStoreError || cause instanceof VaultError) && FASTER.has(cause.code);
  const message = cause instanceof Error ? cause.message : 'unknown error';
  return new LedgerError(isFaster ? 'OVERTAKEN' : 'UNAVAILABLE', `not recorded: ${message}`, {
    cause,
  });
}
