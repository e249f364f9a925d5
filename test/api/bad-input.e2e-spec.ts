import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { BAD_LINES, BAD_NAME, person } from '../bad-lines.js';
import { ServiceUnderTest, type Told } from './service-under-test.js';

const MARK = 'зызмарк';
const NOBODY = '00000000-0000-4000-8000-000000000000';
const FAULTS: ReadonlySet<string> = new Set([
  ...[
    'INVALID_JSON',
    'INVALID_ENCODING',
    'FORBIDDEN_KEY',
    'DUPLICATE_KEY',
    'TOO_DEEP',
    'TOO_LARGE',
  ],
  '',
]);
/** What the gate says no to is recorded, without what it was about. */
const REFUSED: ReadonlySet<string> = new Set([
  ...['PURPOSE_NOT_DECLARED', 'CATEGORY_NOT_FOR_SUBJECT_KIND', 'UNKNOWN_OPERATION'],
  'NO_LAWFUL_BASIS',
]);
/** Of the envelope alone: no route but `/v1/events` has one. */
const ENVELOPE: ReadonlySet<string> = new Set([
  ...['a wrong type', 'an unknown type', 'one reference of two people'],
]);
const RAW = BAD_LINES.filter(([, , code]) => FAULTS.has(code));
const VALUES = ['42', '[]'].map((text) => ['a value that is no object', text, ''] as const);
const ROUTES = ['subjects', 'subjects/:id/operations', 'subjects/:id/consents', 'recipients'];

describe('bad input over HTTP', () => {
  let pdl: ServiceUnderTest;
  let token: string;
  let subject: string;

  beforeAll(async () => {
    pdl = await ServiceUnderTest.start();
    token = await pdl.officer();
    const known = await pdl.ask('POST /v1/events', { token, body: person('known', 'known') });
    expect(known.body).toMatchObject({ results: [{ status: 'accepted' }] });
    subject = await pdl.person({ 'quicklid:name': 'Ким Вера' });
  });
  afterAll(async () => {
    expect(pdl.log.join('')).not.toContain(MARK);
    await pdl.stop();
  });

  /** The answer, without a word of what was sent, and how many events it left in the log. */
  async function asked(
    route: string,
    body: unknown,
    type = 'application/json',
  ): Promise<readonly [Told, number]> {
    const size = async (): Promise<bigint> => (await pdl.ledger.parts.store.head()).size;
    const before = await size();
    const told = await pdl.ask(route, { token, body, headers: { 'content-type': type } });
    expect(told.text).not.toContain(MARK);
    return [told, Number((await size()) - before)];
  }

  const eventsOf = (code: string): number => (REFUSED.has(code) ? 1 : 0);
  const problem = (code: string): object =>
    code === 'TOO_LARGE'
      ? { status: 413, body: { code } }
      : {
          status: 400,
          body: { code: 'INVALID_REQUEST', errors: [{ message: expect.any(String) }] },
        };

  it.each(BAD_LINES)(
    'names %s as an event, and records nothing of it',
    async (what, line, code) => {
      const [told, recorded] = await asked('POST /v1/events', line, 'application/cloudevents+json');
      if (FAULTS.has(code) || what === 'a list') expect(told).toMatchObject(problem(code));
      else expect(told).toMatchObject({ status: 200, body: { results: [{ code }] } });
      expect(recorded).toBe(eventsOf(code));
    },
  );

  it.each(BAD_LINES)('names %s as a line of a stream', async (_what, line, code) => {
    const lines = Buffer.concat([Buffer.from(line), Buffer.from('\n')]);
    const [{ status, text }] = await asked('POST /v1/events', lines, 'application/x-ndjson');
    const fault = code === 'TOO_LARGE' ? code : 'INVALID_REQUEST';
    expect(status).toBe(200);
    const results = text
      .trim()
      .split('\n')
      .map((each) => JSON.parse(each) as { code?: string });
    // A refusal was recorded for the single event before: this is its repeat.
    expect(results.at(0)?.code).toBe(FAULTS.has(code) ? fault : code);
  });

  it.each(ROUTES.flatMap((route) => [...RAW, ...VALUES].map((bad) => [route, ...bad] as const)))(
    'POST /v1/%s names %s',
    async (route, _what, line, code) => {
      const [told, recorded] = await asked(`POST /v1/${route.replace(':id', subject)}`, line);
      expect(told).toMatchObject(problem(code));
      expect(recorded).toBe(0);
    },
  );

  const fitting = BAD_LINES.filter(
    ([what, line, code]) =>
      !FAULTS.has(code) && !ENVELOPE.has(what) && String(line).includes('type'),
  );
  it.each(fitting)('names %s where it is a body of its own', async (what, line, code) => {
    const [told, recorded] = await asked(...ownRoute(what, String(line)));
    expect(told.body).toMatchObject({ code, status: told.status });
    expect(told.status).toBeGreaterThanOrEqual(400);
    expect(told.status).toBeLessThan(500);
    expect(recorded).toBe(eventsOf(code));
  });

  /** The same as a CloudEvent says, asked of the route that takes it. */
  function ownRoute(what: string, line: string): readonly [string, object] {
    const event = JSON.parse(line) as Readonly<Record<string, unknown>>;
    const { type, time, data, [BAD_NAME]: unknown } = event;
    const extra = unknown === undefined ? {} : { [BAD_NAME]: unknown };
    const body = { ...(data as object), ...extra, occurredAt: time };
    const id = what === 'an unknown subject' ? NOBODY : subject;
    const [, operation] = /operation\.([a-z-]+)/u.exec(String(type)) ?? [];
    if (operation !== undefined) {
      return [`POST /v1/subjects/${id}/operations`, { operation, ...body }];
    }
    return String(type).includes('consent')
      ? [`POST /v1/subjects/${id}/consents`, body]
      : ['POST /v1/subjects', body];
  }
});
