import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Provider } from 'oidc-provider';
import { ServiceUnderTest } from './service-under-test.js';

const CLIENT = { client_id: 'backend', client_secret: 'a secret of the test' };
const AUDIENCE = 'urn:pdl:ledger';

describe('tokens of an OpenID provider', () => {
  let server: Server;
  let issuer: string;
  let pdl: ServiceUnderTest;
  let claims: Readonly<Record<string, unknown>> = {};

  beforeAll(async () => {
    server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const provider = new Provider(issuer, {
      clients: [
        { ...CLIENT, grant_types: ['client_credentials'], redirect_uris: [], response_types: [] },
      ],
      features: {
        devInteractions: { enabled: false },
        clientCredentials: { enabled: true },
        resourceIndicators: {
          enabled: true,
          getResourceServerInfo: async (_context: unknown, audience: string) =>
            Promise.resolve({ scope: '', audience, accessTokenFormat: 'jwt' as const }),
        },
      },
      extraTokenClaims: async () => Promise.resolve(claims),
      ttl: { ClientCredentials: 600 },
    });
    server.on('request', provider.callback());
    pdl = await ServiceUnderTest.start({ issuer, audience: AUDIENCE });
    // The provider lives in the machine's time.
    pdl.clock.move(Date.now() - pdl.clock.now().getTime());
  });
  afterAll(async () => {
    await pdl.stop();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });

  const issued = async (resource = AUDIENCE): Promise<string> => {
    const answer = await fetch(`${issuer}/token`, {
      method: 'POST',
      body: new URLSearchParams({ grant_type: 'client_credentials', resource, ...CLIENT }),
    });
    return ((await answer.json()) as { access_token: string }).access_token;
  };
  const ask = async (token: string): Promise<number> =>
    (await pdl.ask('GET /v1/policies', { token })).status;

  it('are taken when they name audience, role and operator', async () => {
    claims = { role: 'officer', operator: 'akjet', sub: 'Дана' };
    const token = await issued();
    expect(await ask(token)).toBe(200);
    const registered = await pdl.ask('POST /v1/subjects', {
      token,
      body: { operator: 'akjet', kind: 'individual' },
    });
    expect(registered.status).toBe(201);
  });

  it('are not taken for another audience, without a role, after their end, or altered', async () => {
    claims = { role: 'officer', operator: 'akjet', sub: 'Дана' };
    expect(await ask(await issued('urn:other'))).toBe(401);
    const token = await issued();
    const [head = '', body = '', signature = ''] = token.split('.');
    const altered = Buffer.from(body, 'base64url').toString().replace('akjet', 'quick');
    expect(await ask([head, Buffer.from(altered).toString('base64url'), signature].join('.'))).toBe(
      401,
    );
    claims = { operator: 'akjet' };
    expect(await ask(await issued())).toBe(401);
    pdl.clock.move(3_600_000);
    expect(await ask(token)).toBe(401);
  });

  it('are answered with 503 while the provider cannot be asked, and the local ones are taken', async () => {
    const gone = await ServiceUnderTest.start({ issuer: 'http://127.0.0.1:9', audience: AUDIENCE });
    claims = { role: 'officer', operator: 'akjet', sub: 'Дана' };
    const [head = '', body = ''] = (await issued()).split('.');
    const moved = Buffer.from(body, 'base64url').toString().replace(issuer, 'http://127.0.0.1:9');
    const token = [head, Buffer.from(moved).toString('base64url'), 'AAAA'].join('.');
    expect(await gone.ask('GET /v1/policies', { token })).toMatchObject({
      status: 503,
      body: { code: 'UNAVAILABLE' },
    });
    await gone.stop();
  });
});
