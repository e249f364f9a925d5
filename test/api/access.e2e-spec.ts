import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { SignJWT, generateKeyPair } from 'jose';
import { TOKEN_AUDIENCE, localIssuer } from '#ledger/access';
import { ROLE_TABLE, type Rule } from '../../apps/api/src/access/role-table.js';
import type { Role } from '../../apps/api/src/access/caller.js';
import {
  ServiceUnderTest,
  collectOf,
  consentOf,
  type Asked,
  type Told,
} from './service-under-test.js';

const ROLES: readonly Role[] = ['emitter', 'officer', 'auditor', 'regulator', 'subject', 'admin'];
const PURPOSE = 'quicklid:3.1';
const VALUES = { 'quicklid:name': 'Зызықұмов Өмірбек', 'quicklid:iin': '791119300072' };
const NOBODY = '00000000-0000-4000-8000-000000000000';

describe('the role table', () => {
  let pdl: ServiceUnderTest;
  let subject: string;
  let other: string;
  let recipient: string;
  let consent: string;

  beforeAll(async () => {
    pdl = await ServiceUnderTest.start();
    subject = await pdl.person(VALUES);
    other = await pdl.person(VALUES);
    const token = await pdl.officer();
    const body = { operator: 'quicklid', name: 'ТОО', class: 'quicklid:7.1.1', country: 'KZ' };
    recipient = String((await pdl.ask('POST /v1/recipients', { token, body })).body['recipient']);
    const consents = await pdl.ask(`GET /v1/subjects/${subject}/consents`, { token });
    consent = String((consents.body['consents'] as [{ consent: string }])[0].consent);
  });
  afterAll(async () => pdl.stop());

  const BODIES: Readonly<Record<string, unknown>> = {
    'subjects-register': { operator: 'quicklid', kind: 'individual' },
    operations: collectOf(PURPOSE, VALUES),
    'consents-record': consentOf(PURPOSE, ['quicklid:name']),
    'consents-withdraw': {},
    lookups: { scheme: 'KZ-IIN', value: '791119300072', purpose: PURPOSE },
    'recipients-register': {
      operator: 'quicklid',
      name: 'А',
      class: 'quicklid:7.1.1',
      country: 'KZ',
    },
    'recipients-bind': {},
    events: {
      specversion: '1.0',
      id: 'table',
      source: 'urn:table',
      type: 'kz.pdl.subject.registered.v1',
      subject: 'table',
      data: { operator: 'quicklid', kind: 'individual' },
    },
  };
  const QUERIES: Readonly<Record<string, string>> = {
    data: `?purpose=${PURPOSE}`,
    'operator-trail': '?operator=quicklid',
  };
  const asked = ({ name }: Rule, route: string, token: string): Asked => ({
    token,
    ...(route.startsWith('POST') ? { body: BODIES[name] } : {}),
  });
  const at = (route: string, rule: Rule, id: string): string =>
    route.replace(':id', rule.object === undefined ? 'quicklid' : id).replace(':consent', consent) +
    (QUERIES[rule.name] ?? '');
  const rows = Object.entries(ROLE_TABLE) as readonly (readonly [string, Rule])[];
  const guarded = rows.filter(([, { roles }]) => roles !== 'public');

  it.each(guarded)('%s is closed without a token', async (route, rule) => {
    const plain = await pdl.ask(at(route, rule, subject));
    expect(plain).toMatchObject({
      status: 401,
      headers: { 'www-authenticate': 'Bearer' },
      body: { code: 'UNAUTHENTICATED' },
    });
  });

  it.each(guarded.flatMap(([route, rule]) => ROLES.map((role) => [route, role, rule] as const)))(
    '%s as %s: own and other operator, own and other person, nobody',
    async (route, role, rule) => {
      const own = rule.object === 'recipient' ? recipient : subject;
      const claims = { role, ...(role === 'subject' ? { subject } : {}) };
      const mine = await pdl.token({ ...claims, operator: 'quicklid' });
      const foreign = await pdl.token({ ...claims, operator: 'akjet' });
      const expected = cellsOf(rule, role);
      for (const [cell, token, id] of [
        ['own', mine, own],
        ['otherOperator', foreign, own],
        ['otherPerson', mine, rule.object === 'subject' ? other : own],
        ['nobody', mine, NOBODY],
      ] as const) {
        const before = (await pdl.events('AccessRefused')).length;
        const told = await pdl.ask(at(route, rule, id), asked(rule, route, token));
        const recorded = (await pdl.events('AccessRefused')).length - before;
        expect([cell, outcomeOf(told, recorded)]).toEqual([cell, expected[cell]]);
        // Values for officers and the person alone, and never another operator's or another person's.
        const isOpen = rule.values === true && expected[cell] === 'in';
        if (!isOpen) expect(told.text).not.toMatch(/Зызықұмов|791119300072/u);
      }
    },
  );

  it('records who was refused what, on whom, and never an id that the ledger did not make', async () => {
    const token = await pdl.token({ role: 'auditor', operator: 'quicklid' });
    await pdl.ask(`GET /v1/subjects/${subject}/data?purpose=${PURPOSE}`, { token });
    await pdl.ask(`GET /v1/subjects/${NOBODY}/data?purpose=${PURPOSE}`, { token });
    const [known, unknown] = (await pdl.events('AccessRefused')).slice(-2);
    expect(known).toMatchObject({
      stream: 'access-quicklid',
      data: { operator: 'quicklid', route: 'data', subject },
      metadata: { actorRole: 'auditor' },
    });
    expect(unknown).toMatchObject({ data: { route: 'data' } });
    expect(JSON.stringify(unknown)).not.toContain(NOBODY);
  });

  it('gives a token of all operators the history of each, by name', async () => {
    const token = await pdl.token({ role: 'regulator' });
    expect(await pdl.ask(`GET /v1/subjects/${subject}/audit-trail`, { token })).toMatchObject({
      status: 200,
    });
    expect(await pdl.ask('GET /v1/audit-trail', { token })).toMatchObject({ status: 400 });
    expect(await pdl.ask('GET /v1/audit-trail?operator=akjet', { token })).toMatchObject({
      status: 200,
      body: { entries: [] },
    });
  });

  it('takes reports after the act only from a token that allows them', async () => {
    const token = await pdl.token({ role: 'emitter', operator: 'quicklid', modes: ['record'] });
    const body = {
      operation: 'use',
      purpose: PURPOSE,
      basis: { code: 'KZ-CONSENT' },
      categories: ['quicklid:finances'],
      mode: 'record',
    };
    expect(await pdl.ask(`POST /v1/subjects/${subject}/operations`, { token, body })).toMatchObject(
      {
        status: 201,
        body: { verdict: 'violation' },
      },
    );
  });

  it('takes no token that is late, early signed for others, or signed by others', async () => {
    const { ledgerId, keys } = pdl.ledger.parts;
    const now = Math.floor(pdl.clock.now().getTime() / 1000);
    const sign = async (change: object, key: unknown = keys.tokenKey(), alg = 'HS256') =>
      new SignJWT({
        iss: localIssuer(ledgerId),
        aud: TOKEN_AUDIENCE,
        sub: 'x',
        exp: now + 60,
        role: 'officer',
        operator: 'quicklid',
        ...change,
      })
        .setProtectedHeader({ alg })
        .sign(key as Uint8Array);
    const ask = async (token: string): Promise<number> =>
      (await pdl.ask('GET /v1/policies', { token })).status;
    expect(await ask(await sign({}))).toBe(200);
    const { privateKey } = await generateKeyPair('RS256');
    const unsigned = `${Buffer.from('{"alg":"none"}').toString('base64url')}.${(await sign({})).split('.')[1]}.`;
    const refused = [
      await sign({ exp: now - 1 }),
      await sign({ exp: undefined }),
      await sign({ aud: 'other' }),
      await sign({ iss: 'urn:other' }),
      await sign({ nbf: now + 60 }),
      await sign({ role: 'ledger' }),
      await sign({ operator: undefined }),
      await sign({ operator: 'nobody' }),
      await sign({ sub: undefined }),
      await sign({ sources: 'urn:x' }),
      await sign({ role: 'subject' }),
      await sign({}, new Uint8Array(32)),
      await sign({}, keys.tokenKey(), 'HS512'),
      await sign({}, privateKey, 'RS256'),
      unsigned,
      'nonsense',
      '',
    ];
    expect(await Promise.all(refused.map(ask))).toEqual(refused.map(() => 401));
    const once = await sign({ exp: now + 1, sub: 'remembered' });
    expect(await ask(once)).toBe(200);
    pdl.clock.move(2_000);
    expect(await ask(once)).toBe(401);
  });
});

