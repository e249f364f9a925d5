import type { LedgerEvent } from '../event/ledger-event.js';
import { isDestroyed, type SubjectState } from '../subject/subject-state.js';
import type { Ask, AskKind, Moment, RecipientState } from './ask.js';
import { judgeRead } from './judge-read.js';
import { judge } from './judge.js';
import type { RefusalCode } from './refusal-codes.js';

/** What was in force and known when a stored event was decided. */
export interface RejudgeContext {
  /** The moment by the rules that the event's `read` names. */
  readonly momentAt: (at: number) => Moment;
  readonly recipient: RecipientState | undefined;
}

/**
 * Asks the gate again what a stored event was asked, on the state just before it; undefined when the event is not
 * the gate's. A stored verdict that differs from this is a fault (design §7).
 */
export function rejudge(
  event: LedgerEvent,
  before: SubjectState,
  context: RejudgeContext,
): readonly RefusalCode[] | undefined {
  const ask = askOfEvent(event);
  if (ask === undefined || !('occurredAt' in event.data)) return undefined;
  const recorded = context.momentAt(Date.parse(event.metadata.recordedAt));
  if (ask.read) return rejudgeRead(ask.ask, before, recorded);
  const occurred = context.momentAt(Date.parse(event.data.occurredAt));
  const moments = ask.mode === 'enforce' ? [occurred, recorded] : [occurred];
  return judge(ask.ask, before, moments, context.recipient).codes;
}

function rejudgeRead(ask: Ask, before: SubjectState, moment: Moment): readonly RefusalCode[] {
  if (isDestroyed(before)) return ['DESTROYED'];
  const { purpose, categories, actorRole } = ask;
  const asked = { purpose: purpose ?? null, categories: categories ?? [], actorRole };
  const { codes, released } = judgeRead(asked, before, moment);
  return codes.length === 0 && released.length === 0 ? ['DELETED'] : codes;
}

interface Asked {
  readonly ask: Ask;
  readonly mode: 'enforce' | 'record';
  /** Decided by the ledger's own read. */
  readonly read: boolean;
}

const STATEMENTS: Readonly<Record<string, AskKind>> = {
  ConsentRequested: 'consent',
  ConsentGiven: 'consent',
  ConsentRefused: 'consent',
  ConsentClaimed: 'consent',
  ConsentWithdrawn: 'withdrawal',
  ContractStarted: 'contract',
  ContractEnded: 'contract',
  PurposeAchieved: 'purpose-end',
  HoldPlaced: 'hold',
  HoldReleased: 'hold',
  'note-hold': 'hold',
  'register-subject': 'registration',
  'record-consent': 'consent',
  'withdraw-consent': 'withdrawal',
  'note-contract': 'contract',
  'achieve-purpose': 'purpose-end',
};

function askOfEvent(event: LedgerEvent): Asked | undefined {
  // One reading of all types: fields that a type lacks are absent.
  const data = event.data as Partial<LedgerEvent<'OperationRefused'>['data']>;
  const kind = kindOf(event, data);
  if (kind === undefined || data.mode === undefined || data.facts === undefined) return undefined;
  const { purpose, basis, categories, dataSource, recipient, country, strength, ground, consents } =
    data;
  const asked = {
    purpose,
    basis,
    categories,
    dataSource,
    recipient,
    country,
    strength,
    ground,
    consents,
  };
  const ask = { kind, ...present(asked), facts: data.facts, actorRole: event.metadata.actorRole };
  return { ask: ask as Ask, mode: data.mode, read: data.sources !== undefined };
}

function kindOf(
  event: LedgerEvent,
  data: Partial<LedgerEvent<'OperationRefused'>['data']>,
): AskKind | undefined {
  // What anonymises is destroyed under the depersonalisation that was judged just before it.
  if (event.type === 'DestructionOrdered' && data.strength === 'anonymous') return undefined;
  const statement = STATEMENTS[event.type] ?? STATEMENTS[data.command ?? ''];
  return statement ?? operationKind(data);
}

function operationKind({
  operation,
  command,
}: Partial<LedgerEvent<'OperationRefused'>['data']>): AskKind | undefined {
  if (operation !== null) return operation;
  return command === 'operate' ? 'unknown' : undefined;
}

function present(fields: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}
