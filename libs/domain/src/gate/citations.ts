import type { IndexedPolicy } from '../policy/policy-index.js';
import type { BasisRow } from '../law/law.js';
import type { Ask } from './ask.js';
import type { RefusalCode } from './refusal-codes.js';

/**
 * Law 94-V, by refusal code: what a refusal cites beside the policy's own clauses. Stored events are compared with it
 * (ADR 18): another citation is a second, dated table.
 */
const LAW: Readonly<Record<RefusalCode, readonly string[]>> = {
  UNKNOWN_OPERATION: ['law:1(12)'],
  DESTROYED: ['law:1(6)', 'law:18'],
  POLICY_NOT_ACTIVE: ['law:25(2)(1-1)'],
  PURPOSE_NOT_DECLARED: ['law:7(8)', 'law:14'],
  CATEGORY_NOT_FOR_SUBJECT_KIND: ['law:7(9)', 'law:12(1)'],
  CATEGORY_NOT_ADMITTED: ['law:7(9)', 'law:12(1)'],
  DELETED: ['law:14'],
  BLOCKED: ['law:1(3)'],
  HOLD_IN_FORCE: ['law:12(2)'],
  RETENTION_EXPIRED: ['law:12(2)', 'law:18'],
  SOURCE_NOT_PERMITTED: ['law:7(5)'],
  STORAGE_OUTSIDE_KZ: ['law:12(2)'],
  NO_LAWFUL_BASIS: ['law:7(1)', 'law:9'],
  BASIS_EVIDENCE_MISSING: ['law:9'],
  CONSENT_WITHDRAWN: ['law:8(7)'],
  CONSENT_EXPIRED: ['law:8(5)', 'law:8(6)'],
  CONSENT_UNPROVEN: ['law:8(1)', 'law:25(2)(5)'],
  CONSENT_NOT_GIVEN: ['law:7(1)', 'law:8(1)'],
  RECIPIENT_UNKNOWN: ['law:10(1)'],
  RECIPIENT_NOT_BOUND: ['law:10(1)'],
  REASONED_REQUEST_MISSING: ['law:9(1)'],
  CROSS_BORDER_NOT_PERMITTED: ['law:7(6)', 'law:16'],
  THIRD_PARTY_CONSENT_MISSING: ['law:7(6)', 'law:15'],
  DISSEMINATION_CONSENT_MISSING: ['law:7(3)', 'law:15'],
  EVIDENCE_MISSING: ['law:13', 'law:18'],
  RULING_MISSING: ['law:25(2)(1-1)'],
};

/** Clauses that a refusal or violation names: the policy's, then the Law's; never empty. */
export function citeRefusal(
  codes: readonly RefusalCode[],
  policy: IndexedPolicy | null,
): readonly string[] {
  const clauses = new Set<string>();
  for (const code of codes) {
    for (const clause of policy?.refusals.get(code) ?? []) clauses.add(clause);
    for (const clause of LAW[code]) clauses.add(clause);
  }
  return [...clauses];
}

/** Clauses that a lawful answer rests on: the operation's, the purpose's, the basis's. */
export function citeLawful(
  { kind, purpose }: Pick<Ask, 'kind' | 'purpose'>,
  policy: IndexedPolicy | null,
  basis: BasisRow | undefined,
): readonly string[] {
  const operation = policy?.citations.get(kind);
  const clauses = operation === undefined ? [] : [operation];
  const declared = policy?.citations.get(purpose ?? '');
  if (declared !== undefined && declared !== operation) clauses.push(declared);
  if (basis !== undefined) clauses.push(`law:${basis.clause}`);
  return clauses;
}
