export type {
  AchievePurpose,
  ActorRole,
  BasisClaim,
  ConsentTerms,
  DataSource,
  EmitterCommand,
  Json,
  Mode,
  NoteContract,
  NoteHold,
  Operate,
  ReceiveRequest,
  RecordConsent,
  RegisterRecipient,
  RegisterSubject,
  Submission,
  WithdrawConsent,
} from './command/command.js';
export { DomainError, type DomainErrorCode } from './domain-error.js';
export type { DecideContext, Draft } from './decide/context.js';
export {
  decide,
  decideRegistration,
  refuseRegistration,
  type SubjectCommand,
} from './decide/decide.js';
export { decideRead, type ReadData } from './decide/decide-read.js';
export { askOf } from './decide/ask-of.js';
export { frameOf } from './decide/frame.js';
export { restate, type RestateContext, type Restated } from './decide/restate.js';
export { sameClaim, saysTheSame } from './decide/same-claim.js';
export { valuesOf, type SealedTexts } from './decide/values.js';
export { canonicalBytes, canonicalText } from './event/canonical.js';
export { CATALOGUE, isEventType, type EventData, type EventType } from './event/catalogue.js';
export { FACTS, GROUNDS, isUuid, type Fact, type Ground } from './event/clear-fields.js';
export {
  SCHEMA_VERSION,
  assertClear,
  decodeEvent,
  type LedgerEvent,
  type Metadata,
} from './event/ledger-event.js';
export type { Ask, AskKind, Moment, RecipientState } from './gate/ask.js';
export { citeRefusal } from './gate/citations.js';
export { CHECKS, type Check, type Question } from './gate/checks.js';
export { judge, type Judgement } from './gate/judge.js';
export { judgeRead, type ReadJudgement } from './gate/judge-read.js';
export { OPERATIONS, classOf, isOperation, type Operation } from './gate/operation.js';
export { evolveRecipient } from './gate/recipient.js';
export { REFUSAL_CODES, type RefusalCode } from './gate/refusal-codes.js';
export { REFUSAL_WORDS } from './gate/refusal-words.js';
export type { Policy, Ruling, Trilingual } from './policy/policy.js';
export { indexPolicy, tableOf, type IndexedPolicy } from './policy/policy-index.js';
export {
  EMPTY_TIMELINE,
  evolveTimeline,
  policyAt,
  versionKey,
  type Activation,
  type Timeline,
} from './policy/timeline.js';
export { evolve } from './subject/evolve.js';
export { EVENT_OF } from './subject/evolve-operation.js';
export { reliedIn, type Relied } from './subject/relied.js';
export { looksBack } from './decide/late-notice.js';
export {
  initialState,
  isDestroyed,
  type Consent,
  type SubjectState,
} from './subject/subject-state.js';
export { dueDate, isWorkingDay, type DueDate } from './calendar/due-date.js';
export { checkIdentifier, normaliseIdentifier } from './identifier/identifier.js';
export { checkBin, checkIin } from './identifier/kz-number.js';
export { checkRuInn, checkSnils } from './identifier/ru-number.js';
export {
  IDENTIFIER_FAULTS,
  IDENTIFIER_SCHEMES,
  type IdentifierFault,
  type IdentifierScheme,
} from './identifier/scheme.js';
export type {
  BasisRow,
  ConsentFieldRow,
  DefinitionRow,
  DutyRow,
  InForce,
  Law,
  Regime,
  RegimeRow,
  RetentionRow,
  SourceStatus,
  UnreadChange,
} from './law/law.js';
export { basisOf, indexLaw, regimeAt, type LawIndex } from './law/regime.js';
export { LAW_CLAUSE_WORDS } from './law/rows/clause-words.js';
export { LAW } from './law/rows/law-94-v.js';
export { OPERATION_TERMS } from './law/rows/operation-terms.js';
export {
  checkPolicy,
  missingRulings,
  type PolicyFinding,
  type PolicyFindingCode,
} from './policy/check-policy.js';
