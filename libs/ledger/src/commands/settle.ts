import { VaultError } from '#vault';
import { LedgerError } from '../ledger-error.js';
import type { Recorded } from '../recording/recorder.js';
import { answerOf, type Answer } from './answer.js';

/** A command that was decided: answered at once, or when its events are durable, or when more work is done. */
export type Decided =
  | { readonly answer: Answer }
  | { readonly recorded: Recorded; readonly more?: Partial<Answer> }
  | { readonly settle: () => Promise<Answer> };

/** The answer to a decided command. @throws {LedgerError} OVERTAKEN, UNAVAILABLE. */
export async function settled(decided: Decided): Promise<Answer> {
  if ('answer' in decided) return decided.answer;
  if ('settle' in decided) return decided.settle();
  const { events, durable } = decided.recorded;
  const [event] = events;
  if (event === undefined) throw new LedgerError('BROKEN', 'a command made no event');
  const { firstOrdinal } = await durable;
  return { ...answerOf(event, firstOrdinal), ...decided.more };
}

const TRIES = 16;

/** Decides again as long as somebody else records first. */
export async function untilRecorded(decide: () => Promise<Decided>): Promise<Answer> {
  for (let left = TRIES; ; left -= 1) {
    try {
      return await settled(await decide());
    } catch (error) {
      if (!isOvertaken(error) || left === 0) throw error;
    }
  }
}

/** Whether somebody else recorded first, or took away what was at hand. */
export function isOvertaken(error: unknown): boolean {
  return (
    (error instanceof LedgerError && error.code === 'OVERTAKEN') ||
    (error instanceof VaultError && error.code === 'NOT_AT_HAND')
  );
}
