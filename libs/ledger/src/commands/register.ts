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
import type { Identifier } from '#vault';
import type { Ledger } from '../ledger.js';
import { LedgerError } from '../ledger-error.js';
import { recipientStream } from '../recording/subjects.js';
import { started, type Started } from './answer.js';
import { contextOf, type Asking } from './context.js';
import { answerRepeat } from './repeat.js';

/** Registers a person under an operator; the reference is the emitter's, the id ours and random. */
export async function registerSubject(
  ledger: Ledger,
  submission: Submission,
  command: RegisterSubject,
  asking: Asking,
): Promise<Started> {
  const { vault } = ledger.parts;
  const { operator, firstId } = asking;
  assertKind(ledger, command);
  const identifiers = command.identifiers.map(checkedIdentifier);
  const context = await contextOf(ledger, asking, command);
  const before = await ledger.recorder.find(firstId);
  const known = vault
    .resolve(submission.source, submission.reference)
    .find((reference) => reference.operator === operator);
  if (before !== undefined) {
    const subject = known?.id ?? '';
    const again = decideRegistration(command, subject, context);
    const repeat = { stored: before.event, durable: before.durable, command, again };
    const timed = submission.time !== undefined;
    return {
      answer: async () => ({ ...(await answerRepeat(vault, { ...repeat, timed })), subject }),
    };
  }
  if (known !== undefined) return registeredBefore(ledger, known, command, asking);
  return makeSubject(ledger, submission, { command, identifiers, asking, context });
}

async function makeSubject(
  ledger: Ledger,
  { source, reference }: Submission,
  { command, identifiers, asking, context }: Registration,
): Promise<Started> {
  const { vault } = ledger.parts;
  const { operator, firstId, actor } = asking;
  const subject = randomUUID();
  const loaded = ledger.subjects.fresh(subject);
  const target = { kind: 'subject' as const, id: subject, eventId: firstId };
  vault.stageReference(operator, source, reference, target);
  vault.stageSubject(operator, subject, firstId, identifiers);
  const drafts = [decideRegistration(command, subject, context)];
  const { eventId } = context;
  const recorded = ledger.recorder.record({ tail: loaded, operator, drafts, eventId, actor });
  for (const event of recorded.events) loaded.state = evolve(loaded.state, event);
  return started(recorded, { subject });
}

interface Registration {
  readonly command: RegisterSubject;
  readonly identifiers: readonly Identifier[];
  readonly asking: Asking;
  readonly context: DecideContext;
}

/** Registers a recipient, bound at once when its contract comes along (AKJET 7.5). */
export async function registerRecipient(
  ledger: Ledger,
  submission: Submission,
  command: RegisterRecipient,
  asking: Asking,
): Promise<Started> {
  const { vault } = ledger.parts;
  const { operator, firstId } = asking;
  const context = await contextOf(ledger, asking, command);
  const known = vault
    .resolve(submission.source, submission.reference)
    .find((reference) => reference.operator === operator);
  const recipient = known?.id ?? randomUUID();
  const drafts = recipientDrafts(command, recipient, context.occurredAt);
  const before = await ledger.recorder.find(firstId);
  if (before !== undefined && drafts[0] !== undefined) {
    const repeat = { stored: before.event, durable: before.durable, command, again: drafts[0] };
    const timed = submission.time !== undefined;
    return { answer: async () => answerRepeat(vault, { ...repeat, timed }) };
  }
  if (known !== undefined) throw alreadyRegistered();
  vault.stageReference(operator, submission.source, submission.reference, {
    kind: 'recipient',
    id: recipient,
    eventId: firstId,
  });
  const loaded = await ledger.subjects.recipient(recipient);
  const tail = loaded.revision >= 0n ? loaded : { ...loaded, stream: recipientStream(recipient) };
  const recorded = ledger.recorder.record({
    tail,
    operator,
    drafts,
    eventId: context.eventId,
    actor: asking.actor,
  });
  for (const event of recorded.events) loaded.state = evolveRecipient(loaded.state, event);
  return started(recorded, { subject: recipient });
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

/** A second registration of one reference: a repeat in other words, a refusal for the destroyed, else a conflict. */
async function registeredBefore(
  ledger: Ledger,
  known: { readonly id: string; readonly kind: string },
  command: RegisterSubject,
  asking: Asking,
): Promise<Started> {
  if (known.kind !== 'subject') throw alreadyRegistered();
  const context = await contextOf(ledger, asking, command);
  return ledger.mutex.run(known.id, async () => {
    const loaded = await ledger.subjects.load(known.id);
    if (loaded.state.destroyed !== 'all') throw alreadyRegistered();
    return started(
      ledger.recorder.record({
        tail: loaded,
        operator: asking.operator,
        drafts: [refuseRegistration(command, loaded.state, context)],
        eventId: context.eventId,
        actor: asking.actor,
      }),
    );
  });
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
    throw new LedgerError(
      'INVALID_REQUEST',
      `data.kind is not a subject kind of ${operator}: see "pdl policy show ${operator}"`,
    );
  }
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
