import type { EventData } from '../event/catalogue.js';
import type { LedgerEvent } from '../event/ledger-event.js';
import { rejudge, type RejudgeContext, type Rejudged } from '../gate/rejudge.js';
import type { SubjectState } from '../subject/subject-state.js';
import { anonymising, withConsent } from './decide-operation.js';
import { UNASKED, frame, frameOf, outcome, type Framing, type Outcome } from './frame.js';
import { LATE } from './late-notice.js';

/** What the ledger itself says in an event. */
export interface Restated {
  /** Clear fields by name as they must stand; undefined where the event must not have one. */
  readonly fields: Readonly<Record<string, unknown>>;
  /** Whether the gate was asked, and its answer is among the fields. */
  readonly isJudged: boolean;
}

/** What was in force and known when a stored event was decided, and what it follows from. */
export interface RestateContext extends RejudgeContext {
  /** The event that led to this one by itself (a breach, a withdrawal, an anonymising, an order); undefined: none. */
  readonly cause: LedgerEvent | undefined;
}

/**
 * Says again what the ledger itself said in a stored event of a subject's stream, by what decides on new ones: verdict,
 * codes and clauses, policy, regime and kind of subject, the consent that was picked, and all of what follows from
 * another event. What the caller claimed stands as it was stored. Undefined where nothing is derived. A stored event
 * that differs is a fault (design §7).
 */
export function restate(
  event: LedgerEvent,
  before: SubjectState,
  context: RestateContext,
): Restated | undefined {
  const { cause } = context;
  if (cause !== undefined) return { fields: following(event, cause, before), isJudged: false };
  const rejudged = rejudge(event, before, context);
  if (rejudged !== undefined) return { fields: judged(event, before, rejudged), isJudged: true };
  const fields = unasked(event, before, context);
  return fields && { fields, isJudged: false };
}

type Fields = Restated['fields'];

/** One reading of all events of subjects: fields that a type lacks are absent. */
type Said = EventData<'OperationRefused'> &
  Pick<EventData<'DataCollected'>, 'sealed' | 'filed'> & { readonly codes?: readonly string[] };

/** Only refusals name their command. */
const OPERATES: ReadonlySet<string | undefined> = new Set([undefined, 'operate']);

function judged(
  event: LedgerEvent,
  before: SubjectState,
  { ask, judgement, occurred, recorded }: Rejudged,
): Fields {
  const said = event.data as Said;
  const { mode, occurredAt, read } = said;
  const decided = { mode, occurredAt, read, occurred, recorded };
  const framed = framedAs(event, before, decided, outcome(ask, judgement, decided));
  const { codes } = judgement;
  const isRefused = framed.verdict === 'refused';
  return {
    ...framed,
    basis: withConsent(ask, judgement),
    code: isRefused ? codes[0] : undefined,
    codes: codes.length === 0 ? undefined : codes,
    // Of what is no operation, a refusal names none.
    operation: OPERATES.has(said.command) ? said.operation : null,
    generation: event.type === 'DestructionOrdered' ? before.generation + 1 : undefined,
  };
}

function unasked(
  event: LedgerEvent,
  before: SubjectState,
  { momentAt }: RestateContext,
): Fields | undefined {
  const outcomes: Readonly<Record<string, Outcome>> = UNASKED;
  const isLate = event.type === 'ViolationDetected' && event.data.codes.includes('LATE_NOTICE');
  const known = isLate ? LATE : outcomes[event.type];
  if (known === undefined) return undefined;
  const { mode, occurredAt, read } = event.data as Said;
  const decided = { mode, occurredAt, read, occurred: momentAt(Date.parse(occurredAt)) };
  return framedAs(event, before, decided, known);
}

function framedAs(
  event: LedgerEvent,
  { registered }: SubjectState,
  decided: Framing,
  answer: Outcome,
): ReturnType<typeof frame> {
  const { operator, subject, subjectKind: kind, command } = event.data as Said;
  const framed = frame(registered ?? { operator, subject, kind }, decided, answer);
  // Whoever registers a person says of which kind it is.
  return command === 'register-subject' ? { ...framed, subjectKind: kind } : framed;
}

/** What follows from another event repeats whom and what that was about and by which rules. */
function following({ type }: LedgerEvent, cause: LedgerEvent, before: SubjectState): Fields {
  const { sealed: _sealed, filed: _filed, ...said } = cause.data as Said;
  const { facts, verdict } = said;
  const framed = { ...frameOf(said), facts, verdict };
  switch (type) {
    case 'ViolationDetected':
      return { ...framed, codes: said.codes, operations: [cause.id] };
    case 'WithdrawalDecided':
      return { ...framed, outcome: 'stop', withdrawal: cause.id };
    case 'DestructionOrdered':
      return anonymising(said, before);
    default:
      // `DataDestroyed` is a fact, whatever the order was.
      return { ...framed, facts: [], categories: said.categories, order: cause.id };
  }
}
