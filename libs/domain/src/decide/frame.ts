import type { EventData } from '../event/catalogue.js';
import type { Fact, subjectFields } from '../event/clear-fields.js';
import type { Ask } from '../gate/ask.js';
import { citeLawful, citeRefusal } from '../gate/citations.js';
import type { Judgement } from '../gate/judge.js';
import type { SubjectState } from '../subject/subject-state.js';
import type { DecideContext, Draft } from './context.js';

/** What the gate's answer leaves in an event. */
export interface Outcome {
  readonly verdict: 'lawful' | 'violation' | 'refused';
  readonly clauses: readonly string[];
  readonly facts: readonly Fact[];
}

/** What of a decision's context every event of it repeats. */
export type Framing = Pick<DecideContext, 'mode' | 'occurredAt' | 'occurred' | 'read'>;

/** The fields that every event of a subject's stream carries, in their canonical order. */
export function frame(
  registered: SubjectState['registered'],
  { mode, occurredAt, occurred, read }: Framing,
  { verdict, clauses, facts }: Outcome,
): Pick<EventData<'SubjectRegistered'>, keyof typeof subjectFields> {
  const { operator, subject, kind } = registered ?? NOBODY;
  const { policy, regime, regimeHash: hash } = occurred;
  return {
    clauses,
    facts,
    mode,
    occurredAt,
    operator,
    policy: policy === null ? null : policy.reference,
    read,
    regime: regime === null || hash === null ? null : { hash, id: regime.id },
    subject,
    subjectKind: kind,
    verdict,
  };
}

/** Whom and what an event of a subject was about and by which rules, as an event that follows from it repeats it. */
export function frameOf({
  operator,
  subject,
  subjectKind,
  occurredAt,
  policy,
  regime,
  clauses,
  mode,
  read,
}: Frame): Frame {
  return { operator, subject, subjectKind, occurredAt, policy, regime, clauses, mode, read };
}

type Frame = Omit<
  EventData<'SubjectRegistered'>,
  'schemes' | 'verdict' | 'facts' | 'sealed' | 'filed'
>;

const NOBODY = { operator: '', subject: '', kind: '' };

/** Of what no gate is asked: who a person is, and that a request was taken (AKJET 8.1.1; Law 94-V art. 24(1)). */
export const UNASKED = {
  SubjectRegistered: { verdict: 'lawful', clauses: [], facts: [] },
  RequestReceived: { verdict: 'lawful', clauses: ['law:24(1)'], facts: [] },
} as const satisfies Record<string, Outcome>;

/** Verdict, clauses and facts of a judged command. */
export function outcome(
  ask: Ask,
  judgement: Pick<Judgement, 'codes' | 'basis'>,
  context: Pick<DecideContext, 'mode' | 'occurred' | 'recorded'>,
): Outcome {
  const { codes } = judgement;
  const policy = context.occurred.policy ?? context.recorded.policy;
  if (codes.length === 0) {
    return {
      verdict: 'lawful',
      clauses: citeLawful(ask, policy, judgement.basis),
      facts: ask.facts,
    };
  }
  // Not even the record mode turns an unknown operation into history (design §5), or makes a destroyed person anew (§6).
  const isNever = codes.includes('UNKNOWN_OPERATION') || ask.kind === 'registration';
  const turnedAway = context.mode === 'enforce' || isNever;
  return {
    verdict: turnedAway ? 'refused' : 'violation',
    clauses: citeRefusal(codes, policy),
    facts: ask.facts,
  };
}

/** What follows a reported breach: it starts the legal clock (design §5; Law 94-V art. 25(2)(8)). */
export function violationOf(
  breach: Outcome,
  { codes }: Judgement,
  state: SubjectState,
  context: DecideContext,
): Draft {
  const framed = frame(state.registered, context, breach);
  const operations = [context.eventId(0)];
  return { type: 'ViolationDetected', data: { ...framed, codes, operations } };
}

/** The moments at which a command must be lawful (design §5). */
export function momentsOf(context: DecideContext): readonly DecideContext['occurred'][] {
  return context.mode === 'enforce' ? [context.occurred, context.recorded] : [context.occurred];
}

/** Whether the data are those of a refusal. */
export function isRefusal(data: Pick<Outcome, 'verdict'>): data is EventData<'OperationRefused'> {
  return data.verdict === 'refused';
}
