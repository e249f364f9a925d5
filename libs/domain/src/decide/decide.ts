import type { EmitterCommand, ReceiveRequest, RegisterSubject } from '../command/command.js';
import type { SubjectState } from '../subject/subject-state.js';
import type { DecideContext, Draft } from './context.js';
import { decideOperation } from './decide-operation.js';
import {
  decideConsent,
  decideContract,
  decideHold,
  decidePurposeEnd,
  decideWithdrawal,
} from './decide-statement.js';
import { UNASKED, frame, outcome } from './frame.js';
import { valuesOf } from './values.js';

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
      return decideHold(command, state, context);
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
      ...frame(registered, context, UNASKED.SubjectRegistered),
      schemes: command.identifiers.map(({ scheme }) => scheme as 'KZ-IIN'),
    },
  };
}

/** A registration for a destroyed person makes nobody anew: it is refused, as an event (design §6). */
export function refuseRegistration(
  command: RegisterSubject,
  state: SubjectState,
  context: DecideContext,
): Draft {
  const { actorRole } = context;
  const judged = { codes: ['DESTROYED'], basis: undefined } as const;
  const turnedAway = outcome({ kind: 'registration', facts: [], actorRole }, judged, context);
  return {
    type: 'OperationRefused',
    data: {
      ...frame(state.registered, context, turnedAway),
      subjectKind: command.subjectKind,
      operation: null,
      command: 'register-subject',
      code: 'DESTROYED',
      codes: judged.codes,
    },
  };
}

/** A request is taken in any state: a person may ask about what was destroyed (AKJET 8.1.1). */
function decideRequest(
  command: ReceiveRequest,
  state: SubjectState,
  context: DecideContext,
): Draft {
  const { seal } = valuesOf(command);
  const framed = frame(state.registered, context, UNASKED.RequestReceived);
  const data = { ...framed, request: command.request };
  // The key of a destroyed subject is gone: what is said after that is the operator's.
  const values = state.destroyed === 'all' ? { file: seal } : { seal };
  return { type: 'RequestReceived', data, ...values };
}
