import { randomUUID } from 'node:crypto';
import {
  checkIdentifier,
  decideRegistration,
  normaliseIdentifier,
  refuseRegistration,
  evolve,
  type DecideContext,
  type Draft,
  type IdentifierScheme,
  type RegisterRecipient,
  type RegisterSubject,
  type Submission,
  evolveRecipient,
  valuesOf,
} from '#domain';
import type { Identifier, Reference } from '#vault';
import type { Ledger } from '../ledger.js';
import { LedgerError, wrongField } from '../ledger-error.js';
import { contextOf, type Asking } from './context.js';
import type { ReadAhead } from './read-ahead.js';
import { answerRepeat, repeated, reused, type UsedUp } from './repeat.js';
import type { Decided } from './settle.js';

/** Registers a person under an operator; the reference is the emitter's, the id ours and random. Synchronous. */
export function registerSubject(
  ledger: Ledger,
  submission: Submission,
  command: RegisterSubject,
  ahead: ReadAhead,
): Decided | undefined {
  const { asking } = ahead;
  if (asking === undefined) return undefined;
  assertKind(ledger, command);
  const identifiers = command.identifiers.map(checkedIdentifier);
  const context = contextOf(ledger, asking, command);
  const registration = { command, identifiers, asking, context };
  const before = repeated(ledger, asking.firstId, ahead.stored);
  const known = knownAs(ledger, submission, command.operator);
  if (before !== undefined) return repeatedBy(ledger, before, known, registration);
  if (known === undefined) return makeSubject(ledger, submission, registration);
  return registeredBefore(ledger, known, registration, ahead);
}

function repeatedBy(
  ledger: Ledger,
  before: UsedUp,
  known: Reference | undefined,
  { command, identifiers, asking, context }: Registration,
): Decided {
  const { id: subject = '', destroyed = true } = known ?? {};
  const again = decideRegistration(command, subject, context);
  const repeat = { ...before, command, again, timed: asking.time !== undefined };
  return {
    settle: async () => {
      const answer = await answerRepeat(ledger, repeat);
      if (answer.status !== 'duplicate' || destroyed) return { ...answer, subject };
      const isFound = await isFoundBy(ledger, subject, asking.operator, identifiers);
      return { ...(isFound ? answer : reused()), subject };
    },
  };
}

/** Identifiers are kept as what a look-up finds by, so that is how they are compared. */
async function isFoundBy(
  { parts: { vault } }: Ledger,
  subject: string,
  operator: string,
  identifiers: readonly Identifier[],
): Promise<boolean> {
  for (const identifier of identifiers) {
    if (!(await vault.lookup(operator, identifier)).includes(subject)) return false;
  }
  return true;
}

function knownAs(
  ledger: Ledger,
  { source, reference }: Submission,
  operator: string,
): Reference | undefined {
  return ledger.parts.vault.resolve(source, reference).find((known) => known.operator === operator);
}

interface Registration {
  readonly command: RegisterSubject;
  readonly identifiers: readonly Identifier[];
  readonly asking: Asking;
  readonly context: DecideContext;
}

function makeSubject(
  ledger: Ledger,
  { source, reference }: Submission,
  { command, identifiers, asking, context }: Registration,
): Decided {
  const { vault } = ledger.parts;
  const { operator, firstId, actor } = asking;
  const subject = randomUUID();
  const loaded = ledger.subjects.fresh(subject);
  const target = { kind: 'subject' as const, id: subject, eventId: firstId };
  vault.stageReference(operator, source, reference, target);
  vault.stageSubject(operator, subject, firstId, identifiers);
  const drafts = [decideRegistration(command, subject, context)];
  const { eventId, read } = context;
  const recorded = ledger.recorder.record({ tail: loaded, drafts, eventId, actor, read });
  for (const event of recorded.events) loaded.state = evolve(loaded.state, event);
  return { recorded, more: { subject } };
}

