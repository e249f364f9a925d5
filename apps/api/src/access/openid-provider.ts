import { createRemoteJWKSet, type JWTVerifyGetKey } from 'jose';
import { Problem } from '../problems/problem.js';

const TIMEOUT_MS = 5_000;

/** An OpenID provider, found by its issuer alone (OpenID Connect Discovery 1.0 §4). */
export class OpenIdProvider {
  #keys: Promise<JWTVerifyGetKey> | undefined;

  constructor(readonly issuer: string) {}

  /** The provider's keys, fetched on first use and again when a token names one that is new. */
  async keys(): Promise<JWTVerifyGetKey> {
    this.#keys ??= discover(this.issuer);
    try {
      return await this.#keys;
    } catch {
      this.#keys = undefined;
      throw new Problem('UNAVAILABLE');
    }
  }
}

async function discover(issuer: string): Promise<JWTVerifyGetKey> {
  const url = `${issuer.replace(/\/$/u, '')}/.well-known/openid-configuration`;
  const answer = await fetch(url, { redirect: 'error', signal: AbortSignal.timeout(TIMEOUT_MS) });
  const document = (await answer.json()) as {
    readonly issuer?: unknown;
    readonly jwks_uri?: unknown;
  };
  // A document that speaks for another issuer would let that one's tokens in (§4.3).
  if (!answer.ok || document.issuer !== issuer || typeof document.jwks_uri !== 'string') {
    throw new Error('the discovery document is not of this issuer');
  }
  return createRemoteJWKSet(new URL(document.jwks_uri), { timeoutDuration: TIMEOUT_MS });
}
