import type {
  AchievePurpose,
  NoteContract,
  NoteHold,
  RecordConsent,
  WithdrawConsent,
} from '../command/command.js';
import { language, second, type Fact } from '../event/clear-fields.js';
import type { EventData } from '../event/catalogue.js';
import type { Ask, AskKind } from '../gate/ask.js';
import { judge } from '../gate/judge.js';
import type { Consent, SubjectState } from '../subject/subject-state.js';
import { knownCategories, knownPurpose } from './ask-of.js';
import type { DecideContext, Draft } from './context.js';
import { frame, momentsOf, outcome } from './frame.js';
import { lateNoticeOf, type Overturns } from './late-notice.js';
import { valuesOf } from './values.js';

type Command = EventData<'OperationRefused'>['command'];

/** A consent asked for, given, refused or claimed; one by mere use is only a claim (Law 94-V art. 8(1); QuickLid 5.3). */
export function decideConsent(
  command: RecordConsent,
  state: SubjectState,
  context: DecideContext,
): readonly Draft[] {
  const { state: to, terms } = command;
  const { kind: evidenceKind, language: spoken } = terms.evidence;
  const categories = knownCategories(terms.categories, context);
  const facts: Fact[] = categories.length < terms.categories.length ? ['unknown-category'] : [];
  const ask = askOfStatement('consent', context, { purpose: terms.purpose, categories, facts });
  const said = {
    purpose: ask.purpose,
    categories,
    validUntil: cutToSecond(terms.validUntil),
    thirdParties: terms.thirdParties,
    crossBorder: terms.crossBorder,
    publication: terms.publication,
    channel: terms.channel,
    evidenceKind,
    language: language.fault(spoken) === undefined ? spoken : undefined,
  };
  const type = CONSENT_EVENT[evidenceKind === 'implied' && to === 'given' ? 'claimed' : to];
  return settle('record-consent', ask, state, context, said, (data) => ({
    type,
    data,
    ...valuesOf(command),
  }));
}

const CONSENT_EVENT = {
  requested: 'ConsentRequested',
  given: 'ConsentGiven',
  refused: 'ConsentRefused',
  claimed: 'ConsentClaimed',
} as const;

/** A withdrawal of one consent or of all live consents of a purpose; stop is the default (C-20, Law 94-V art. 8(7)). */
export function decideWithdrawal(
  command: WithdrawConsent,
  state: SubjectState,
  context: DecideContext,
): readonly Draft[] {
  const consents = withdrawn(command, state, context.occurred.at);
  const { purpose } = command;
  const ask = { ...askOfStatement('withdrawal', context, { purpose }), consents };
  const said = { purpose: ask.purpose, consents };
  const drafts = settle('withdraw-consent', ask, state, context, said, (data) => ({
    type: 'ConsentWithdrawn',
    data: { ...data, consents },
  }));
  const [first] = drafts;
  if (first?.type !== 'ConsentWithdrawn' || first.data.verdict !== 'lawful') return drafts;
  const { purpose: _, consents: __, codes: ___, ...common } = first.data;
  const decided: Draft = {
    type: 'WithdrawalDecided',
    data: { ...common, withdrawal: context.eventId(0), outcome: 'stop' },
  };
  const relies: Overturns = ({ consent }) => consent !== null && consents.includes(consent);
  return withLateNotice([first, decided], state, context, relies);
}

function withdrawn(command: WithdrawConsent, state: SubjectState, at: number): readonly string[] {
  const wanted = (consent: Consent): boolean =>
    command.consent === undefined
      ? consent.purpose === command.purpose
      : consent.id === command.consent;
  return state.consents
    .filter((consent) => consent.state === 'given' && at < consent.validUntil && wanted(consent))
    .map(({ id }) => id);
}

