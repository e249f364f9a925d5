import type { EventData } from '#domain';

type Framed = EventData<'DataDestroyed'>;

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
}: Pick<Framed, keyof Frame>): Frame {
  return { operator, subject, subjectKind, occurredAt, policy, regime, clauses, mode, read };
}

type Frame = Pick<
  Framed,
  | 'operator'
  | 'subject'
  | 'subjectKind'
  | 'occurredAt'
  | 'policy'
  | 'regime'
  | 'clauses'
  | 'mode'
  | 'read'
>;
