import { isFreeWhenBlocked } from '../gate/checks.js';
import { isOverWhenAchieved } from '../gate/retention.js';
import { coverOf, covers, type Relied, type SubjectState } from '../subject/subject-state.js';
import type { DecideContext, Draft } from './context.js';
import { frame } from './frame.js';

/** What a late notice overturns: operations after it that relied on the old state. */
export type Overturns = (relied: Relied) => boolean;

/** What a block reported late overturns: what it would have stopped (contract §3, BLOCKED). */
export function overturnedByBlock(
  categories: readonly string[] | undefined,
  { occurred }: DecideContext,
): Overturns {
  const block = coverOf(categories);
  return ({ operation, purpose, categories: used }) =>
    operation !== 'store' &&
    covers(block, used) &&
    !isFreeWhenBlocked(operation, purpose, occurred.policy);
}

/** What a purpose end reported late overturns: what its retention would have stopped (contract §3, RETENTION_EXPIRED). */
export function overturnedByEnd(purpose: string | null, { occurred }: DecideContext): Overturns {
  return (relied) =>
    relied.operation !== 'store' &&
    relied.operation !== 'depersonalise' &&
    relied.purpose === purpose &&
    isOverWhenAchieved(occurred.policy, occurred.at, relied.occurredAt);
}

/** `ViolationDetected{LATE_NOTICE, operations}` when operations later than the notice relied on what it ends. */
export function lateNoticeOf(
  state: SubjectState,
  context: DecideContext,
  overturns: Overturns,
): Draft | undefined {
  const at = Date.parse(context.occurredAt);
  const operations: string[] = [];
  for (let relied = state.relied; relied !== null; relied = relied.before) {
    if (relied.occurredAt > at && overturns(relied)) operations.unshift(relied.event);
  }
  if (operations.length === 0) return undefined;
  return {
    type: 'ViolationDetected',
    data: {
      ...frame(state.registered, context, LATE),
      codes: ['LATE_NOTICE'],
      operations,
    },
  };
}

const LATE = { verdict: 'violation', clauses: ['law:8(7)', 'law:25(2)(8)'], facts: [] } as const;
