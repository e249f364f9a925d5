import { decodeJwt, errors, jwtVerify, type JWTPayload, type JWTVerifyOptions } from 'jose';
import { Ledger } from '#ledger';
import { TOKEN_AUDIENCE, localIssuer } from '#ledger/access';
import { Problem } from '../problems/problem.js';
import type { Bearer } from './caller.js';
import { bearerOf } from './claims.js';
import type { OpenIdProvider } from './openid-provider.js';

/** Whose tokens are taken. */
export interface Issuers {
  /** Tokens of `pdl token`, signed with the ledger's own token key. */
  readonly local: boolean;
  /** Any OpenID provider, by discovery. */
  readonly provider?: OpenIdProvider;
  /** `aud` that a token must name. */
  readonly audience?: string;
}

/** Algorithms by kind of key: a token of the one kind is never checked with the other (RFC 8725 §3.1). */
const LOCAL_ALGORITHMS = ['HS256'];
const PROVIDER_ALGORITHMS = ['RS256', 'PS256', 'ES256', 'EdDSA', 'Ed25519'];
const REMEMBERED = 1_000;

/** Verifies bearer tokens; remembers those it verified until they end. */
export class TokenVerifier {
  readonly #known = new Map<string, Bearer>();

  constructor(
    private readonly ledger: Ledger,
    private readonly issuers: Issuers,
  ) {}

  /** The bearer of an `authorization` header. @throws {Problem} UNAUTHENTICATED; UNAVAILABLE when the provider is. */
  async verify(authorization: string | undefined): Promise<Bearer> {
    const token = /^Bearer ([\w.~+/=-]{1,8192})$/iu.exec(authorization ?? '')?.[1];
    if (token === undefined) throw new Problem('UNAUTHENTICATED');
    const bearer = this.#known.get(token) ?? (await this.#verified(token));
    if (bearer.expiresAt * 1000 <= this.#now().getTime()) throw new Problem('UNAUTHENTICATED');
    return bearer;
  }

  async #verified(token: string): Promise<Bearer> {
    const { governance } = this.ledger.parts;
    const bearer = bearerOf(await this.#claims(token), (code) =>
      governance.operators().includes(code),
    );
    if (bearer === undefined) throw new Problem('UNAUTHENTICATED');
    const [oldest] = this.#known.size >= REMEMBERED ? this.#known.keys() : [];
    if (oldest !== undefined) this.#known.delete(oldest);
    this.#known.set(token, bearer);
    return bearer;
  }

  async #claims(token: string): Promise<JWTPayload> {
    const { local, provider } = this.issuers;
    const issuer = issuerOf(token);
    const own = localIssuer(this.ledger.parts.ledgerId);
    if (local && issuer === own) return this.#own(token, own);
    if (provider !== undefined && issuer === provider.issuer) {
      const keys = await provider.keys();
      const options = this.#options(provider.issuer, PROVIDER_ALGORITHMS);
      return orUnauthenticated(async () => jwtVerify(token, keys, options));
    }
    throw new Problem('UNAUTHENTICATED');
  }

  async #own(token: string, issuer: string): Promise<JWTPayload> {
    const key = this.ledger.parts.keys.tokenKey();
    const options = this.#options(issuer, LOCAL_ALGORITHMS);
    return orUnauthenticated(async () => jwtVerify(token, key, options));
  }

  #options(issuer: string, algorithms: string[]): JWTVerifyOptions {
    const audience = this.issuers.audience ?? TOKEN_AUDIENCE;
    return { issuer, audience, algorithms, currentDate: this.#now(), requiredClaims: ['exp'] };
  }

  #now(): Date {
    return this.ledger.parts.clock.now();
  }
}

function issuerOf(token: string): string | undefined {
  try {
    return decodeJwt(token).iss;
  } catch {
    return undefined;
  }
}

/** Why a token is not taken is nobody's business but its issuer's. */
async function orUnauthenticated(
  verify: () => Promise<{ readonly payload: JWTPayload }>,
): Promise<JWTPayload> {
  try {
    return (await verify()).payload;
  } catch (error) {
    const isToken = error instanceof errors.JOSEError && !OF_PROVIDER.has(error.code);
    throw new Problem(isToken ? 'UNAUTHENTICATED' : 'UNAVAILABLE');
  }
}

/** The provider did not answer, or not with keys. */
const OF_PROVIDER: ReadonlySet<string> = new Set([
  'ERR_JWKS_TIMEOUT',
  'ERR_JWKS_INVALID',
  'ERR_JOSE_GENERIC',
]);
