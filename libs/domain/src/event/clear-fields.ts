import { OPERATIONS } from '../gate/operation.js';
import { REFUSAL_CODES } from '../gate/refusal-codes.js';
import { flag, listOf, mapOf, nullable, oneOf, optional, recurring, shape, text } from './field.js';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/u;

/** A ledger-made uuid, lower case. */
export const uuid = text(UUID);
/** Code of an operator. */
export const operatorCode = recurring(/^[a-z][a-z0-9-]{0,30}$/u);
/** Code of a category, purpose or recipient class: `operator:name`. */
export const code = recurring(/^[a-z]+:[a-z0-9.-]{1,40}$/u);
/** Code of a subject kind. */
export const kindCode = recurring(/^[a-z][a-z0-9-]{0,40}$/u);
/** An instant cut to the second. */
export const second = text(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$/u);
/** ISO 3166-1 alpha-2. */
export const country = recurring(/^[A-Z]{2}$/u);
/** ISO 639-1. */
export const language = recurring(/^[a-z]{2}$/u);
/** A whole number as text: a revision or an ordinal. */
export const decimal = text(/^(0|[1-9]\d{0,18})$/u);
/** A clause: `akjet:7.5`, `law:8(7)`. */
export const clause = recurring(/^[a-z0-9-]+:[0-9][0-9a-z().-]{0,40}$/u);
/** act:article. No act has a number as long as those of people and telephones. */
export const citation = text(
  /^(?!.*\p{N}{11})[\p{L}\p{N}][\p{L}\p{N}._-]{0,40}:[\p{N}][\p{N}().-]{0,20}$/u,
);
/** SHA-256 of a published text or a regime. */
export const publishedHash = recurring(/^sha256:[0-9a-f]{64}$/u);
/** HMAC-SHA-256 in base64url. */
export const commitment = text(/^[A-Za-z0-9_-]{43}$/u);
/** Code of a basis of the Law or a policy label. */
export const basisCode = recurring(/^(KZ|POL)-[A-Z0-9.-]{1,20}$/u);
/** A version of a policy: an ISO day or a dotted label. */
export const versionCode = recurring(/^[0-9][0-9A-Za-z.-]{0,30}$/u);
/** What was asked for, by the service's own name of a route. */
export const routeName = recurring(/^[a-z][a-z-]{0,40}$/u);
/** Category of sealed caller text. */
export const sealedCategory = recurring(/^[a-z]+:[a-z0-9.-]{1,40}$/u);

/** What the verdict took from caller text; `unknown-category`: a category was named that nobody knows. */
export const FACTS = [
  'evidence',
  'grounds',
  'act',
  'method',
  'source-evidence',
  'second-approval',
  'unknown-category',
] as const;
/** A closed code standing for caller text. */
export type Fact = (typeof FACTS)[number];

/** A block's reason that the gate reads (contract §3). */
export const REASON_CODES = [
  'violation-reported',
  'violation-not-confirmed',
  'withdrawal',
  'purpose-ended',
  'destruction-ordered',
] as const;

/** Grounds of destruction (contract §3). */
export const GROUNDS = [
  'KZ-18.1',
  'KZ-18.2',
  'KZ-18.3',
  'KZ-18.3-1',
  'KZ-18.4',
  'KZ-24.1.4',
  'KZ-24.1.5',
] as const;
/** A ground of destruction. */
export type Ground = (typeof GROUNDS)[number];

/** Names of commands that can be refused. */
export const COMMANDS = [
  'register-subject',
  'operate',
  'record-consent',
  'withdraw-consent',
  'note-contract',
  'achieve-purpose',
  'note-hold',
  'receive-request',
  'activate-policy',
] as const;

/** The vault row and one commitment per value. */
export const sealed = shape({ envelope: uuid, commitments: mapOf(sealedCategory, commitment) });

/** A violation's or refusal's codes, first one first. */
export const codes = optional(listOf(oneOf(REFUSAL_CODES)));

/** What every event of a subject's stream carries. */
export const subjectFields = {
  operator: operatorCode,
  subject: uuid,
  subjectKind: kindCode,
  occurredAt: second,
  policy: nullable(shape({ id: operatorCode, version: versionCode, hash: publishedHash })),
  regime: nullable(shape({ id: recurring(/^\d{4}-\d{2}-\d{2}$/u), hash: publishedHash })),
  clauses: listOf(clause),
  mode: oneOf(['enforce', 'record']),
  verdict: oneOf(['lawful', 'violation', 'refused']),
  facts: listOf(oneOf(FACTS)),
  read: mapOf(recurring(/^[a-z]+-[a-z0-9-]{1,40}$/u), decimal),
  sealed: optional(sealed),
  filed: optional(sealed),
} as const;

/** What an operation asked, in codes; null stands for a code that nobody knows. */
export const operationFields = {
  operation: nullable(oneOf(OPERATIONS)),
  purpose: optional(nullable(code)),
  basis: optional(
    shape({
      code: nullable(basisCode),
      ref: optional(nullable(uuid)),
      cite: optional(citation),
      label: optional(basisCode),
    }),
  ),
  categories: optional(listOf(code)),
  medium: optional(oneOf(['automated', 'manual'])),
  dataSource: optional(shape({ kind: oneOf(['subject', 'third-party', 'public', 'operator']) })),
  recipient: optional(nullable(uuid)),
  country: optional(country),
  strength: optional(oneOf(['pseudonymous', 'anonymous'])),
  reasonCode: optional(oneOf(REASON_CODES)),
  ground: optional(nullable(oneOf(GROUNDS))),
  /** `retrieve` through the ledger: category → event that sealed the value. */
  sources: optional(mapOf(code, uuid)),
  codes,
} as const;

/** What a consent says, in codes. */
export const consentFields = {
  purpose: optional(nullable(code)),
  categories: optional(listOf(code)),
  validUntil: optional(second),
  thirdParties: optional(flag),
  crossBorder: optional(flag),
  publication: optional(flag),
  channel: optional(oneOf(['WRITTEN', 'STATE_SERVICE', 'NONSTATE_SERVICE', 'OTHER_CONFIRMABLE'])),
  evidenceKind: optional(oneOf(['otp', 'signature', 'written', 'click', 'document', 'implied'])),
  language: optional(language),
  codes,
} as const;

/** Whether a text could be the id of something that a ledger made. */
export function isUuid(value: string): boolean {
  return UUID.test(value);
}