/** Registers a recipient, bound at once when its contract comes along (AKJET 7.5). Synchronous. */
export function registerRecipient(
  ledger: Ledger,
  submission: Submission,
  command: RegisterRecipient,
  ahead: ReadAhead,
): Decided | undefined {
  const { vault } = ledger.parts;
  const { operator } = command;
  const { asking } = ahead;
  if (asking === undefined) return undefined;
  const { firstId, actor } = asking;
  const context = contextOf(ledger, asking, command);
  const known = knownAs(ledger, submission, operator);
  const recipient = known?.id ?? randomUUID();
  const drafts = recipientDrafts(command, recipient, context.occurredAt);
  const before = repeated(ledger, firstId, ahead.stored);
  if (before !== undefined && drafts[0] !== undefined) {
    const again = drafts[0];
    const repeat = { ...before, command, again, timed: submission.time !== undefined };
    return { settle: async () => answerRepeat(ledger, repeat) };
  }
  if (known !== undefined) throw alreadyRegistered();
  assertClass(ledger, command);
  const target = { kind: 'recipient' as const, id: recipient, eventId: firstId };
  vault.stageReference(operator, submission.source, submission.reference, target);
  const loaded = ledger.subjects.freshRecipient(recipient);
  const { eventId } = context;
  const recorded = ledger.recorder.record({ tail: loaded, drafts, eventId, actor });
  for (const event of recorded.events) loaded.state = evolveRecipient(loaded.state, event);
  return { recorded, more: { subject: recipient } };
}

function recipientDrafts(
  command: RegisterRecipient,
  recipient: string,
  occurredAt: string,
): readonly Draft[] {
  const { operator, class: of, country } = command;
  const data = { operator, recipient, occurredAt };
  const { file } = valuesOf(command);
  const registered: Draft = {
    type: 'RecipientRegistered',
    data: { ...data, class: of, country },
    file,
  };
  return command.contractSha256 === undefined
    ? [registered]
    : [registered, { type: 'ProcessorBound', data }];
}

/** A second registration of one reference: a refusal for the destroyed, else a conflict. */
function registeredBefore(
  ledger: Ledger,
  known: Reference,
  { command, asking, context }: Registration,
  ahead: ReadAhead,
): Decided | undefined {
  if (known.kind !== 'subject') throw alreadyRegistered();
  const loaded = ledger.subjects.cached(known.id) ?? ahead.subject;
  if (loaded === undefined) return undefined;
  if (loaded.state.registered === null) {
    // Another node is about to record it, or was cut off: what that left is swept.
    throw new LedgerError('UNAVAILABLE', 'this reference is being registered: send it again');
  }
  if (loaded.state.destroyed !== 'all') throw alreadyRegistered();
  const { eventId, read } = context;
  const drafts = [refuseRegistration(command, loaded.state, context)];
  const { actor } = asking;
  return { recorded: ledger.recorder.record({ tail: loaded, drafts, eventId, actor, read }) };
}

function alreadyRegistered(): LedgerError {
  return new LedgerError(
    'CONFLICT',
    'this reference is registered already: use it, or register another',
  );
}

function assertKind(ledger: Ledger, { operator, subjectKind }: RegisterSubject): void {
  const { published } = ledger.parts.governance.timeline(operator);
  const known = [...published.values()].some((policy) => policy.kinds.has(subjectKind));
  if (!known) {
    const message = `is not a subject kind of ${operator}: see "pdl policy show ${operator}"`;
    throw wrongField('data.kind', message);
  }
}

/** Whether a recipient must be bound is said by its class: one of another operator's policy would be free of it. */
function assertClass(ledger: Ledger, { operator, class: named }: RegisterRecipient): void {
  const { published } = ledger.parts.governance.timeline(operator);
  const known = [...published.values()].some(({ policy }) =>
    policy.recipientClasses.some(({ code }) => code === named),
  );
  if (known) return;
  const message = `is not a class of recipients of ${operator}: name one of its policy`;
  throw wrongField('data.class', message);
}

function checkedIdentifier({
  scheme,
  value,
}: {
  readonly scheme: string;
  readonly value: string;
}): {
  readonly scheme: string;
  readonly value: string;
} {
  const known = scheme as IdentifierScheme;
  const fault = checkIdentifier(known, value);
  if (fault !== 'ok') {
    throw new LedgerError(
      'INVALID_VALUE',
      `an identifier of scheme ${scheme} fails its check (${fault})`,
    );
  }
  return { scheme, value: normaliseIdentifier(known, value) };
}
