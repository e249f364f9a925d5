import { SignJWT } from 'jose';
import { randomUUID } from 'node:crypto';
import type { ActorRole, Mode } from '#domain';
import { KeyDirectory } from '#vault';
import { LedgerError } from '../ledger-error.js';
import { readIdentity } from '../stores/identity.js';
import type { LedgerFiles } from '../stores/ledger-files.js';

/** Roles that a token can carry (contract §4). */
export const TOKEN_ROLES = [
  'emitter',
  'officer',
  'auditor',
  'regulator',
  'subject',
  'admin',
] as const satisfies readonly ActorRole[];

/** What a token says of its bearer. */
export interface TokenClaims {
  readonly role: (typeof TOKEN_ROLES)[number];
  /** Code; absent: all operators. */
  readonly operator?: string;
  /** Ledger uuid of the person whose own token it is. */
  readonly subject?: string;
  /** Name in the operator's directory. */
  readonly actor: string;
  /** `record` allows reports after the act (design §5); absent: only asking before it. */
  readonly modes?: readonly Mode[];
  /** CloudEvents sources it may use; absent: all. */
  readonly sources?: readonly string[];
}

/** A token of the local issuer, for a ledger without an identity provider. */
export interface IssuedToken {
  /** JWS compact serialisation (RFC 7515), HS256 (RFC 7518 §3.2) under the token key. */
  readonly token: string;
  /** ISO instant. */
  readonly expiresAt: string;
}

/** The audience of every token of a ledger. */
export const TOKEN_AUDIENCE = 'pdl';

/** The issuer's name in `iss`. */
export function localIssuer(ledgerId: string): string {
  return `urn:pdl:${ledgerId}`;
}

/** Whose local issuer. */
export interface IssuerPlace {
  readonly files: LedgerFiles;
  readonly passphrase?: string;
}

/** The key that tokens of the local issuer are verified with (HS256). @throws {VaultError} NO_ROOT_KEY, KEY_FILE_MODE. */
export function openTokenKey(place: IssuerPlace): Uint8Array {
  return keysOf(place).tokenKey();
}

/**
 * Issues a token that the same ledger's service accepts: both know the token key, nobody else does.
 * @throws {LedgerError} NO_LEDGER, NOT_FOUND for an operator without keys here; VaultError.
 */
export async function issueToken(
  place: IssuerPlace,
  { actor, ...claims }: TokenClaims,
  { now, seconds }: { readonly now: Date; readonly seconds: number },
): Promise<IssuedToken> {
  const { ledgerId } = readIdentity(place.files);
  const keys = keysOf(place);
  if (claims.operator !== undefined && !keys.operators().includes(claims.operator)) {
    throw new LedgerError('NOT_FOUND', 'this ledger has no such operator: see "pdl policy show"');
  }
  const issuedAt = Math.floor(now.getTime() / 1000);
  const expires = issuedAt + seconds;
  const token = await new SignJWT({ ...claims })
    .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
    .setIssuer(localIssuer(ledgerId))
    .setAudience(TOKEN_AUDIENCE)
    .setSubject(actor)
    .setIssuedAt(issuedAt)
    .setExpirationTime(expires)
    .setJti(randomUUID())
    .sign(keys.tokenKey());
  return { token, expiresAt: new Date(expires * 1000).toISOString() };
}

function keysOf({ files, passphrase }: IssuerPlace): KeyDirectory {
  return KeyDirectory.open(files.keys, passphrase === undefined ? {} : { passphrase });
}
