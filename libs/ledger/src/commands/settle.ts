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
