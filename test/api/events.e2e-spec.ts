import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { once } from 'node:events';
import { request, type ClientRequest, type IncomingMessage } from 'node:http';
import { createInterface } from 'node:readline';
import { ServiceUnderTest, collectOf, consentOf, headersOf } from './service-under-test.js';

const PURPOSE = 'quicklid:3.1';
const NAME = 'Зызықұмов Өмірбек';
const STREAM = { 'content-type': 'application/x-ndjson' };

interface Result {
  readonly id: string | null;
  readonly status: string;
  readonly code?: string;
}

const event = (subject: string, id: string, type: string, data: object): object => ({
  specversion: '1.0',
  id,
  source: 'urn:loans',
  type: `kz.pdl.${type}.v1`,
  subject,
  time: '2026-03-01T09:00:00Z',
  data,
});
const registered = (subject: string, more: object = {}): object => ({
  ...event(subject, `${subject}-1`, 'subject.registered', {
    operator: 'quicklid',
    kind: 'individual',
  }),
  ...more,
});
const told = (subject: string): readonly object[] => {
  const { operation: _, ...collect } = collectOf(PURPOSE, { 'quicklid:name': NAME }) as {
    operation: string;
  };
  return [
    registered(subject),
    event(subject, `${subject}-2`, 'consent.given', consentOf(PURPOSE, ['quicklid:name'])),
    event(subject, `${subject}-3`, 'operation.collect', collect),
    event(subject, `${subject}-4`, 'consent.withdrawn', { purpose: PURPOSE }),
    event(subject, `${subject}-5`, 'operation.use', {
      purpose: PURPOSE,
      basis: { code: 'KZ-CONSENT' },
      categories: ['quicklid:name'],
    }),
  ];
};

