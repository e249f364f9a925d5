import { randomUUID } from 'node:crypto';
import type { LedgerEvent, RegisterRecipient, RegisterSubject } from '#domain';
import type { Ledger } from '../ledger.js';
import type { Answer } from './answer.js';
import { findUsedUp } from './repeat.js';
import { serviceSource } from './submit-on.js';
import { submit, type Submitter } from './submit.js';

/** A registration by somebody who has no reference of their own: the ledger's id is what they get. */
export interface Registration {
  readonly command: RegisterSubject | RegisterRecipient;
  /** ISO instant as given; absent: now. */
  readonly time?: string;
  /** Makes it repeatable; absent: it happens each time. */
  readonly key?: string;
}

/** Registers a person or a recipient; `subject` of the answer is its id, also in a repeat. */
export async function registerAt(
  ledger: Ledger,
  { command, time, key = randomUUID() }: Registration,
  submitter: Submitter,
): Promise<Answer> {
  const { operator } = command;
  const named = { source: serviceSource(operator), id: key, reference: key, command };
  const submission = time === undefined ? named : { ...named, time };
  const answer = await submit(ledger, submission, { ...submitter, operator });
  if (answer.status !== 'duplicate' || answer.event === undefined) return answer;
  return { ...answer, ...idIn(await findUsedUp(ledger, answer.event)) };
}

function idIn(found: { readonly event: LedgerEvent } | undefined): { readonly subject?: string } {
  switch (found?.event.type) {
    case 'SubjectRegistered':
      return { subject: found.event.data.subject };
    case 'RecipientRegistered':
      return { subject: found.event.data.recipient };
    default:
      return {};
  }
}
