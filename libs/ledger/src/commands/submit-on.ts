import { randomUUID } from 'node:crypto';
import type { LedgerEvent, SubjectCommand } from '#domain';
import type { Ledger } from '../ledger.js';
import { invalidOf, type Answer } from './answer.js';
import { certificateOf } from './certificate.js';
import { answerOn } from './decide-on.js';
import { findUsedUp } from './repeat.js';
import type { Submitter } from './submit.js';

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
    const actor = await ledger.actor(operator, submitter.name, submitter.role);
    const asking = { operator, source, actor, mode: submitter.mode, time, firstId };
    const answer = await answerOn(ledger, subject, command, asking);
    return await asFirstTold(ledger, operator, answer);
  } catch (error) {
    return invalidOf(error);
  }
}

/** A repeated order of destruction is answered by what completed it, and the certificate. */
async function asFirstTold(ledger: Ledger, operator: string, answer: Answer): Promise<Answer> {
  if (answer.status !== 'duplicate' || answer.event === undefined) return answer;
  const first = await findUsedUp(ledger, answer.event);
  if (first?.event.type !== 'DestructionOrdered') return answer;
  const id = ledger.parts.vault.furtherId(operator, first.event.id, 1);
  const done = await findUsedUp(ledger, id);
  if (done?.event.type !== 'DataDestroyed') return answer;
  const { firstOrdinal } = await done.durable;
  return { ...answer, ...toldOf(first.event, done.event), position: String(firstOrdinal) };
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
  const found = await findUsedUp(ledger, decided);
  if (found?.event.type !== 'WithdrawalDecided') return { answer };
  return { answer, decision: { event: found.event.id, outcome: found.event.data.outcome } };
}