/** A contract with the subject starts or ends; a policy label, never a basis (C-08). */
export function decideContract(
  command: NoteContract,
  state: SubjectState,
  context: DecideContext,
): readonly Draft[] {
  const ask = askOfStatement('contract', context, {});
  const contract = context.contract ?? '';
  return settle('note-contract', ask, state, context, {}, (data) => ({
    type: command.change === 'started' ? 'ContractStarted' : 'ContractEnded',
    data: { ...data, contract },
    ...valuesOf(command),
  }));
}

/** A purpose was achieved or lost (AKJET 9.4; Law 94-V art. 12(2)). */
export function decidePurposeEnd(
  command: AchievePurpose,
  state: SubjectState,
  context: DecideContext,
): readonly Draft[] {
  const ask = askOfStatement('purpose-end', context, { purpose: command.purpose });
  const said = { purpose: ask.purpose ?? null };
  const drafts = settle('achieve-purpose', ask, state, context, said, (data) => ({
    type: 'PurposeAchieved',
    data: { ...data, purpose: said.purpose },
  }));
  if (drafts[0]?.type !== 'PurposeAchieved') return drafts;
  return withLateNotice(
    drafts,
    state,
    context,
    ({ purpose, operation }) => operation !== 'store' && purpose === said.purpose,
  );
}

/** A hold keeps data from deletion and destruction until it is released. */
export function decideHold(
  command: NoteHold,
  state: SubjectState,
  context: DecideContext,
): readonly Draft[] {
  const categories = command.categories && knownCategories(command.categories, context);
  const ask = askOfStatement('hold', context, { categories });
  return settle('note-hold', ask, state, context, { categories }, (data) => ({
    type: command.change === 'placed' ? 'HoldPlaced' : 'HoldReleased',
    data,
    ...valuesOf(command),
  }));
}

function askOfStatement(
  kind: AskKind,
  context: DecideContext,
  asked: {
    readonly purpose?: string | undefined;
    readonly categories?: readonly string[] | undefined;
    readonly facts?: readonly Fact[];
  },
): Ask {
  return {
    kind,
    purpose: knownPurpose(asked.purpose, context),
    categories: asked.categories,
    facts: asked.facts ?? [],
    actorRole: context.actorRole,
  };
}

type Framed = ReturnType<typeof frame> & ReturnType<typeof outcome>;
type Said = Pick<EventData<'OperationRefused'>, 'purpose' | 'categories' | 'consents'> &
  Partial<EventData<'ConsentGiven'>>;

/** Judges; answers with the event, with a refusal, or (record mode) with a violation that seals nothing. */
// eslint-disable-next-line max-params -- one call per statement, each argument its own thing
function settle<S extends Said>(
  command: Command,
  ask: Ask,
  state: SubjectState,
  context: DecideContext,
  said: S,
  draft: (data: Framed & S) => Draft,
): readonly Draft[] {
  const judgement = judge(ask, state, momentsOf(context), undefined);
  const framed = { ...frame(state.registered, context), ...outcome(ask, judgement, context) };
  const data = { ...framed, ...said };
  const { codes } = judgement;
  const [code] = codes;
  if (code === undefined) return [draft(data)];
  if (framed.verdict === 'refused') {
    return [{ type: 'OperationRefused', data: { ...data, operation: null, command, code, codes } }];
  }
  const { seal: _, file: __, ...bare } = draft(data);
  const found: Draft = {
    type: 'ViolationDetected',
    data: { ...framed, codes, operations: [context.eventId(0)] },
  };
  return [bare as Draft, found];
}

function withLateNotice(
  drafts: readonly Draft[],
  state: SubjectState,
  context: DecideContext,
  overturns: Overturns,
): readonly Draft[] {
  const notice = lateNoticeOf(state, context, overturns);
  return notice === undefined ? drafts : [...drafts, notice];
}

function cutToSecond(time: string | undefined): string | undefined {
  if (time === undefined) return undefined;
  const cut = `${new Date(time).toISOString().slice(0, 19)}Z`;
  return second.fault(cut) === undefined ? cut : undefined;
}
