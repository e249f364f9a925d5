import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { EventStoreError } from '#event-store';
import {
  Emitter,
  LedgerProblem,
  type CloudEvent,
  type EmitterOptions,
  type EventResult,
} from '#client';
import { StoreAround } from '../api/store-around.js';
import { ServiceUnderTest, collectOf, consentOf } from '../api/service-under-test.js';
import { eventOn, registration, registrations } from './events-of.js';

const PURPOSE = 'quicklid:3.1';
const NAME = 'Зызықұмов Өмірбек';
const IDLE = { wait: async () => undefined, random: () => 1 };

describe('an emitter', () => {
  let pdl: ServiceUnderTest;
  let url: string;
  let token: string;

  beforeAll(async () => {
    pdl = await ServiceUnderTest.start();
    url = await pdl.service.listen(pdl.config);
    token = await pdl.emitter();
  });
  afterAll(async () => pdl.stop());

  const emitterTo = (more: Partial<EmitterOptions> = {}): Emitter =>
    new Emitter({ url, token: () => token, timing: IDLE, ...more });
  const all = async (results: AsyncIterable<EventResult>): Promise<readonly EventResult[]> => {
    const taken: EventResult[] = [];
    for await (const result of results) taken.push(result);
    return taken;
  };
  /** A fetch that notes what it sends, and of which a test may lose an answer. */
  const noting = (
    around: (send: () => Promise<Response>, sent: number) => Promise<Response>,
  ): { fetch: typeof fetch; bodies: string[] } => {
    const bodies: string[] = [];
    const sending: typeof fetch = async (input, init) => {
      bodies.push(String(init?.body));
      return around(async () => fetch(input, init), bodies.length);
    };
    return { fetch: sending, bodies };
  };
  const problemOf = async (failing: Promise<unknown>): Promise<LedgerProblem> =>
    failing.then(
      () => {
        throw new Error('it did not fail');
      },
      (error: unknown) => error as LedgerProblem,
    );

  it('tells of each event what became of it, in order', async () => {
    const { operation: _, ...collect } = collectOf(PURPOSE, { 'quicklid:name': NAME }) as {
      operation: string;
    };
    const use = { purpose: PURPOSE, basis: { code: 'KZ-CONSENT' }, categories: ['quicklid:name'] };
    const consent = consentOf(PURPOSE, ['quicklid:name']) as Record<string, unknown>;
    const events = [
      registration('one'),
      eventOn('one', 'consent.given', consent),
      eventOn('one', 'operation.collect', collect),
      eventOn('one', 'consent.withdrawn', { purpose: PURPOSE }),
      eventOn('one', 'operation.use', use),
      { ...registration('one'), source: '' },
    ];
    const emitter = emitterTo({ batchEvents: 2 });
    const told: string[] = [];
    await Promise.all(events.map(async (e) => emitter.emit(e).then((r) => told.push(r.status))));
    expect(told).toEqual([...Array(4).fill('accepted'), 'refused', 'invalid']);
    const again = await all(emitter.emitAll(events.slice(0, 5)));
    expect(again.map(({ status }) => status)).toEqual(Array(5).fill('duplicate'));
    expect(again[4]).toMatchObject({ code: 'CONSENT_WITHDRAWN' });
  });

  it('sends one batch at a time, of what was given meanwhile', async () => {
    let underWay = 0;
    const { fetch: sending, bodies } = noting(async (send) => {
      underWay += 1;
      expect(underWay).toBe(1);
      const answer = await send();
      underWay -= 1;
      return answer;
    });
    const emitter = emitterTo({ fetch: sending, batchEvents: 100 });
    const results = await all(emitter.emitAll(registrations(250, 1_000)));
    expect(results.map(({ id }) => id)).toEqual(registrations(250, 1_000).map(({ id }) => id));
    const lengths = bodies.map((body) => (JSON.parse(body) as unknown[]).length);
    expect(lengths).toEqual([100, 100, 50]);
  });

  it('takes no more from a long source than two batches ahead of its results', async () => {
    let [taken, told] = [0, 0];
    const source = function* (): Generator<CloudEvent> {
      for (const event of registrations(300, 2_000)) {
        taken += 1;
        expect(taken - told).toBeLessThanOrEqual(21);
        yield event;
      }
    };
    for await (const { status } of emitterTo({ batchEvents: 10 }).emitAll(source())) {
      expect(status).toBe('accepted');
      told += 1;
    }
    expect(told).toBe(300);
  });

  it('sends the same again when the answer is lost, and the ledger has each event once', async () => {
    const { fetch: sending, bodies } = noting(async (send, sent) => {
      const answer = await send();
      if (sent > 2) return answer;
      await answer.arrayBuffer();
      throw new TypeError(`socket hang up after ${NAME}`);
    });
    const before = (await pdl.events('SubjectRegistered')).length;
    const results = await all(emitterTo({ fetch: sending }).emitAll(registrations(10, 3_000)));
    expect(bodies).toHaveLength(3);
    expect(new Set(bodies).size).toBe(1);
    expect(results.map(({ status }) => status)).toEqual(Array(10).fill('duplicate'));
    expect(await pdl.events('SubjectRegistered')).toHaveLength(before + 10);
  });

  it('waits longer each time while the ledger cannot record, and gives up after so many attempts', async () => {
    const service = await pdl.decorated((store) => new BrokenStore(store));
    const broken = await service.listen(pdl.config);
    const waits: number[] = [];
    const timing = { wait: async (ms: number) => void waits.push(ms), random: () => 0.5 };
    const emitter = emitterTo({ url: broken, timing, attempts: 12 });
    const [first, second] = registrations(2, 4_000).map(async (e) => problemOf(emitter.emit(e)));
    expect(await first).toMatchObject({ name: 'LedgerProblem', status: 503, code: 'UNAVAILABLE' });
    expect(await second).toBe(await first);
    expect(waits).toEqual([50, 100, 200, 400, 800, 1600, 3200, 6400, 12800, 15000, 15000]);
    await service.stop();
  });

  it('stops at what no repeat can mend, and says so to all that wait and come', async () => {
    const emitter = emitterTo({ token: () => 'nobody', batchEvents: 1 });
    const problems = registrations(3, 5_000).map(async (event) => problemOf(emitter.emit(event)));
    for (const problem of problems) {
      expect(await problem).toMatchObject({ status: 401, code: 'UNAUTHENTICATED' });
    }
    expect(await problemOf(emitter.emit(registration('later')))).toBe(await problems[0]);
  });

  it('asks for the token at each attempt, and waits while there is none', async () => {
    let asked = 0;
    const renewed = async (): Promise<string> => {
      asked += 1;
      if (asked === 1) throw new Error(`no session for ${NAME}`);
      return token;
    };
    const result = await emitterTo({ token: renewed }).emit(registration('patient'));
    expect([result.status, asked]).toEqual(['accepted', 2]);
  });

  it('refuses what is too long, no JSON or too much, and goes on', async () => {
    const emitter = emitterTo({ capacity: 2 });
    const long = eventOn('long', 'consent.given', { text: NAME.repeat(20_000) });
    expect(await problemOf(emitter.emit(long))).toMatchObject({ code: 'TOO_LARGE' });
    const circle: Record<string, unknown> = { [NAME]: 1 };
    circle['itself'] = circle;
    const problem = await problemOf(emitter.emit(eventOn('round', 'consent.given', circle)));
    expect(problem).toMatchObject({ code: 'INVALID_REQUEST' });
    const given = registrations(3, 6_000).map(async (event) => emitter.emit(event));
    expect(await problemOf(Promise.resolve(given[2]))).toMatchObject({ code: 'FULL' });
    expect((await Promise.all(given.slice(0, 2))).map(({ status }) => status)).toEqual([
      'accepted',
      'accepted',
    ]);
    expect(() => emitterTo({ batchEvents: 501 })).toThrow(RangeError);
  });

  it.each([
    ['an answer that is cut off', 200, 'application/json', `{"results":[{"id":"${NAME}`],
    ['another answer', 200, 'application/json', `{"results":[{"id":"${NAME}"}]}`],
    ['a page', 200, 'text/html', `<html>${NAME}`],
    ['no answer for some', 200, 'application/json', '{"results":[]}'],
    ['a page about a fault', 500, 'text/html', `<html>${NAME}`],
  ])('never repeats a value in an error: %s', async (_, status, type, text) => {
    const answering = async () => new Response(text, { status, headers: { 'content-type': type } });
    const event = { ...registration(NAME), id: `of ${NAME}` };
    const problem = await problemOf(emitterTo({ fetch: answering }).emit(event));
    expect(problem).toMatchObject({ code: 'UNREADABLE', status });
    const shown = [problem.message, problem.stack, JSON.stringify(problem), String(problem.cause)];
    expect(shown.join()).not.toContain('Зызықұмов');
  });
});

/** A store that never becomes durable. */
class BrokenStore extends StoreAround {
  override async append(): Promise<never> {
    throw new EventStoreError('DISK_FULL', 'the disk is full');
  }
}
