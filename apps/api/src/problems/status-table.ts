import type { ProblemCode } from './problem.js';

interface Row {
  readonly status: 400 | 401 | 403 | 404 | 409 | 410 | 413 | 415 | 422 | 429 | 500 | 503;
  readonly title: string;
}

/** The gate said no: recorded as an event, with the clauses it rests on. */
const refused = (title: string): Row => ({ status: 403, title });
/** A state that no request can bring about. */
const broken = (title: string): Row => ({ status: 500, title });

/** Every code and the status it is answered with: the only place that knows status numbers (contract §4). */
export const STATUS_TABLE: Readonly<Record<ProblemCode, Row>> = {
  INVALID_REQUEST: { status: 400, title: 'the request does not have the described form' },
  UNAUTHENTICATED: { status: 401, title: 'a valid bearer token is needed' },
  FORBIDDEN: { status: 403, title: 'the token does not allow this' },
  NOT_FOUND: { status: 404, title: 'there is nothing here for this token' },
  CONFLICT: { status: 409, title: 'this contradicts what is recorded already' },
  DESTROYED: { status: 410, title: 'the data are destroyed' },
  TOO_LARGE: { status: 413, title: 'the request is too large' },
  UNSUPPORTED_MEDIA_TYPE: { status: 415, title: 'this content type is not taken here' },
  INVALID_VALUE: { status: 422, title: 'a value fails its check' },
  TOO_MANY: { status: 429, title: 'too many requests' },
  UNAVAILABLE: { status: 503, title: 'this cannot be recorded or read now' },
  OVERTAKEN: { status: 503, title: 'others kept recording first: send it again' },
  UNKNOWN_OPERATION: refused('no such operation'),
  POLICY_NOT_ACTIVE: refused('no policy version is in force'),
  PURPOSE_NOT_DECLARED: refused('the policy does not declare this purpose'),
  CATEGORY_NOT_FOR_SUBJECT_KIND: refused('the category is not one of this kind of subject'),
  CATEGORY_NOT_ADMITTED: refused('the purpose does not admit the category'),
  DELETED: refused('the data are deleted, or were never collected'),
  BLOCKED: refused('the data are blocked'),
  HOLD_IN_FORCE: refused('a hold is in force'),
  RETENTION_EXPIRED: refused('the time of keeping is over'),
  SOURCE_NOT_PERMITTED: refused('the policy does not admit this source of data'),
  STORAGE_OUTSIDE_KZ: refused('the data must be kept in Kazakhstan'),
  NO_LAWFUL_BASIS: refused('there is no lawful basis'),
  BASIS_EVIDENCE_MISSING: refused('the basis lacks its citation or evidence'),
  CONSENT_WITHDRAWN: refused('the consent was withdrawn'),
  CONSENT_EXPIRED: refused('the consent has ended'),
  CONSENT_UNPROVEN: refused('the consent is only claimed'),
  CONSENT_NOT_GIVEN: refused('no consent covers this'),
  RECIPIENT_UNKNOWN: refused('the recipient is not registered'),
  RECIPIENT_NOT_BOUND: refused('the recipient is not bound by a contract'),
  REASONED_REQUEST_MISSING: refused('the reasoned request is missing'),
  CROSS_BORDER_NOT_PERMITTED: refused('a transfer abroad is not permitted'),
  THIRD_PARTY_CONSENT_MISSING: refused('the consent does not cover third parties'),
  DISSEMINATION_CONSENT_MISSING: refused('the consent does not cover publication'),
  EVIDENCE_MISSING: refused('the evidence is missing'),
  RULING_MISSING: refused('a ruling is missing'),
  ALREADY_INITIALISED: broken('the service is set up wrongly'),
  NO_LEDGER: broken('the service is set up wrongly'),
  WRONG_LOG: broken('the service is set up wrongly'),
  ROLLED_BACK: broken('the service is set up wrongly'),
  BROKEN: broken('the service made a mistake: please report it'),
};

/** What a readiness probe is answered with. */
export const READINESS_STATUS = { ready: 200, 'not ready': 503 } as const;

/** Codes that the service knows how to answer. */
export function isProblemCode(code: unknown): code is ProblemCode {
  return typeof code === 'string' && Object.hasOwn(STATUS_TABLE, code);
}
