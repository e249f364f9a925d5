import type { JWTPayload } from 'jose';
import { isUuid, type Mode } from '#domain';
import { TOKEN_ROLES } from '#ledger/access';
import { given } from '../http/given.js';
import type { Bearer, Role } from './caller.js';

const BOUND: ReadonlySet<Role> = new Set(['emitter', 'officer', 'subject']);
const LONGEST_NAME = 256;

/** The bearer that verified claims describe, undefined when they describe none that this ledger knows. */
export function bearerOf(
  claims: JWTPayload,
  isOperator: (code: string) => boolean,
): Bearer | undefined {
  const { role, operator, subject, sub, modes, sources, exp } = claims;
  const known = TOKEN_ROLES.find((each) => each === role);
  if (known === undefined || !isName(sub) || exp === undefined) return undefined;
  const isWhole =
    isScoped(known, operator, isOperator) && isOwn(known, subject) && isList(sources ?? []);
  if (!isWhole) return undefined;
  const named = given({ operator, subject, sources }) as Partial<Bearer>;
  return { role: known, actor: sub, expiresAt: exp, modes: modesIn(modes), ...named };
}

/** Emitters, officers and subjects are somebody's; the others may be everybody's. */
function isScoped(role: Role, operator: unknown, isOperator: (code: string) => boolean): boolean {
  if (operator === undefined) return !BOUND.has(role);
  return typeof operator === 'string' && isOperator(operator);
}

function isOwn(role: Role, subject: unknown): boolean {
  if (role !== 'subject') return subject === undefined;
  return typeof subject === 'string' && isUuid(subject);
}

function isName(name: unknown): name is string {
  return typeof name === 'string' && name.length > 0 && name.length <= LONGEST_NAME;
}

/** A mode that nobody knows allows nothing. */
function modesIn(modes: unknown): readonly Mode[] {
  return isList(modes) && modes.includes('record') ? ['record'] : [];
}

function isList(claim: unknown): claim is readonly string[] {
  return Array.isArray(claim) && claim.every((item) => typeof item === 'string');
}
