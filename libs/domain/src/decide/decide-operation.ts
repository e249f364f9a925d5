import type { Operate } from '../command/command.js';
import type { EventData } from '../event/catalogue.js';
import type { Ask } from '../gate/ask.js';
import { isOperation } from '../gate/operation.js';
import { judge, type Judgement } from '../gate/judge.js';
import { EVENT_OF } from '../subject/evolve-operation.js';
import type { SubjectState } from '../subject/subject-state.js';
import { askOf, reasonCodeOf } from './ask-of.js';
import type { DecideContext, Draft } from './context.js';
import { frame, momentsOf, outcome } from './frame.js';
import { lateNotice } from './late-notice.js';
import { valuesOf, type SealedTexts } from './values.js';

/**
 * Decides on an operation of clause 2.4: one event (one per recipient), or one refusal; reported breaches are
 * followed by `ViolationDetected`. Values are handed over for sealing only where the verdict is lawful.
 */
export function decideOperation(
  command: Operate,
  state: SubjectState,
  context: DecideContext,
): readonly Draft[] {
  const asks = asksOf(command, context);
  const judged = asks.map(({ ask, recipient }) => ({
    ask,
    judgement: judge(ask, state, momentsOf(context), recipient),
  }));
  const worst = judged.find(({ judgement }) => judgement.codes.length > 0);
  if (worst === undefined) return lawful(command, judged, state, context);
  const { verdict } = outcome(worst.ask, worst.judgement, context);
  if (verdict === 'refused') return [refused(command, worst, state, context)];
  return violation(command, worst, state, context);
}

interface Judged {
  readonly ask: Ask;
  readonly judgement: Judgement;
}

function asksOf(
  command: Operate,
  context: DecideContext,
): readonly { readonly ask: Ask; readonly recipient: RecipientOf | undefined }[] {
  const ask = askOf(command, context);
  if (context.recipients.length === 0) return [{ ask, recipient: undefined }];
  return context.recipients.map((recipient) => ({
    ask: { ...ask, recipient: recipient?.id ?? null },
    recipient: recipient?.state,
  }));
}

type RecipientOf = NonNullable<DecideContext['recipients'][number]>['state'];

function lawful(
  command: Operate,
  judged: readonly Judged[],
  state: SubjectState,
  context: DecideContext,
): readonly Draft[] {
  const drafts = judged.map(({ ask, judgement }, index) => {
    const data = operationData(command, { ask, judgement }, state, context);
    return draftOf(ask, data, index === 0 ? valuesOf(command) : NOTHING, state);
  });
  if (command.operation === 'depersonalise' && command.strength === 'anonymous') {
    drafts.push(anonymising(drafts[0]?.data as OperationData, state));
  }
  const notice = lateNotice(command, state, context, drafts.length);
  return notice === undefined ? drafts : [...drafts, notice];
}

type OperationData = EventData<'DataUsed'>;

const NOTHING: SealedTexts = { seal: {}, file: {} };

function draftOf(ask: Ask, data: OperationData, values: SealedTexts, state: SubjectState): Draft {
  const operation = isOperation(ask.kind) ? ask.kind : 'use';
  return operation === 'destroy'
    ? { type: 'DestructionOrdered', data: { ...data, generation: state.generation + 1 }, ...values }
    : { type: EVENT_OF[operation], data, ...values };
}

/** Anonymising is a destruction of what identifies (contract §3). */
function anonymising(data: OperationData, state: SubjectState): Draft {
  return {
    type: 'DestructionOrdered',
    data: { ...data, operation: 'destroy', generation: state.generation + 1 },
  };
}

function operationData(
  command: Operate,
  { ask, judgement }: Judged,
  state: SubjectState,
  context: DecideContext,
): OperationData {
  const { codes } = judgement;
  const data: Writable<OperationData> = {
    ...frame(state.registered, context),
    ...outcome(ask, judgement, context),
    operation: isOperation(ask.kind) ? ask.kind : null,
  };
  set(data, 'purpose', ask.purpose);
  set(data, 'basis', withConsent(ask, judgement));
  set(data, 'categories', ask.categories);
  set(data, 'medium', command.medium);
  set(data, 'dataSource', command.dataSource && { kind: command.dataSource.kind });
  set(data, 'recipient', ask.recipient);
  set(data, 'country', ask.country);
  set(data, 'strength', ask.strength);
  set(data, 'reasonCode', reasonCodeOf(command.reasonCode));
  set(data, 'ground', ask.ground as OperationData['ground']);
  if (codes.length > 0) data.codes = codes;
  return data;
}

type Writable<T> = { -readonly [K in keyof T]: T[K] };

/** An absent field is not there, rather than undefined. */
function set<T, K extends keyof T>(target: T, name: K, value: T[K] | undefined): void {
  if (value !== undefined) target[name] = value;
}

/** The picked consent's id goes into the event, so that a reader sees what the operation rested on. */
function withConsent({ basis }: Ask, { consent }: Judgement): OperationData['basis'] {
  if (basis === undefined || consent === null) return basis;
  return { ...basis, ref: consent.id };
}

function refused(
  command: Operate,
  judged: Judged,
  state: SubjectState,
  context: DecideContext,
): Draft {
  const { codes } = judged.judgement;
  const code = codes[0];
  if (code === undefined) throw new TypeError('a refusal needs a code');
  const data = operationData(command, judged, state, context);
  return { type: 'OperationRefused', data: { ...data, command: 'operate', code, codes } };
}

function violation(
  command: Operate,
  judged: Judged,
  state: SubjectState,
  context: DecideContext,
): readonly Draft[] {
  const data = operationData(command, judged, state, context);
  const { ask, judgement } = judged;
  const breach = draftOf(ask, data, NOTHING, state);
  return [
    breach,
    {
      type: 'ViolationDetected',
      data: {
        ...frame(state.registered, context),
        ...outcome(ask, judgement, context),
        codes: judgement.codes,
        operations: [context.eventId(0)],
      },
    },
  ];
}
