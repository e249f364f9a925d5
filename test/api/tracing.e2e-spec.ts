import { SpanStatusCode } from '@opentelemetry/api';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Append, Appended } from '#event-store';
import { ServiceUnderTest, collectOf, headersOf } from './service-under-test.js';
import { SpansInMemory, type Told } from './spans-in-memory.js';
import { StoreAround } from './store-around.js';

const PURPOSE = 'quicklid:3.1';
const NAME = 'Зызықұмов Өмірбек';
const TRACE = '0af7651916cd43dd8448eb211c80319c';
const CALLER = 'b7ad6b7169203331';
const FACTS = [
  ...['http.request.method', 'http.route', 'http.response.status_code'],
  ...['pdl.route', 'pdl.operator', 'pdl.operation', 'pdl.verdict', 'pdl.code', 'pdl.events'],
];

describe('traces', () => {
  const spans = new SpansInMemory();
  let pdl: ServiceUnderTest;
  let token: string;
  let subject: string;
  let url: string;

  beforeAll(async () => {
    pdl = await ServiceUnderTest.start();
    token = await pdl.officer();
    subject = await pdl.person({ 'quicklid:name': NAME });
    url = await pdl.service.listen(pdl.config);
    spans.register();
  });
  afterAll(async () => {
    spans.unregister();
    await pdl.stop();
  });
  beforeEach(() => void spans.ended.splice(0));

  const operations = (): string => `POST /v1/subjects/${subject}/operations`;
  const named = (name: string): Told | undefined => spans.ended.find((span) => span.name === name);

  it('have a span for the request, under that of its caller, and in it one for the command', async () => {
    const body = collectOf(PURPOSE, { 'quicklid:name': NAME });
    const traceparent = `00-${TRACE}-${CALLER}-01`;
    // Through a socket: what it reads belongs to no request.
    const headers = { ...headersOf({ token, body }), traceparent };
    const [method = '', path = ''] = operations().split(' ');
    const init = { method, headers, body: JSON.stringify(body) };
    const answer = await fetch(new URL(path, url), init);
    expect([answer.status, await answer.text()]).toEqual([201, expect.any(String)]);
    expect(named('POST /v1/subjects/:id/operations')).toMatchObject({
      traceId: TRACE,
      parent: CALLER,
      attributes: {
        'http.request.method': 'POST',
        'http.route': '/v1/subjects/:id/operations',
        'http.response.status_code': 201,
        'pdl.route': 'operations',
        'pdl.operator': 'quicklid',
      },
      status: undefined,
    });
    expect(named('SubmitOn')).toMatchObject({
      traceId: TRACE,
      parent: named('POST /v1/subjects/:id/operations')?.id,
      attributes: {
        'pdl.operator': 'quicklid',
        'pdl.operation': 'collect',
        'pdl.verdict': 'lawful',
      },
    });
  });

  it('tell a refusal by its code, and call it no fault', async () => {
    const use = { operation: 'use', purpose: 'quicklid:3.4', basis: { code: 'KZ-CONSENT' } };
    const body = { ...use, categories: ['quicklid:name'] };
    expect(await pdl.ask(operations(), { token, body })).toMatchObject({ status: 403 });
    const request = named('POST /v1/subjects/:id/operations');
    expect(request?.attributes).toMatchObject({
      'http.response.status_code': 403,
      'pdl.code': 'CONSENT_NOT_GIVEN',
    });
    expect([request?.status, named('SubmitOn')?.status]).toEqual([undefined, undefined]);
    expect(named('SubmitOn')?.attributes).toMatchObject({
      'pdl.verdict': 'refused',
      'pdl.code': 'CONSENT_NOT_GIVEN',
    });
  });

  it('are told a batch until it is durable, and the request of one that is not to be let in', async () => {
    const event = { specversion: '1.0', id: NAME, source: 'urn:loans', subject: NAME, data: {} };
    const body = [1, 2].map((n) => ({
      ...event,
      type: 'kz.pdl.subject.registered.v1',
      id: `${n}`,
    }));
    const data = { operator: 'quicklid', kind: 'individual' };
    const registered = body.map((each, n) => ({ ...each, subject: `${NAME} ${n}`, data }));
    expect(await pdl.ask('POST /v1/events', { token, body: registered })).toMatchObject({
      status: 200,
    });
    expect(named('SubmitBatch')?.attributes).toMatchObject({ 'pdl.events': 2 });
    const auditor = await pdl.token({ role: 'auditor', operator: 'quicklid' });
    await pdl.ask(`GET /v1/subjects/${subject}/data?purpose=${PURPOSE}`, { token: auditor });
    expect(named('RefuseAccess')).toMatchObject({ parent: named('GET /v1/subjects/:id/data')?.id });
  });

  it('have the batches of a stream under its request', async () => {
    const headers = { ...headersOf({ token }), 'content-type': 'application/x-ndjson' };
    const body = `${'{}'.padEnd(99)}\n`.repeat(3_000);
    const answer = await fetch(new URL('/v1/events', url), { method: 'POST', headers, body });
    expect((await answer.text()).split('\n')).toHaveLength(3_001);
    const batches = spans.ended.filter(({ name }) => name === 'SubmitBatch');
    expect(batches.length).toBeGreaterThan(1);
    const request = named('POST /v1/events')?.id;
    expect(new Set(batches.map(({ parent }) => parent))).toEqual(new Set([request]));
  });

  it('call what the service could not do a fault, by its code alone', async () => {
    const broken = await pdl.decorated((store) => new Broken(store));
    const body = collectOf(PURPOSE, { 'quicklid:name': NAME });
    expect(await pdl.ask(operations(), { token, body }, broken)).toMatchObject({ status: 503 });
    const ended = [named('POST /v1/subjects/:id/operations'), named('SubmitOn')];
    for (const span of ended) {
      expect(span).toMatchObject({
        attributes: { 'pdl.code': 'UNAVAILABLE' },
        status: { code: SpanStatusCode.ERROR },
      });
      expect(span?.status?.message).toBeUndefined();
    }
    await broken.stop();
  });

  it('hold no value, no reference, no person, no token and nothing that is not on the list', async () => {
    const words = { operation: NAME, purpose: NAME, basis: { code: NAME } };
    const unknown = { operation: 'zyzyq', purpose: PURPOSE, categories: ['quicklid:zyzyq'] };
    const asked = [
      [operations(), collectOf(PURPOSE, { 'quicklid:name': NAME })],
      [operations(), words],
      [operations(), unknown],
      ['POST /v1/lookups', { scheme: 'KZ-IIN', value: '791119300072', purpose: PURPOSE }],
      [`GET /v1/subjects/${subject}/data?purpose=${PURPOSE}`],
      [`GET /v1/subjects/${subject}/consents`],
      [`GET /${encodeURIComponent(NAME)}?${subject}`],
    ] as const;
    const headers = { traceparent: NAME.length.toString(), baggage: `who=${subject}` };
    for (const [route, body] of asked) await pdl.ask(route, { token, body, headers });
    expect(spans.ended.length).toBeGreaterThan(asked.length);
    const keys = spans.ended.flatMap(({ attributes }) => Object.keys(attributes));
    expect([...new Set(keys)].filter((key) => !FACTS.includes(key))).toEqual([]);
    const text = JSON.stringify(spans.ended);
    for (const secret of [NAME, encodeURIComponent(NAME), subject, token, '791119300072', 'zyzyq'])
      expect(text).not.toContain(secret);
    expect(named('no route')).toMatchObject({ attributes: { 'http.response.status_code': 404 } });
  });
});

class Broken extends StoreAround {
  override async append(_: Append): Promise<Appended> {
    return Promise.reject(new Error(`no room for ${NAME}`));
  }
}
