import {
  checkIdentifier,
  normaliseIdentifier,
  citeRefusal,
  policyAt,
  type IdentifierScheme,
  type RefusalCode,
} from '#domain';
import { cutToSecond } from '../commands/context.js';
import type { Ledger } from '../ledger.js';
import { LedgerError } from '../ledger-error.js';
import { recordAccess } from '../recording/access-stream.js';
import type { Actor } from '../recording/recorder.js';

/** Who is registered under an identifier, and what for the question is asked. */
export interface LookupQuery {
  readonly operator: string;
  readonly scheme: IdentifierScheme;
  /** A personal value: it goes into the blind index and nowhere else. */
  readonly value: string;
  readonly purpose: string;
}

/** Ledger ids, or why nobody was looked for. */
export type LookupAnswer =
  | { readonly subjects: readonly string[] }
  | {
      readonly code: RefusalCode;
      readonly codes: readonly RefusalCode[];
      readonly clauses: readonly string[];
    };

/**
 * Looks an identifier up in the blind index; recorded before the answer leaves, also when nobody is found (design §6).
 * @throws {LedgerError} INVALID_VALUE when the identifier fails its check; UNAVAILABLE.
 */
export async function lookUp(
  ledger: Ledger,
  { operator, scheme, value, purpose }: LookupQuery,
  actor: Actor,
): Promise<LookupAnswer> {
  const fault = checkIdentifier(scheme, value);
  if (fault !== 'ok') {
    const message = `an identifier of scheme ${scheme} fails its check (${fault})`;
    throw new LedgerError('INVALID_VALUE', message);
  }
  const now = ledger.recorder.now();
  const policy = policyAt(ledger.parts.governance.timeline(operator), now.getTime());
  const isDeclared = policy?.purposes.has(purpose) === true;
  const identifier = { scheme, value: normaliseIdentifier(scheme, value) };
  const subjects = isDeclared ? await ledger.parts.vault.lookup(operator, identifier) : [];
  const occurredAt = cutToSecond(now.toISOString());
  const asked = { operator, scheme, purpose: isDeclared ? purpose : null };
  const data = { ...asked, found: subjects.length, occurredAt };
  await recordAccess(ledger, { type: 'SubjectLookedUp', data }, actor);
  if (isDeclared) return { subjects };
  const code = policy === null ? 'POLICY_NOT_ACTIVE' : 'PURPOSE_NOT_DECLARED';
  return { code, codes: [code], clauses: citeRefusal([code], policy) };
}