type Outcome = 'in' | 'forbidden, recorded' | 'hidden' | 'hidden, recorded';

/** What the table promises for a route and a role, cell by cell. */
function cellsOf(
  rule: Rule,
  role: Role,
): Readonly<Record<'own' | 'otherOperator' | 'otherPerson' | 'nobody', Outcome>> {
  const forbidden = 'forbidden, recorded';
  if (rule.roles === 'public' || !rule.roles.includes(role)) {
    return { own: forbidden, otherOperator: forbidden, otherPerson: forbidden, nobody: forbidden };
  }
  if (rule.object === undefined) {
    const otherOperator = OF_ANOTHER[rule.name] ?? forbidden;
    return { own: 'in', otherOperator, otherPerson: 'in', nobody: 'in' };
  }
  const otherOperator = 'hidden, recorded';
  return role === 'subject'
    ? { own: 'in', otherOperator, otherPerson: forbidden, nobody: forbidden }
    : { own: 'in', otherOperator, otherPerson: 'in', nobody: 'hidden' };
}

/** What another operator's token gets where neither path nor body names an operator: its own. */
const OF_ANOTHER: Readonly<Record<string, Outcome>> = {
  policies: 'in',
  policy: 'hidden',
  lookups: 'in',
};

/** Of a batch, each event has an answer of its own. */
function codeIn(body: Told['body']): unknown {
  const [first] = (body['results'] ?? [body]) as readonly { readonly code?: unknown }[];
  return first?.code;
}

function outcomeOf({ status, body }: Told, recorded: number): Outcome | string {
  const code = codeIn(body);
  if (code === 'FORBIDDEN') return recorded === 1 ? 'forbidden, recorded' : 'forbidden';
  if (code === 'NOT_FOUND') return recorded === 1 ? 'hidden, recorded' : 'hidden';
  // Refused by the gate is let in by the table.
  return status < 300 || Array.isArray(body['clauses']) ? 'in' : `${status}`;
}
