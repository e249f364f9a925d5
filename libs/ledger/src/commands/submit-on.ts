import { randomUUID } from 'node:crypto';
import type { LedgerEvent, SubjectCommand } from '#domain';
import type { RecordedEvent } from '#event-store';
import type { Ledger } from '../ledger.js';
import { invalidOf, type Answer } from './answer.js';
import { certificateOf } from './certificate.js';
import { checkValues, startOnSubject, type Submitter } from './submit.js';

/** A command on a subject that its caller knows by the ledger's own id. */
export interface SubjectSubmission {
  readonly operator: string;
  readonly subject: string;
  readonly command: SubjectCommand;
  /** ISO instant as given; absent: now. */
  readonly time?: string;
  /** Makes it repeatable (contract §4, Idempotency-Key); absent: it happens each time. */
  readonly key?: string;
}

/** The source under which an operator's service knows commands by their keys (contract §4). */
export function serviceSource(operator: string): string {
  return `urn:pdl:http:${operator}`;
}

/** Judges and records one command on a known subject; a repeat answers what the first one was told. */
export async function submitOn(
  ledger: Ledger,
  submission: SubjectSubmission,
  submitter: Submitter,
): Promise<Answer> {
  const { operator, subject, command, time, key } = submission;
  const source = serviceSource(operator);
  const { vault } = ledger.parts;
  const firstId = key === undefined ? randomUUID() : vault.commandId(operator, source, key);
  try {
    checkValues(ledger, operator, command);
    const actor = await ledger.actor(operator, submitter.name, submitter.role);
    const asking = { operator, source, actor, mode: submitter.mode, time, firstId };
    // In the order of the calls for one key, whatever subject they name.
    const { answer } = await ledger.mutex.run(`${source} ${key ?? firstId}`, async () =>
      startOnSubject(ledger, subject, command, asking),
    );
    return await asFirstTold(ledger, operator, await answer());
  } catch (error) {
    return invalidOf(error);
  }
}

/** A repeat is found by its event alone: position and certificate are looked up again. */
export async function asFirstTold(
  ledger: Ledger,
  operator: string,
  answer: Answer,
): Promise<Answer> {
  if (answer.status !== 'duplicate' || answer.event === undefined) return answer;
  const { store, vault } = ledger.parts;
  const first = await ledger.recorder.find(answer.event);
  const destroyed = await ledger.recorder.find(vault.furtherId(operator, answer.event, 1));
  if (first?.event.type === 'DestructionOrdered' && destroyed?.event.type === 'DataDestroyed') {
    await destroyed.durable;
    const recorded = await store.findEvent(destroyed.event.id);
    return { ...answer, ...toldOf(first.event, destroyed.event), ...placeOf(recorded) };
  }
  return { ...answer, ...placeOf(await store.findEvent(answer.event)) };
}

function placeOf(recorded: RecordedEvent | undefined): { readonly position?: string } {
  return recorded === undefined ? {} : { position: String(recorded.ordinal) };
}

function toldOf(
  order: LedgerEvent<'DestructionOrdered'>,
  done: LedgerEvent<'DataDestroyed'>,
): Partial<Answer> {
  return {
    event: done.id,
    revision: done.revision,
    recordedAt: done.metadata.recordedAt,
    certificate: certificateOf(order, done),
  };
}

/** What was decided on a withdrawal (Law 94-V art. 8(7)). */
export interface WithdrawalAnswer {
  readonly answer: Answer;
  /** Absent when the withdrawal was refused or not taken. */
  readonly decision?: { readonly event: string; readonly outcome: 'stop' | 'continue' };
}

/** Withdraws a consent and answers with the decision that the same append records. */
export async function withdrawOn(
  ledger: Ledger,
  submission: SubjectSubmission,
  submitter: Submitter,
): Promise<WithdrawalAnswer> {
  const answer = await submitOn(ledger, submission, submitter);
  if (answer.event === undefined) return { answer };
  const decided = ledger.parts.vault.furtherId(submission.operator, answer.event, 1);
  const found = await ledger.recorder.find(decided);
  if (found?.event.type !== 'WithdrawalDecided') return { answer };
  return { answer, decision: { event: found.event.id, outcome: found.event.data.outcome } };
}
