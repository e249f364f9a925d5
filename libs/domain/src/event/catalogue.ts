import { REFUSAL_CODES } from '../gate/refusal-codes.js';
import {
  COMMANDS,
  GROUNDS,
  code,
  codes,
  commitment,
  consentFields,
  country,
  decimal,
  kindCode,
  operationFields,
  operatorCode,
  publishedHash,
  routeName,
  sealed,
  second,
  subjectFields,
  uuid,
  versionCode,
} from './clear-fields.js';
import {
  count,
  flag,
  listOf,
  nullable,
  oneOf,
  optional,
  published,
  shape,
  text,
  type TypeOf,
} from './field.js';

const operation = shape({ ...subjectFields, ...operationFields });
const consent = shape({ ...subjectFields, ...consentFields });
/** In a stream of access: whose, when. */
const access = { operator: operatorCode, occurredAt: second };
const SCHEMES = ['KZ-IIN', 'KZ-BIN', 'RU-INN', 'RU-SNILS', 'PASSPORT', 'EMAIL', 'PHONE'] as const;
const REQUESTS = [
  'information',
  'clarification',
  'blocking',
  'destruction',
  'withdrawal',
  'objection',
  'complaint',
] as const;
const note = shape({
  ...subjectFields,
  request: optional(uuid),
  outcome: optional(text(/^[a-z-]{1,30}$/u)),
});
const hold = shape({ ...subjectFields, categories: optional(listOf(code)), codes });
const contract = shape({ ...subjectFields, contract: uuid, codes });
const incident = shape({
  operator: operatorCode,
  incident: uuid,
  occurredAt: second,
  filed: optional(sealed),
});
const carrier = shape({
  operator: operatorCode,
  carrier: uuid,
  country: optional(country),
  occurredAt: second,
  filed: optional(sealed),
});
const recipientEvent = {
  operator: operatorCode,
  recipient: uuid,
  occurredAt: second,
  filed: optional(sealed),
};

/**
 * Every event type and its clear fields: the types, the guard on reading and the grammar at the append are this one
 * table (design §4).
 */