describe('events', () => {
  let pdl: ServiceUnderTest;
  let token: string;
  let url: string;

  beforeAll(async () => {
    pdl = await ServiceUnderTest.start();
    url = await pdl.service.listen(pdl.config);
    token = await pdl.emitter();
  });
  afterAll(async () => pdl.stop());

  const results = (body: Readonly<Record<string, unknown>>): readonly Result[] =>
    body['results'] as readonly Result[];
  const streaming = (): ClientRequest => {
    const sending = request(`${url}/v1/events`, {
      method: 'POST',
      headers: { ...headersOf({ token }), ...STREAM },
    });
    // A request that is cut off here on purpose says so; nobody else listens.
    sending.on('error', () => undefined);
    return sending;
  };

  it('are taken one by one', async () => {
    const answer = await pdl.ask('POST /v1/events', { token, body: registered('one') });
    expect(answer).toMatchObject({
      status: 200,
      body: { results: [{ id: 'one-1', status: 'accepted', position: expect.any(String) }] },
    });
    const again = await pdl.ask('POST /v1/events', {
      token,
      body: registered('one'),
      headers: { 'content-type': 'application/cloudevents+json; charset=utf-8' },
    });
    expect(results(again.body)).toMatchObject([{ status: 'duplicate' }]);
  });

  it('are taken as a batch, with a result for each in order, whatever stands between them', async () => {
    const body = [...told('batch'), 42, registered('other', { source: '' })];
    const answer = await pdl.ask('POST /v1/events', {
      token,
      body,
      headers: { 'content-type': 'application/cloudevents-batch+json' },
    });
    expect(results(answer.body)).toMatchObject([
      { id: 'batch-1', status: 'accepted' },
      { id: 'batch-2', status: 'accepted' },
      { id: 'batch-3', status: 'accepted' },
      { id: 'batch-4', status: 'accepted' },
      { id: 'batch-5', status: 'refused', code: 'CONSENT_WITHDRAWN', clauses: expect.any(Array) },
      { id: null, status: 'invalid', code: 'INVALID_REQUEST' },
      { id: 'other-1', status: 'invalid', code: 'INVALID_REQUEST' },
    ]);
    expect(answer.text).not.toContain(NAME);
    const many = Array.from({ length: 501 }, (_, n) => registered(`many-${n}`));
    expect(await pdl.ask('POST /v1/events', { token, body: many })).toMatchObject({ status: 413 });
  });

  it('are taken from the sources of the token, for its operator, and from nobody else', async () => {
    const narrow = await pdl.token({
      role: 'emitter',
      operator: 'quicklid',
      sources: ['urn:cards'],
    });
    const body = [registered('narrow'), registered('narrow', { source: 'urn:cards' })];
    const before = (await pdl.events('AccessRefused')).length;
    const answer = await pdl.ask('POST /v1/events', { token: narrow, body });
    expect(results(answer.body)).toMatchObject([
      { status: 'invalid', code: 'FORBIDDEN' },
      { status: 'accepted' },
    ]);
    expect(await pdl.events('AccessRefused')).toHaveLength(before + 1);
    const foreign = await pdl.ask('POST /v1/events', {
      token: await pdl.emitter('akjet'),
      body: [registered('foreign'), told('batch')[1]],
    });
    expect(results(foreign.body)).toMatchObject([
      { status: 'invalid', code: 'FORBIDDEN' },
      { status: 'invalid', code: 'NOT_FOUND' },
    ]);
    expect(await pdl.ask('POST /v1/events?mode=record', { token, body })).toMatchObject({
      status: 403,
    });
  });

  it('are taken as a stream: a sender that waits for each answer gets it', async () => {
    const sending = streaming();
    const answered = once(sending, 'response') as Promise<[IncomingMessage]>;
    const events = told('talk');
    sending.write(`${JSON.stringify(events[0])}\n`);
    const [response] = await answered;
    expect(response.headers['content-type']).toContain('application/x-ndjson');
    const lines = createInterface(response)[Symbol.asyncIterator]();
    const seen: Result[] = [];
    for (const each of [...events.slice(1), undefined]) {
      seen.push(JSON.parse(String((await lines.next()).value)) as Result);
      if (each === undefined) sending.end();
      else sending.write(`${JSON.stringify(each)}\n`);
    }
    expect((await lines.next()).done).toBe(true);
    expect(seen.map(({ id, status }) => `${id} ${status}`)).toEqual([
      'talk-1 accepted',
      'talk-2 accepted',
      'talk-3 accepted',
      'talk-4 accepted',
      'talk-5 refused',
    ]);
  });

  it('are taken as a stream of any length within bounded memory, in order, bad lines among them', async () => {
    const count = 3_000;
    const sending = streaming();
    const answered = once(sending, 'response') as Promise<[IncomingMessage]>;
    const write = async (line: string): Promise<void> => {
      if (!sending.write(`${line}\n`)) await once(sending, 'drain');
    };
    const writing = (async () => {
      for (let n = 0; n < count; n += 1) {
        await write(n % 10 === 9 ? `{"broken ${NAME}` : JSON.stringify(registered(`long-${n}`)));
      }
      await write('x'.repeat(300_000));
      sending.end();
    })();
    const [response] = await answered;
    const seen: Result[] = [];
    for await (const line of createInterface(response)) seen.push(JSON.parse(line) as Result);
    await writing;
    expect(seen).toHaveLength(count + 1);
    seen.slice(0, count).forEach(({ id, status }, n) => {
      expect([id, status]).toEqual(n % 10 === 9 ? [null, 'invalid'] : [`long-${n}-1`, 'accepted']);
    });
    expect(seen.at(-1)).toMatchObject({ status: 'invalid', code: 'TOO_LARGE' });
  });

  it('stops reading while nobody takes the answers', async () => {
    const sending = streaming();
    const answered = once(sending, 'response') as Promise<[IncomingMessage]>;
    sending.write(`${JSON.stringify(registered('slow-0'))}\n`);
    const [response] = await answered;
    response.pause();
    const line = `{"${'x'.repeat(1_000)}\n`;
    let written = 0;
    // Answers are shorter than these lines; socket buffers on both sides take some megabytes, not sixty-four.
    while (written < 64 * 1024 * 1024) {
      written += line.length;
      if (!sending.write(line) && !(await drained(sending))) break;
    }
    expect(written).toBeLessThan(64 * 1024 * 1024);
    // Whoever cuts the line off is told so.
    response.on('error', () => undefined);
    const closed = new Promise((resolve) => response.once('close', resolve));
    response.resume();
    sending.destroy();
    await closed;
  });

  it('leave nothing half-done when their sender vanishes', async () => {
    const sending = streaming();
    const answered = once(sending, 'response') as Promise<[IncomingMessage]>;
    for (const each of told('gone').slice(0, 3)) sending.write(`${JSON.stringify(each)}\n`);
    const [response] = await answered;
    await once(response, 'data');
    sending.write('{"specversion":"1.0","id":"gone-9"');
    sending.destroy();
    const again = await pdl.ask('POST /v1/events', { token, body: told('gone').slice(0, 3) });
    const states = results(again.body).map(({ status }) => status);
    expect(states.every((status) => status === 'duplicate' || status === 'accepted')).toBe(true);
    expect(states[0]).toBe('duplicate');
    expect(await pdl.ask('GET /health/live')).toMatchObject({ status: 200 });
  });
});

/** Whether a sender may go on before the service has been idle for many turns of the loop. */
async function drained(sending: ClientRequest): Promise<boolean> {
  const state = { drained: false };
  void once(sending, 'drain').then(() => (state.drained = true));
  for (let turn = 0; turn < 20_000 && !state.drained; turn += 1) {
    await new Promise((resolve) => setImmediate(resolve));
  }
  return state.drained;
}
