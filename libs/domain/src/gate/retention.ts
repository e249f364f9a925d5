import type { RetentionRule } from '../policy/policy.js';
import type { IndexedPolicy } from '../policy/policy-index.js';
import type { SubjectState } from '../subject/subject-state.js';
import type { Moment } from './ask.js';

/**
 * Whether keeping data for a purpose has ended at a moment, by the rules of the policy (Law 94-V art. 12(2), 18(1)).
 * A new contract, or a new consent for the purpose, opens a new term.
 */
export function retentionEnded(state: SubjectState, purpose: string, moment: Moment): boolean {
  const rules = moment.policy?.policy.retention ?? [];
  return rules.some((rule) => {
    const anchor = anchorOf(rule, state, purpose);
    return anchor !== null && moment.at >= addTerm(anchor, rule.term);
  });
}

/** Whether a purpose achieved at one instant forbids keeping data for it at another, by the rules of the policy. */
export function isOverWhenAchieved(
  policy: IndexedPolicy | null,
  achievedAt: number,
  at: number,
): boolean {
  const rules = policy?.policy.retention ?? [];
  return rules.some(
    ({ anchor, term }) => anchor === 'purpose-achieved' && at >= addTerm(achievedAt, term),
  );
}

function anchorOf(rule: RetentionRule, state: SubjectState, purpose: string): number | null {
  switch (rule.anchor) {
    case 'purpose-achieved':
      return state.achieved.get(purpose) ?? null;
    case 'contract-ended':
      return relationsEnded(state);
    case 'consent-ended':
      return null;
  }
}

/** When the last contract ended; null while one runs or none was ever noted (Law 94-V art. 18(2)). */
export function relationsEnded(state: SubjectState): number | null {
  let last: number | null = null;
  for (const { endedAt } of state.contracts.values()) {
    if (endedAt === null) return null;
    last = Math.max(last ?? endedAt, endedAt);
  }
  return last;
}

/** An instant plus an ISO 8601 duration of whole years or days, on the UTC calendar. */
export function addTerm(at: number, term: string): number {
  const match = /^P(\d+)(Y|D)$/u.exec(term);
  if (match === null) return at;
  const amount = Number(match[1]);
  const date = new Date(at);
  if (match[2] === 'Y') date.setUTCFullYear(date.getUTCFullYear() + amount);
  else date.setUTCDate(date.getUTCDate() + amount);
  return date.getTime();
}
