import type { Json, Operate } from '../command/command.js';
import type { EventData } from '../event/catalogue.js';
import type { Ask } from '../gate/ask.js';
import { isOperation } from '../gate/operation.js';
import { judge, type Judgement } from '../gate/judge.js';
import { EVENT_OF } from '../subject/evolve-operation.js';
import type { SubjectState } from '../subject/subject-state.js';
import { askOf, given, reasonCodeOf } from './ask-of.js';
import type { DecideContext, Draft } from './context.js';
import { frame, momentsOf, outcome } from './frame.js';
import { lateNotice } from './late-notice.js';

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
    return draftOf(command, ask, data, index === 0 ? textOf(command) : {}, state);
  });
  if (command.operation === 'depersonalise' && command.strength === 'anonymous') {
    drafts.push(anonymising(drafts[0]?.data as OperationData, state));
  }
  const notice = lateNotice(command, state, context, drafts.length);
  return notice === undefined ? drafts : [...drafts, notice];
}

type OperationData = EventData<'DataUsed'>;

function draftOf(
  command: Operate,
  ask: Ask,
  data: OperationData,
  texts: Texts,
  state: SubjectState,
): Draft {
  const operation = isOperation(ask.kind) ? ask.kind : 'use';
  if (operation === 'destroy') {
    return {
      type: 'DestructionOrdered',
      data: { ...data, generation: state.generation + 1 },
      ...texts,
    };
  }
  const seal = { ...command.data, ...texts.seal };
  return {
    type: EVENT_OF[operation],
    data,
    ...(Object.keys(seal).length === 0 ? {} : { seal }),
    ...given('file', texts.file),
  };
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
  return {
    ...frame(state, context),
    ...outcome(ask, judgement, context),
    operation: isOperation(ask.kind) ? ask.kind : null,
    ...given('purpose', ask.purpose),
    ...given('basis', withConsent(ask, judgement)),
    ...given('categories', ask.categories),
    ...given('medium', command.medium),
    ...given('dataSource', command.dataSource && { kind: command.dataSource.kind }),
    ...given('recipient', ask.recipient),
    ...given('country', ask.country),
    ...given('strength', ask.strength),
    ...given('reasonCode', reasonCodeOf(command.reasonCode)),
    ...given('ground', ask.ground as OperationData['ground']),
    ...given('codes', codes.length === 0 ? undefined : codes),
  };
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
  const breach = draftOf({ ...command, data: {} }, ask, data, {}, state);
  return [
    breach,
    {
      type: 'ViolationDetected',
      data: {
        ...frame(state, context),
        ...outcome(ask, judgement, context),
        codes: judgement.codes,
        operations: [context.eventId(0)],
      },
    },
  ];
}

interface Texts {
  readonly seal?: Readonly<Record<string, Json>>;
  readonly file?: Readonly<Record<string, Json>>;
}

/** Caller text is a value: under the subject's key, or filed where it must outlive the subject (design §4). */
function textOf(command: Operate): Texts {
  const { evidence, reason, method, channel, reference, grounds, act, approvedBy } = command;
  const seal = present({
    'pdl:evidence': evidence,
    'pdl:reason': reason,
    'pdl:method': method,
    'pdl:channel': channel,
    'pdl:source-evidence': command.dataSource?.evidence,
  });
  const file = present({
    'pdl:reference': reference,
    'pdl:grounds': grounds,
    'pdl:act': act,
    'pdl:approved-by': approvedBy,
  });
  if (command.operation === 'destroy') return given('file', combined(seal, file));
  return { ...given('seal', seal), ...given('file', file) };
}

function combined(...texts: readonly (Texts['seal'] | undefined)[]): Texts['file'] {
  return present(Object.assign({}, ...texts));
}

function present(
  texts: Readonly<Record<string, Json | undefined>>,
): Readonly<Record<string, Json>> | undefined {
  const entries = Object.entries(texts).filter(
    (entry): entry is [string, Json] => entry[1] !== undefined,
  );
  return entries.length === 0 ? undefined : Object.fromEntries(entries);
}
