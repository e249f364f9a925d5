import {
  checkIdentifier,
  decide,
  evolve,
  initialState,
  type Draft,
  type LedgerEvent,
  type Mode,
  type SubjectCommand,
  type Submission,
  type ActorRole,
} from '#domain';
import type { Ledger } from '../ledger.js';
import { LedgerError } from '../ledger-error.js';
import { answerOf, invalidOf, started, type Answer, type Started } from './answer.js';
import { contextOf, type Asking } from './context.js';
import { completeDestruction } from './destruction.js';
import { registerRecipient, registerSubject } from './register.js';
import { answerRepeat, type Repeat } from './repeat.js';

/** Who submits, in which mode, for which operators. */
export interface Submitter {
  readonly name: string;
  readonly role: ActorRole;
  readonly mode: Mode;
  /** Whose references and subjects it may name; absent: every operator's. */
  readonly operator?: string;
}

/** Judges and records one command of an emitter; answers when it is durable. */
export async function submit(
  ledger: Ledger,
  submission: Submission,
  submitter: Submitter,
): Promise<Answer> {
  try {
    // In the order of the calls for one reference; the next is decided while this one becomes durable.
    const lock = `${submission.source} ${submission.reference}`;
    const { answer } = await ledger.mutex.run(lock, async () =>
      start(ledger, submission, submitter),
    );
    return await answer();
  } catch (error) {
    return invalidOf(error);
  }
}

async function start(
  ledger: Ledger,
  submission: Submission,
  submitter: Submitter,
): Promise<Started> {
  const { command } = submission;
  if (command.kind === 'register-subject') {
    const asking = await askingOf(ledger, submission, submitter, command.operator);
    return registerSubject(ledger, submission, command, asking);
  }
  if (command.kind === 'register-recipient') {
    const asking = await askingOf(ledger, submission, submitter, command.operator);
    return registerRecipient(ledger, submission, command, asking);
  }
  const { operator, subject } = resolveSubject(ledger, submission, submitter.operator);
  checkValues(ledger, operator, command);
  const asking = await askingOf(ledger, submission, submitter, operator);
  return startOnSubject(ledger, subject, command, asking);
}

/**
 * Judges a command on a subject known by its ledger id and sets it on its way into the log.
 * @throws {LedgerError} NOT_FOUND, INVALID_REQUEST; the answer throws UNAVAILABLE.
 */
export async function startOnSubject(
  ledger: Ledger,
  subject: string,
  command: SubjectCommand,
  asking: Asking,
): Promise<Started> {
  const outcome = await ledger.mutex.run(subject, async () =>
    recordOn(ledger, subject, command, asking),
  );
  if ('repeat' in outcome)
    return { answer: async () => answerRepeat(ledger.parts.vault, outcome.repeat) };
  const index = outcome.events.findIndex((event) => event.type === 'DestructionOrdered');
  const order = outcome.events[index];
  if (order?.type !== 'DestructionOrdered' || order.data.verdict !== 'lawful')
    return started(outcome);
  ledger.openOrders.add(order.id);
  return {
    answer: async () => {
      const { firstOrdinal } = await outcome.durable;
      return destroyed(ledger, order, firstOrdinal + BigInt(index), asking);
    },
  };
}

type Outcome =
  | { readonly repeat: Repeat }
  | {
      readonly events: readonly LedgerEvent[];
      readonly durable: ReturnType<Ledger['recorder']['record']>['durable'];
    };

async function recordOn(
  ledger: Ledger,
  subject: string,
  command: SubjectCommand,
  asking: Asking,
): Promise<Outcome> {
  const loaded = await ledger.subjects.load(subject);
  const { registered } = loaded.state;
  if (registered?.operator !== asking.operator) throw unknownSubject();
  const context = await contextOf(ledger, asking, command);
  const before = await ledger.recorder.find(asking.firstId);
  if (before !== undefined) {
    const again = firstOf(decide(command, { ...initialState, registered }, context));
    const timed = asking.time !== undefined;
    const repeat = { stored: before.event, durable: before.durable, command, again, timed };
    return { repeat };
  }
  const drafts = decide(command, loaded.state, context);
  const { events, durable } = ledger.recorder.record({
    tail: loaded,
    operator: asking.operator,
    drafts,
    eventId: context.eventId,
    actor: asking.actor,
  });
  for (const event of events) loaded.state = evolve(loaded.state, event);
  // What follows was decided on this; if it does not become durable, nothing of it may stand.
  durable.catch(() => ledger.subjects.forget());
  return { events, durable };
}

async function destroyed(
  ledger: Ledger,
  order: LedgerEvent<'DestructionOrdered'>,
  ordinal: bigint,
  asking: Asking,
): Promise<Answer> {
  const { actor } = asking;
  const {
    event,
    ordinal: position,
    certificate,
  } = await completeDestruction(ledger, order, ordinal, actor);
  return { ...answerOf(event, position), certificate };
}

async function askingOf(
  ledger: Ledger,
  submission: Submission,
  submitter: Submitter,
  operator: string,
): Promise<Asking> {
  if (!ledger.parts.governance.operators().includes(operator)) {
    throw new LedgerError('INVALID_REQUEST', 'data.operator is not an operator of this ledger');
  }
  if ((submitter.operator ?? operator) !== operator) {
    throw new LedgerError('INVALID_REQUEST', 'data.operator is not the operator of the emitter');
  }
  const { source, id, time } = submission;
  return {
    operator,
    source,
    time,
    mode: submitter.mode,
    actor: await ledger.actor(operator, submitter.name, submitter.role),
    firstId: ledger.parts.vault.commandId(operator, source, id),
  };
}

function resolveSubject(
  ledger: Ledger,
  { source, reference }: Submission,
  only: string | undefined,
): { readonly operator: string; readonly subject: string } {
  const found = ledger.parts.vault
    .resolve(source, reference)
    .filter(({ kind, operator }) => kind === 'subject' && (only ?? operator) === operator);
  const [known, other] = found;
  if (other !== undefined) {
    throw new LedgerError(
      'CONFLICT',
      'two operators know this reference: use a source of its own for each',
    );
  }
  if (known === undefined) throw unknownSubject();
  return { operator: known.operator, subject: known.id };
}

function unknownSubject(): LedgerError {
  return new LedgerError(
    'NOT_FOUND',
    'nobody is registered under this reference: register the subject first',
  );
}

/** Values of typed categories must pass their check digits, before the gate (contract §3). */
export function checkValues(ledger: Ledger, operator: string, command: SubjectCommand): void {
  if (command.kind !== 'operate' || command.data === undefined) return;
  const policies = [...ledger.parts.governance.timeline(operator).published.values()];
  for (const [category, value] of Object.entries(command.data)) {
    const scheme = policies
      .map((policy) => policy.schemes.get(category))
      .find((known) => known !== undefined);
    const fault = scheme === undefined ? 'ok' : checkIdentifier(scheme, value);
    if (fault !== 'ok') {
      throw new LedgerError(
        'INVALID_VALUE',
        `the value of ${category} fails its check (${scheme}, ${fault})`,
      );
    }
  }
}

function firstOf(drafts: readonly Draft[]): Draft {
  const [first] = drafts;
  if (first === undefined) throw new LedgerError('BROKEN', 'a command made no event');
  return first;
}
