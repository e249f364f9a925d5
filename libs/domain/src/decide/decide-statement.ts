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
import { judge, type Judgement } from '../gate/judge.js';
import type { Consent, SubjectState } from '../subject/subject-state.js';
import { knownCategories, knownPurpose } from './ask-of.js';
import type { DecideContext, Draft } from './context.js';
import { frame, isRefusal, momentsOf, outcome, violationOf } from './frame.js';
import { lateNoticeOf, overturnedByEnd, type Overturns } from './late-notice.js';
import { NOTHING, valuesOf, type SealedTexts } from './values.js';

type StatementCommand = RecordConsent | WithdrawConsent | NoteContract | AchievePurpose | NoteHold;

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
  return settle({ command, ask, said }, state, context, (data, { seal, file }) => ({
    type,
    data,
    seal,
    file,
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
  const ask = askOfStatement('withdrawal', context, { purpose, consents });
  const said = { purpose: ask.purpose, consents };
  const drafts = settle({ command, ask, said }, state, context, (data) => ({
    type: 'ConsentWithdrawn',
    data: { ...data, consents },
  }));
  const [first] = drafts;
  if (first?.type !== 'ConsentWithdrawn' || first.data.verdict !== 'lawful') return drafts;
  const framed = frame(state.registered, context, first.data);
  const decided: Draft = {
    type: 'WithdrawalDecided',
    data: { ...framed, outcome: 'stop', withdrawal: context.eventId(0) },
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
  const type = command.change === 'started' ? 'ContractStarted' : 'ContractEnded';
  return settle({ command, ask, said: {} }, state, context, (data, values) => ({
    type,
    data: { ...data, contract },
    ...values,
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
  const drafts = settle({ command, ask, said }, state, context, (data) => ({
    type: 'PurposeAchieved',
    data: { ...data, purpose: said.purpose },
  }));
  // What is no more than a violation ends nothing.
  if (drafts[0]?.type !== 'PurposeAchieved' || drafts[0].data.verdict !== 'lawful') return drafts;
  return withLateNotice(drafts, state, context, overturnedByEnd(said.purpose, context));
}

/** A hold keeps data from deletion and destruction until it is released. */
export function decideHold(
  command: NoteHold,
  state: SubjectState,
  context: DecideContext,
): readonly Draft[] {
  const categories = command.categories && knownCategories(command.categories, context);
  const ask = askOfStatement('hold', context, { categories });
  const type = command.change === 'placed' ? 'HoldPlaced' : 'HoldReleased';
  return settle({ command, ask, said: { categories } }, state, context, (data, values) => ({
    type,
    data,
    ...values,
  }));
}

function askOfStatement(
  kind: AskKind,
  context: DecideContext,
  asked: {
    readonly purpose?: string | undefined;
    readonly categories?: readonly string[] | undefined;
    readonly consents?: readonly string[];
    readonly facts?: readonly Fact[];
  },
): Ask {
  return {
    kind,
    purpose: knownPurpose(asked.purpose, context),
    categories: asked.categories,
    consents: asked.consents,
    facts: asked.facts ?? [],
    actorRole: context.actorRole,
  };
}

type Said = Pick<EventData<'OperationRefused'>, 'consents'> & Partial<EventData<'ConsentGiven'>>;

/** A command, its question to the gate, and what its event says beside the verdict. */
interface Statement {
  readonly command: StatementCommand;
  readonly ask: Ask;
  readonly said: Said;
}

/** Judges; answers with the event, with a refusal, or (record mode) with a violation that seals nothing. */
function settle(
  statement: Statement,
  state: SubjectState,
  context: DecideContext,
  draft: (data: StatementData, values: SealedTexts) => Draft,
): readonly Draft[] {
  const judgement = judge(statement.ask, state, momentsOf(context), undefined);
  const data = statementData(statement, judgement, state, context);
  if (isRefusal(data)) return [{ type: 'OperationRefused', data }];
  if (data.verdict === 'lawful') return [draft(data, valuesOf(statement.command))];
  return [draft(data, NOTHING), violationOf(data, judgement, state, context)];
}

type StatementData = ReturnType<typeof statementData>;

/** All fields of a statement or its refusal in their canonical order; what was not said is undefined. */
function statementData(
  { command, ask, said }: Statement,
  judgement: Judgement,
  state: SubjectState,
  context: DecideContext,
) {
  const { codes } = judgement;
  const framed = frame(state.registered, context, outcome(ask, judgement, context));
  const isRefused = framed.verdict === 'refused';
  return {
    categories: said.categories,
    channel: said.channel,
    clauses: framed.clauses,
    code: isRefused ? codes[0] : undefined,
    codes: codes.length === 0 ? undefined : codes,
    command: isRefused ? command.kind : undefined,
    consents: said.consents,
    crossBorder: said.crossBorder,
    evidenceKind: said.evidenceKind,
    facts: framed.facts,
    language: said.language,
    mode: framed.mode,
    occurredAt: framed.occurredAt,
    operation: isRefused ? null : undefined,
    operator: framed.operator,
    policy: framed.policy,
    publication: said.publication,
    purpose: said.purpose,
    read: framed.read,
    regime: framed.regime,
    subject: framed.subject,
    subjectKind: framed.subjectKind,
    thirdParties: said.thirdParties,
    validUntil: said.validUntil,
    verdict: framed.verdict,
  };
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
