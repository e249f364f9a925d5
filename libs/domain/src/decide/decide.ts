import type {
  EmitterCommand,
  NoteHold,
  ReceiveRequest,
  RegisterSubject,
} from '../command/command.js';
import { isDestroyed, type SubjectState } from '../subject/subject-state.js';
import { citeRefusal } from '../gate/citations.js';
import { given, isKnownCategory } from './ask-of.js';
import type { DecideContext, Draft } from './context.js';
import { decideOperation } from './decide-operation.js';
import {
  decideConsent,
  decideContract,
  decidePurposeEnd,
  decideWithdrawal,
} from './decide-statement.js';
import { frame } from './frame.js';

/** Commands on a subject that is already registered. */
export type SubjectCommand = Exclude<
  EmitterCommand,
  RegisterSubject | { readonly kind: 'register-recipient' }
>;

/** Decides on a command: the events it makes, a refusal among them. Pure and total. */
export function decide(
  command: SubjectCommand,
  state: SubjectState,
  context: DecideContext,
): readonly Draft[] {
  switch (command.kind) {
    case 'operate':
      return decideOperation(command, state, context);
    case 'record-consent':
      return decideConsent(command, state, context);
    case 'withdraw-consent':
      return decideWithdrawal(command, state, context);
    case 'note-contract':
      return decideContract(command, state, context);
    case 'achieve-purpose':
      return decidePurposeEnd(command, state, context);
    case 'note-hold':
      return [decideHold(command, state, context)];
    case 'receive-request':
      return [decideRequest(command, state, context)];
  }
}

/** The registration of a person: the first event of its stream. */
export function decideRegistration(
  command: RegisterSubject,
  subject: string,
  context: DecideContext,
): Draft {
  const registered = { operator: command.operator, subject, kind: command.subjectKind };
  return {
    type: 'SubjectRegistered',
    data: {
      ...frame({ registered } as SubjectState, context),
      verdict: 'lawful',
      clauses: [],
      facts: [],
      schemes: command.identifiers.map(({ scheme }) => scheme as 'KZ-IIN'),
    },
  };
}

function decideHold(command: NoteHold, state: SubjectState, context: DecideContext): Draft {
  const categories = command.categories?.filter((category) => isKnownCategory(category, context));
  const data = { ...frame(state, context), ...given('categories', categories), facts: [] };
  if (isDestroyed(state, categories)) {
    const policy = context.occurred.policy;
    return {
      type: 'OperationRefused',
      data: {
        ...data,
        verdict: 'refused',
        clauses: citeRefusal(['DESTROYED'], policy),
        operation: null,
        command: 'note-hold',
        code: 'DESTROYED',
        codes: ['DESTROYED'],
      },
    };
  }
  return {
    type: command.change === 'placed' ? 'HoldPlaced' : 'HoldReleased',
    data: { ...data, verdict: 'lawful', clauses: [] },
    seal: { 'pdl:reason': command.reason },
  };
}

/** A request is taken in any state: a person may ask about what was destroyed (AKJET 8.1.1). */
function decideRequest(
  command: ReceiveRequest,
  state: SubjectState,
  context: DecideContext,
): Draft {
  const texts = { 'pdl:channel': command.channel, ...given('pdl:details', command.details) };
  const data = {
    ...frame(state, context),
    verdict: 'lawful',
    clauses: ['law:24(1)'],
    facts: [],
  } as const;
  return {
    type: 'RequestReceived',
    data: { ...data, request: command.request },
    // The key of a destroyed subject is gone: what is said after that is the operator's.
    ...(state.destroyed === 'all' ? { file: texts } : { seal: texts }),
  };
}
