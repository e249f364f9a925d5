import type { LedgerEvent } from '../event/ledger-event.js';
import type { SubjectState } from '../subject/subject-state.js';
import type { Ask, AskKind, Moment, RecipientState } from './ask.js';
import { codesOfNothing, judgeRead } from './judge-read.js';
import { judge, type Judgement } from './judge.js';
import type { RefusalCode } from './refusal-codes.js';

/** What was in force and known when a stored event was decided. */
export interface RejudgeContext {
  /** The moment by the rules that the event's `read` names. */
  readonly momentAt: (at: number) => Moment;
  readonly recipient: RecipientState | undefined;
}

/** A question that was put to the gate when a stored event came, and the gate's answer now. */
export interface Rejudged {
  readonly ask: Ask;
  readonly judgement: Judgement;
  readonly occurred: Moment;
  readonly recorded: Moment;
}

/**
 * Asks the gate again what a stored event was asked, on the state just before it; undefined when the event is not
 * the gate's. A stored verdict that differs from this is a fault (design §7).
 */
export function rejudge(
  event: LedgerEvent,
  before: SubjectState,
  context: RejudgeContext,
): Rejudged | undefined {
  const asked = askOfEvent(event);
  if (asked === undefined || !('occurredAt' in event.data)) return undefined;
  const { ask, mode, said } = asked;
  const recorded = context.momentAt(Date.parse(event.metadata.recordedAt));
  const occurred = context.momentAt(Date.parse(event.data.occurredAt));
  const found = { ask, occurred, recorded };
  if (asked.read) return { ...found, judgement: readAgain(ask, before, recorded) };
  const moments = mode === 'enforce' ? [occurred, recorded] : [occurred];
  const judged = (one: Ask): Judgement => judge(one, before, moments, context.recipient);
  return { ...found, judgement: pickedAgain(ask, said, judged) };
}

/** An event does not tell whether the command named its consent or the gate picked it: either may have led to its codes. */
function pickedAgain(
  ask: Ask,
  said: readonly RefusalCode[],
  judged: (ask: Ask) => Judgement,
): Judgement {
  const named = judged(ask);
  const { basis } = ask;
  if (typeof basis?.ref !== 'string' || named.codes.join() === said.join()) return named;
  const picked = judged({ ...ask, basis: { ...basis, ref: undefined } });
  const isThePicked = picked.consent?.id === basis.ref && picked.codes.join() === said.join();
  return isThePicked ? picked : named;
}

function readAgain(ask: Ask, before: SubjectState, moment: Moment): Judgement {
  return { codes: codesOfRead(ask, before, moment), consent: null, basis: undefined };
}

function codesOfRead(ask: Ask, before: SubjectState, moment: Moment): readonly RefusalCode[] {
  const { purpose, categories, facts, actorRole } = ask;
  const asked = { purpose: purpose ?? null, categories: categories ?? [], actorRole };
  const { codes, released } = judgeRead(asked, before, moment);
  return released.length > 0 ? codes : codesOfNothing(codes, facts, before);
}

interface Asked {
  readonly ask: Ask;
  readonly mode: 'enforce' | 'record';
  readonly said: readonly RefusalCode[];
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
  const { mode, codes: said = [], sources } = data;
  // Whoever else names sources is judged as what it is.
  const read = kind === 'retrieve' && sources !== undefined;
  return { ask: ask as Ask, mode, said, read };
}

function kindOf(
  event: LedgerEvent,
  data: Partial<LedgerEvent<'OperationRefused'>['data']>,
): AskKind | undefined {
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
