import type { EmitterCommand } from '../command/command.js';
import { isFreeWhenBlocked } from '../gate/checks.js';
import { isOverWhenAchieved } from '../gate/retention.js';
import { DomainError } from '../domain-error.js';
import type { Relied } from '../subject/relied.js';
import { coverOf, covers, type SubjectState } from '../subject/subject-state.js';
import type { DecideContext, Draft } from './context.js';
import { frame } from './frame.js';

/** Whether a command tells late of an end before which operations occurred: then its context needs them. */
export function looksBack(
  command: EmitterCommand,
  { reliedUntil }: SubjectState,
  occurredAt: string,
): boolean {
  return isNotice(command) && reliedUntil > Date.parse(occurredAt);
}

function isNotice(command: EmitterCommand): boolean {
  return command.kind === 'operate'
    ? command.operation === 'block'
    : command.kind === 'withdraw-consent' || command.kind === 'achieve-purpose';
}

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

/**
 * `ViolationDetected{LATE_NOTICE, operations}` when operations later than the notice relied on what it ends.
 * @throws {DomainError} PAST_UNKNOWN when there are such operations and the context has none of them.
 */
export function lateNoticeOf(
  state: SubjectState,
  context: DecideContext,
  overturns: Overturns,
): Draft | undefined {
  const at = Date.parse(context.occurredAt);
  if (state.reliedUntil <= at) return undefined;
  const later = (context.relied ?? []).filter(({ occurredAt }) => occurredAt > at);
  if (later.length === 0) {
    throw new DomainError('PAST_UNKNOWN', 'a late notice needs the operations that it overturns');
  }
  const operations = later.filter(overturns).map(({ event }) => event);
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

/** What a late notice says of itself (Law 94-V art. 8(7), 25(2)(8)). */
export const LATE = {
  verdict: 'violation',
  clauses: ['law:8(7)', 'law:25(2)(8)'],
  facts: [],
} as const;
