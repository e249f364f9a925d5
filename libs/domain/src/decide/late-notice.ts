import type { Operate } from '../command/command.js';
import { covers, type Relied, type SubjectState } from '../subject/subject-state.js';
import { coverOf } from '../subject/subject-state.js';
import type { DecideContext, Draft } from './context.js';
import { frame } from './frame.js';

/** What a late notice overturns: operations after it that relied on the old state. */
export type Overturns = (relied: Relied) => boolean;

/** `ViolationDetected{LATE_NOTICE}` for a block reported after operations that it would have stopped (design §5). */
export function lateNotice(
  command: Operate,
  state: SubjectState,
  context: DecideContext,
  n: number,
): Draft | undefined {
  if (command.operation !== 'block' || n === 0) return undefined;
  const block = coverOf(command.categories);
  return lateNoticeOf(
    state,
    context,
    (relied) => relied.operation !== 'store' && covers(block, relied.categories),
  );
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
