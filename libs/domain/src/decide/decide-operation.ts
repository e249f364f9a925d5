import type { Operate } from '../command/command.js';
import type { EventData } from '../event/catalogue.js';
import type { Ask } from '../gate/ask.js';
import { isOperation } from '../gate/operation.js';
import { judge, type Judgement } from '../gate/judge.js';
import { EVENT_OF } from '../subject/evolve-operation.js';
import type { SubjectState } from '../subject/subject-state.js';
import { askOf, reasonCodeOf } from './ask-of.js';
import type { DecideContext, Draft } from './context.js';
import { frame, isRefusal, momentsOf, outcome, violationOf } from './frame.js';
import { lateNoticeOf, overturnedByBlock } from './late-notice.js';
import { NOTHING, valuesOf, type SealedTexts } from './values.js';

/**
 * Decides on an operation of clause 2.4: one event (one per recipient), or one refusal; reported breaches are
 * followed by `ViolationDetected`. Values are handed over for sealing only where the verdict is lawful.
 */
export function decideOperation(
  command: Operate,
  state: SubjectState,
  context: DecideContext,
): readonly Draft[] {
  const judged = judgedOf(askOf(command, state, context), state, context);
  const worst = judged.find(({ judgement }) => judgement.codes.length > 0);
  if (worst === undefined) return lawful(command, judged, state, context);
  const data = operationData(command, worst, state, context);
  if (isRefusal(data)) return [{ type: 'OperationRefused', data }];
  const found = violationOf(data, worst.judgement, state, context);
  return [draftOf(data, NOTHING, state), found];
}

interface Judged {
  readonly ask: Ask;
  readonly judgement: Judgement;
}

function judgedOf(ask: Ask, state: SubjectState, context: DecideContext): readonly Judged[] {
  const moments = momentsOf(context);
  const { recipients } = context;
  if (recipients.length === 0) return [{ ask, judgement: judge(ask, state, moments, undefined) }];
  return recipients.map((recipient) => {
    const asked = { ...ask, recipient: recipient?.id ?? null };
    return { ask: asked, judgement: judge(asked, state, moments, recipient?.state) };
  });
}

function lawful(
  command: Operate,
  judged: readonly Judged[],
  state: SubjectState,
  context: DecideContext,
): readonly Draft[] {
  const drafts = judged.map((one, index) => {
    const data = operationData(command, one, state, context);
    return draftOf(data, index === 0 ? sealable(command, state) : NOTHING, state);
  });
  if (command.operation === 'depersonalise' && command.strength === 'anonymous') {
    const data = anonymising(drafts[0]?.data as OperationData, state);
    drafts.push({ type: 'DestructionOrdered', data });
  }
  if (command.operation === 'block') {
    const notice = lateNoticeOf(
      state,
      context,
      overturnedByBlock(judged[0]?.ask.categories, context),
    );
    if (notice !== undefined) drafts.push(notice);
  }
  return drafts;
}

/** Nothing is sealed again for a category that was destroyed: the event names it without a commitment. */
function sealable(command: Operate, { destroyed }: SubjectState): SealedTexts {
  const { seal, file } = valuesOf(command);
  if (destroyed === 'all' || destroyed.size === 0) return { seal, file };
  const living = Object.entries(seal).filter(([category]) => !destroyed.has(category));
  return { seal: Object.fromEntries(living), file };
}

type OperationData = EventData<'DataUsed'> & {
  readonly [K in 'code' | 'command']?: EventData<'OperationRefused'>[K] | undefined;
};

function draftOf(data: OperationData, { seal, file }: SealedTexts, state: SubjectState): Draft {
  const operation = data.operation ?? 'use';
  return operation === 'destroy'
    ? { type: 'DestructionOrdered', data: ordering(data, state), seal, file }
    : { type: EVENT_OF[operation], data, seal, file };
}

/** Anonymising is a destruction of what identifies (contract §3). */
export function anonymising(
  data: OperationData,
  state: SubjectState,
): EventData<'DestructionOrdered'> {
  return ordering({ ...data, operation: 'destroy' }, state);
}

function ordering(
  data: OperationData,
  { generation }: SubjectState,
): EventData<'DestructionOrdered'> {
  return { ...data, generation: generation + 1 };
}

/** All fields in their canonical order, so that nothing is left to sort; what was not said is undefined. */
function operationData(
  command: Operate,
  { ask, judgement }: Judged,
  state: SubjectState,
  context: DecideContext,
): OperationData {
  const { codes } = judgement;
  const framed = frame(state.registered, context, outcome(ask, judgement, context));
  const isRefused = framed.verdict === 'refused';
  return {
    basis: withConsent(ask, judgement),
    categories: ask.categories,
    clauses: framed.clauses,
    code: isRefused ? codes[0] : undefined,
    codes: codes.length === 0 ? undefined : codes,
    command: isRefused ? 'operate' : undefined,
    country: ask.country,
    dataSource: ask.dataSource as OperationData['dataSource'],
    facts: framed.facts,
    ground: ask.ground as OperationData['ground'],
    medium: command.medium,
    mode: framed.mode,
    occurredAt: framed.occurredAt,
    operation: isOperation(ask.kind) ? ask.kind : null,
    operator: framed.operator,
    policy: framed.policy,
    purpose: ask.purpose,
    read: framed.read,
    reasonCode: reasonCodeOf(command.reasonCode),
    recipient: ask.recipient,
    regime: framed.regime,
    strength: ask.strength,
    subject: framed.subject,
    subjectKind: framed.subjectKind,
    verdict: framed.verdict,
  };
}

/** The picked consent's id goes into the event, so that a reader sees what the operation rested on. */
export function withConsent({ basis }: Ask, { consent }: Judgement): OperationData['basis'] {
  if (basis === undefined || consent === null) return basis;
  return { ...basis, ref: consent.id };
}