export const CATALOGUE = {
  DataCollected: operation,
  DataRecorded: operation,
  DataSystematised: operation,
  DataAccumulated: operation,
  DataStored: operation,
  DataClarified: operation,
  DataRetrieved: operation,
  DataUsed: operation,
  DataProvided: operation,
  DataDisseminated: operation,
  AccessGranted: operation,
  DataDepersonalised: operation,
  DataBlocked: operation,
  DataUnblocked: operation,
  DataDeleted: operation,
  DestructionOrdered: shape({ ...subjectFields, ...operationFields, generation: count }),
  DataDestroyed: shape({
    ...subjectFields,
    order: uuid,
    categories: optional(listOf(code)),
    generation: count,
    epoch: count,
    envelopes: count,
    method: oneOf(['crypto-shred']),
  }),
  SubjectRegistered: shape({ ...subjectFields, schemes: listOf(oneOf(SCHEMES)) }),
  IdentifierLinked: shape({ ...subjectFields, scheme: oneOf(SCHEMES) }),
  SubjectKindChanged: shape({ ...subjectFields, to: kindCode }),
  RepresentativeAuthorised: shape({ ...subjectFields, representative: uuid }),
  ConsentRequested: consent,
  ConsentGiven: consent,
  ConsentRefused: consent,
  ConsentClaimed: consent,
  ConsentWithdrawn: shape({
    ...subjectFields,
    purpose: optional(nullable(code)),
    consents: listOf(uuid),
    codes,
  }),
  ConsentExpired: shape({ ...subjectFields, consents: listOf(uuid) }),
  WithdrawalDecided: shape({
    ...subjectFields,
    withdrawal: uuid,
    outcome: oneOf(['stop', 'continue']),
  }),
  ContractStarted: contract,
  ContractEnded: contract,
  PurposeAchieved: shape({ ...subjectFields, purpose: nullable(code), codes }),
  RetentionExpired: shape({ ...subjectFields, purpose: optional(nullable(code)) }),
  HoldPlaced: hold,
  HoldReleased: hold,
  RequestReceived: shape({ ...subjectFields, request: oneOf(REQUESTS) }),
  RequesterVerified: note,
  RequestAnswered: note,
  RequestRefused: note,
  ObjectionDecided: note,
  SubjectNotified: note,
  RecipientNotified: shape({ ...subjectFields, recipient: uuid }),
  RecipientAcknowledged: shape({ ...subjectFields, recipient: uuid }),
  ObligationOverdue: note,
  AuthorityRequestReceived: incident,
  AuthorityRequestAnswered: incident,
  RecipientRegistered: shape({ ...recipientEvent, class: code, country }),
  ProcessorBound: shape(recipientEvent),
  ProcessorReleased: shape(recipientEvent),
  CarrierRegistered: carrier,
  CarrierAttested: carrier,
  DestructionApproved: shape({ ...subjectFields, ground: oneOf(GROUNDS) }),
  CarrierDestroyed: carrier,
  DestructionIncomplete: shape({ ...subjectFields, order: uuid }),
  DestructionCertified: shape({ ...subjectFields, order: uuid }),
  KeyEpochRetired: shape({
    operator: operatorCode,
    epoch: count,
    survivors: count,
    occurredAt: second,
  }),
  OperationRefused: shape({
    ...subjectFields,
    ...operationFields,
    ...consentFields,
    command: oneOf(COMMANDS),
    consents: optional(listOf(uuid)),
    code: oneOf(REFUSAL_CODES),
    codes: listOf(oneOf(REFUSAL_CODES)),
  }),
  AccessRefused: shape({ ...access, route: optional(routeName), subject: optional(uuid) }),
  HistoryRead: shape({
    operator: operatorCode,
    subject: nullable(uuid),
    history: oneOf(['consents', 'trail', 'disclosures']),
    asOf: nullable(decimal),
    occurredAt: second,
  }),
  SubjectLookedUp: shape({
    operator: operatorCode,
    scheme: oneOf(SCHEMES),
    purpose: optional(nullable(code)),
    found: count,
    occurredAt: second,
  }),
  ViolationDetected: shape({
    ...subjectFields,
    codes: listOf(oneOf([...REFUSAL_CODES, 'LATE_NOTICE', 'STALE_RULES'])),
    operations: listOf(uuid),
  }),
  IncidentDetected: incident,
  BreachReported: incident,
  IncidentClosed: incident,
  DataRestored: shape({ ...subjectFields, categories: listOf(code) }),
  OperatorRegistered: shape({
    operator: operatorCode,
    name: published,
    bin: nullable(text(/^\d{12}$/u)),
    country,
    rootCheck: commitment,
    occurredAt: second,
  }),
  PolicyPublished: shape({
    operator: operatorCode,
    id: operatorCode,
    version: versionCode,
    hash: publishedHash,
    text: publishedHash,
    document: published,
    occurredAt: second,
  }),
  RulingIssued: shape({
    operator: operatorCode,
    id: operatorCode,
    version: versionCode,
    contradiction: text(/^C-\d{2}$/u),
    option: text(/^[A-Za-z0-9-]{1,40}$/u),
    by: oneOf(['shipped', 'officer']),
    occurredAt: second,
  }),
  PolicyActivated: shape({
    operator: operatorCode,
    id: operatorCode,
    version: versionCode,
    hash: publishedHash,
    effectiveFrom: second,
    occurredAt: second,
  }),
  AccessRulesSet: shape({ operator: operatorCode, rules: published, occurredAt: second }),
  KeyPublished: shape({
    operator: nullable(operatorCode),
    use: text(/^[a-z-]{1,20}$/u),
    key: published,
    occurredAt: second,
  }),
  SigningKeyRolled: shape({ operator: nullable(operatorCode), key: published, occurredAt: second }),
  CheckpointAdopted: shape({
    operator: nullable(operatorCode),
    checkpoint: published,
    occurredAt: second,
  }),
  HeadsCommitted: shape({
    operator: nullable(operatorCode),
    n: decimal,
    root: commitment,
    headsCount: count,
    headsRoot: commitment,
    occurredAt: second,
  }),
  BundleExported: shape({
    operator: nullable(operatorCode),
    bundle: publishedHash,
    revealed: flag,
    occurredAt: second,
  }),
} as const;

/** Name of an event type. */
export type EventType = keyof typeof CATALOGUE;

/** The clear fields of one event type. */
export type EventData<T extends EventType> = TypeOf<(typeof CATALOGUE)[T]>;

/** Whether a text names an event type of this version. */
export function isEventType(name: string): name is EventType {
  return Object.hasOwn(CATALOGUE, name);
}
