import type { Fact } from '../event/clear-fields.js';
import type { Ask } from '../gate/ask.js';
import { citeLawful, citeRefusal } from '../gate/citations.js';
import type { Judgement } from '../gate/judge.js';
import type { SubjectState } from '../subject/subject-state.js';
import type { DecideContext } from './context.js';

/** The fields that every event of a subject's stream carries, without verdict, clauses and facts. */
export function frame(
  registered: SubjectState['registered'],
  { mode, occurredAt, occurred, read }: DecideContext,
): {
  readonly mode: 'enforce' | 'record';
  readonly occurredAt: string;
  readonly operator: string;
  readonly policy: { readonly id: string; readonly version: string; readonly hash: string } | null;
  readonly read: Readonly<Record<string, string>>;
  readonly regime: { readonly id: string; readonly hash: string } | null;
  readonly subject: string;
  readonly subjectKind: string;
} {
  const { operator, subject, kind } = registered ?? NOBODY;
  const { policy, regime, regimeHash: hash } = occurred;
  return {
    mode,
    occurredAt,
    operator,
    policy: policy === null ? null : policy.reference,
    read,
    regime: regime === null || hash === null ? null : { hash, id: regime.id },
    subject,
    subjectKind: kind,
  };
}

const NOBODY = { operator: '', subject: '', kind: '' };

/** Verdict, clauses and facts of a judged command. */
export function outcome(
  ask: Ask,
  judgement: Judgement,
  context: DecideContext,
): {
  readonly verdict: 'lawful' | 'violation' | 'refused';
  readonly clauses: readonly string[];
  readonly facts: readonly Fact[];
} {
  const { codes } = judgement;
  const policy = context.occurred.policy ?? context.recorded.policy;
  if (codes.length === 0) {
    return {
      verdict: 'lawful',
      clauses: citeLawful(ask, policy, judgement.basis),
      facts: ask.facts,
    };
  }
  // Not even the record mode turns an unknown operation into history (design §5).
  const turnedAway = context.mode === 'enforce' || codes.includes('UNKNOWN_OPERATION');
  return {
    verdict: turnedAway ? 'refused' : 'violation',
    clauses: citeRefusal(codes, policy),
    facts: ask.facts,
  };
}

/** The moments at which a command must be lawful (design §5). */
export function momentsOf(context: DecideContext): readonly DecideContext['occurred'][] {
  return context.mode === 'enforce' ? [context.occurred, context.recorded] : [context.occurred];
}
