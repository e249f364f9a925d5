import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { once } from 'node:events';
import { request, type IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import { verifyLedger } from '#ledger';
import { MARKS, markedPerson } from '../marked-people.js';
import { DESCRIBED, wrongInAnswer } from './described-answers.js';
import { describedRequests, type DescribedRequest } from './described-requests.js';
import { SEED, drawn } from '../seed.js';
import { ServiceUnderTest, headersOf, toldOf, type Told } from './service-under-test.js';

/** How many requests: more of them with `PDL_FUZZ_REQUESTS`. */
const REQUESTS = Number(process.env['PDL_FUZZ_REQUESTS'] ?? 3_000);
/** One of so many goes over a socket. */
const BY_SOCKET = 16;
const NOBODY = '00000000-0000-4000-8000-000000000000';
const IINS = Array.from({ length: 41 }, (_, n) => markedPerson(n).iin);
const PHONES = Array.from({ length: 41 }, (_, n) => markedPerson(n).phone);

describe(`requests made from the description of the API (PDL_SEED=${SEED})`, () => {
  let pdl: ServiceUnderTest;
  let url: string;
  let requests: Generator<DescribedRequest, never>;

  beforeAll(async () => {
    pdl = await ServiceUnderTest.start();
    url = await pdl.service.listen(pdl.config);
    requests = drawn(describedRequests(DESCRIBED, await named()));
  });
  afterAll(async () => pdl.stop());

  async function named(): Promise<Parameters<typeof describedRequests>[1]> {
    const { name, iin } = markedPerson(0);
    const values = { 'quicklid:name': name, 'quicklid:iin': iin };
    const people = [await pdl.person(values), await pdl.person(values)];
    const officer = await pdl.officer();
    const body = { operator: 'quicklid', name, class: 'quicklid:7.1.1', country: 'KZ' };
    const recipient = await pdl.ask('POST /v1/recipients', { token: officer, body });
    const consents = await pdl.ask(`GET /v1/subjects/${people[0]}/consents`, { token: officer });
    const [{ consent }] = consents.body['consents'] as [{ consent: string }];
    const own = { role: 'subject', operator: 'quicklid', subject: people[0] ?? '' } as const;
    return {
      ids: [...people, ...people, String(recipient.body['recipient']), NOBODY, 'quicklid'],
      consents: [consent, NOBODY],
      tokens: [
        ...[officer, officer, officer, officer, await pdl.emitter(), await pdl.emitter('akjet')],
        await pdl.token({ role: 'emitter', operator: 'quicklid', modes: ['record'] }),
        await pdl.token({ role: 'regulator' }),
        await pdl.token(own),
        await pdl.token({ role: 'admin' }),
        ...[undefined, 'nonsense', `${officer}x`],
      ],
    };
  }

  it(`are answered as described, field by field, ${REQUESTS} of them, and no error repeats a value`, async () => {
    const seen = new Map<number, number>();
    for (let n = 0; n < REQUESTS; n += 1) {
      const asked = requests.next().value;
      const told = await (isForSocket(n, asked) ? overSocket(url, asked) : inside(asked));
      seen.set(told.status, (seen.get(told.status) ?? 0) + 1);
      const about = { seed: SEED, n, route: asked.route, url: asked.url };
      const wrong = [...wrongIn(asked, told), ...wrongInAnswer(asked.route, told)];
      expect({ ...about, wrong }).toEqual({ ...about, wrong: [] });
    }
    expect([...seen.keys()].sort()).toEqual(
      expect.arrayContaining([200, 201, 400, 401, 403, 404, 413, 415, 422]),
    );
  });

  it('leave a ledger that verifies, and log lines and metrics without a value', async () => {
    const { files, clock } = pdl.ledger.parts;
    const { faults } = await verifyLedger(files, { now: clock.now() });
    expect({ seed: SEED, faults }).toEqual({ seed: SEED, faults: [] });
    expect(pdl.log.length).toBeGreaterThanOrEqual(REQUESTS / 2);
    expect(marksIn(pdl.log.join(''))).toEqual([]);
    expect(marksIn((await pdl.ask('GET /metrics')).text)).toEqual([]);
    expect(Object.keys(Object.prototype)).toEqual([]);
  });

  async function inside({ route, url: at, token, headers, body }: DescribedRequest): Promise<Told> {
    const answer = await pdl.service.fastify.inject({
      method: methodOf(route),
      url: at,
      headers: { ...(token === undefined ? {} : headersOf({ token })), ...headers },
      ...(body === undefined ? {} : { payload: body }),
    });
    return toldOf(answer.statusCode, answer.headers, answer.body);
  }
});

/** Of a long body the answer may come, and the connection end, while it is still being sent. */
function isForSocket(n: number, { body }: DescribedRequest): boolean {
  return n % BY_SOCKET === 0 && (body?.length ?? 0) < 10_000;
}

async function overSocket(
  to: string,
  { route, url, token, headers, body }: DescribedRequest,
): Promise<Told> {
  const sending = request(`${to}${url}`, {
    method: methodOf(route),
    headers: { ...(token === undefined ? {} : headersOf({ token })), ...headers },
  });
  const answered = once(sending, 'response') as Promise<[IncomingMessage]>;
  sending.end(body);
  const [answer] = await answered;
  return toldOf(answer.statusCode ?? 0, answer.headers, await text(answer));
}

function methodOf(route: string): 'GET' | 'POST' {
  return route.startsWith('POST') ? 'POST' : 'GET';
}

/** What an answer has that the description, or the house, does not allow. */
function wrongIn({ url, statuses }: DescribedRequest, told: Told): readonly string[] {
  const { status, text: said } = told;
  // The one request that may have to wait: for a position that the log has not come to.
  const isLate = status === 503 && url.includes('minPosition=');
  const isDeclared = statuses.includes(String(status)) && (status < 500 || isLate);
  return [
    ...(isDeclared ? [] : [`status ${status}`]),
    ...(status >= 400 ? wrongInProblem(told) : []),
    ...(url.startsWith('/v1/events') ? marksIn(withoutIds(said)) : []),
  ];
}

function wrongInProblem({ status, headers, body, text: said }: Told): readonly string[] {
  return [
    ...(body['status'] === status && isJsonProblem(headers) ? [] : ['not a problem']),
    ...(/ at .+:\d+:\d+|SQLITE|node_modules/u.test(said) ? ['inner words'] : []),
    ...marksIn(said),
  ];
}

function isJsonProblem(headers: Told['headers']): boolean {
  return String(headers['content-type']).startsWith('application/problem+json');
}

/** Results carry the ids that the emitter gave its events. */
function withoutIds(said: string): string {
  return said.replaceAll(/"id":"(?:[^"\\]|\\.)*"/gu, '');
}

function marksIn(said: string): readonly string[] {
  return [...MARKS, ...IINS, ...PHONES].filter((mark) => said.includes(mark));
}
