import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { rmSync, writeFileSync } from 'node:fs';
import { NO_STREAM, type Append, type RecordedEvent } from '../event-store.js';
import { anEvent, collected } from '../testing/made-up-events.js';
import {
  ELSEWHERE,
  EXPIRED,
  LOCALHOST,
  OnDouble,
  oneEvent,
  ServerLog,
  type EventStoreDbDouble,
} from '../testing/eventstoredb/index.js';
import type { EventStoreDbEventStore } from './eventstoredb-event-store.js';

const quick = { callMs: 150, patienceMs: 400 };
/** The longest that a timer takes: no call is over before its answer, on however busy a machine. */
const never = { callMs: 2 ** 31 - 1, patienceMs: 2 ** 31 - 1 };
const login = { username: 'ledger', password: 'correct-horse' };

let on: OnDouble;
beforeEach(() => {
  on = new OnDouble();
});
afterEach(async () => on.end());

describe('a server that is down', () => {
  it('at the start: is named, and the next start succeeds', async () => {
    const double = await on.server();
    await double.down();
    await expect(on.store(double.url, { timing: quick })).rejects.toMatchObject({
      code: 'UNAVAILABLE',
    });
    await expect(on.store(double.url, { timing: { patienceMs: 0 } })).rejects.toMatchObject({
      code: 'UNAVAILABLE',
    });
    await double.up();
    const store = await on.store(double.url, { timing: { patienceMs: 0 } });
    await store.append(oneEvent('a', NO_STREAM, 0));
  });

  it('in the middle: what was sent is in doubt, the rest was not stored, and all goes on when it is back', async () => {
    const double = await on.server();
    const store = await on.store(double.url, { timing: quick });
    await store.append(oneEvent('a', NO_STREAM, 0));
    const follower = following(store, 2);
    await double.down();
    const broken = store.append(oneEvent('a', 0n, 1));
    await expect(broken).rejects.toMatchObject({
      code: expect.stringMatching(/DOUBT|UNAVAILABLE/u),
    });
    await expect(store.append(oneEvent('b', NO_STREAM, 2))).rejects.toMatchObject({
      code: 'UNAVAILABLE',
    });
    await expect(store.assertReachable()).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    await expect(collected(store.readStream('a'))).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    await double.up();
    await untilDone(async () => store.append(oneEvent('a', 0n, 1)));
    await store.assertReachable();
    expect(await follower).toEqual([anEvent(0).id, anEvent(1).id]);
    expect(await untilDone(async () => collected(store.readStream('a')))).toHaveLength(2);
  });

  it('answers no read: is named after so long, and again read when it answers', async () => {
    const double = await on.server();
    const store = await on.store(double.url, { timing: quick });
    await store.append(oneEvent('a', NO_STREAM, 0));
    double.isReading = false;
    await expect(collected(store.readStream('a'))).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    double.isReading = true;
    expect(await untilDone(async () => collected(store.readStream('a')))).toHaveLength(1);
  });
});

describe('a slow server', () => {
  it('is read to the end, as long as something comes', async () => {
    const double = await on.server();
    const store = await on.store(double.url);
    for (let n = 0; n < 10; n += 1) await store.append(oneEvent('a', BigInt(n) - 1n, n));
    double.slowness = 40;
    expect(await collected(store.readStream('a'))).toHaveLength(10);
  });
});

describe('a subscription', () => {
  it('that ends, fails or is silent: is taken up where it was, nothing twice, nothing lost', async () => {
    const double = await on.server();
    const store = await on.store(double.url);
    const follower = following(store, 4);
    await store.append(oneEvent('a', NO_STREAM, 0));
    double.failCalls('read');
    await store.append(oneEvent('a', 0n, 1));
    double.cut();
    await store.append(oneEvent('a', 1n, 2));
    double.isPushing = false;
    const silent = store.append(oneEvent('a', 2n, 3));
    while (double.log.all.length < 4) await new Promise((resolve) => void setImmediate(resolve));
    double.isPushing = true;
    await silent;
    expect(await follower).toEqual([0, 1, 2, 3].map((n) => anEvent(n).id));
  });

  it('that the server ends because it is slow: is taken up again, and disturbs no append', async () => {
    const double = await on.server();
    const store = await on.store(double.url, { timing: never });
    await store.append(oneEvent('warm', NO_STREAM, 0));
    let release = (): void => undefined;
    const until = new Promise<void>((resolve) => (release = resolve));
    double.faults = ({ ids }) => (ids.length === 1 ? { until } : 'answer');
    const underWay = store.append(oneEvent('a', NO_STREAM, 1));
    const events = Array.from({ length: 200 }, (_, n) => anEvent(n + 2));
    await store.append({ stream: 'b', expectedRevision: NO_STREAM, events });
    expect(double.counts.tooSlow).toBe(1);
    release();
    expect((await underWay).firstOrdinal).toBe(201n);
    expect(double.counts.batch).toBe(3);
  });

  it('that pushes what was seen already: changes nothing', async () => {
    const double = await on.server();
    const store = await on.store(double.url);
    double.isRepeating = true;
    for (let n = 0; n < 3; n += 1) await store.append(oneEvent('a', BigInt(n) - 1n, n));
    expect((await store.head()).size).toBe(3n);
  });
});

describe('a cluster', () => {
  let log: ServerLog;
  let leader: EventStoreDbDouble;
  let second: EventStoreDbDouble;
  let url: string;

  beforeEach(async () => {
    log = new ServerLog();
    leader = await on.server({ log });
    second = await on.server({ log });
    lead(leader, second);
    url = `esdb://127.0.0.1:${second.port},127.0.0.1:${leader.port}?tls=false&maxDiscoverAttempts=2`;
  });

  const lead = (one: EventStoreDbDouble, other: EventStoreDbDouble): void => {
    [one.leader, other.leader] = [undefined, one.port];
    one.members = other.members = [one.port, other.port];
  };
  const appendMany = async (store: EventStoreDbEventStore, from: number): Promise<void> => {
    const streams = Array.from({ length: 20 }, (_, n) => from + n);
    await Promise.all(streams.map(async (n) => store.append(oneEvent(`s${n}`, NO_STREAM, n))));
  };

  it('whose leader is killed while appends are under way: loses nothing and stores nothing twice', async () => {
    const store = await on.store(url);
    await appendMany(store, 0);
    leader.faults = () => 'write-and-swallow';
    const underWay = appendMany(store, 100);
    await Promise.resolve();
    lead(second, leader);
    await leader.down();
    await underWay;
    await appendMany(store, 200);
    const ids = (await collected(store.readAll())).map(({ id }) => id);
    expect(ids).toEqual(log.all.map(({ id }) => id));
    expect(new Set(ids).size).toBe(60);
  });

  it('whose leader is frozen: goes on with the next one after one call', async () => {
    const store = await on.store(url);
    await appendMany(store, 0);
    leader.freeze();
    lead(second, leader);
    await appendMany(store, 100);
    leader.thaw();
    expect((await store.head()).size).toBe(40n);
  });

  it('whose leader steps down: follows it to the new one, as the old one says', async () => {
    // Named by one node alone: only its word leads to the other.
    const store = await on.store(leader.url);
    await appendMany(store, 0);
    lead(second, leader);
    await appendMany(store, 100);
    expect(second.counts.batch).toBeGreaterThanOrEqual(20);
    expect(leader.counts.forwardedToNobody).toBe(0);
    expect((await store.head()).size).toBe(40n);
  });

  it('that could not be discovered for a while: is found when it is back, which the client alone never does', async () => {
    const store = await on.store(url, { timing: quick });
    await Promise.all([leader.down(), second.down()]);
    const broken = store.append(oneEvent('a', NO_STREAM, 0));
    await expect(broken).rejects.toMatchObject({
      code: expect.stringMatching(/DOUBT|UNAVAILABLE/u),
    });
    await expect(store.append(oneEvent('b', NO_STREAM, 2))).rejects.toMatchObject({
      code: 'UNAVAILABLE',
    });
    await Promise.all([leader.up(), second.up()]);
    await untilDone(async () => store.append(oneEvent('a', NO_STREAM, 0)));
  });
});

describe('a secure server', () => {
  it('is entered by its certificate authority and the right credentials', async () => {
    const double = await on.server({ login });
    const store = await on.store(`${double.url}&tlsCAFile=${authority()}`);
    await store.append(oneEvent('a', NO_STREAM, 0));
    expect((await store.head()).size).toBe(1n);
  });

  it.each([
    [
      'ACCESS_DENIED',
      'wrong credentials',
      (url: string) => `${url.replace('correct', 'wrong')}&tlsCAFile=${authority()}`,
    ],
    ['TLS', 'an authority that nobody knows', (url: string) => url],
  ])('is %s with %s, at once and without a word of the password', async (code, _why, changed) => {
    const double = await on.server({ login });
    const refused = on.store(changed(double.url)).catch((error: unknown) => error);
    expect(await refused).toMatchObject({ code });
    expect(String(await refused)).not.toMatch(/horse/u);
  });

  it.each([
    ['of another name', ELSEWHERE],
    ['that is out of date', EXPIRED],
  ])('is TLS with a certificate %s, whoever vouches for it', async (_what, certified) => {
    const double = await on.server({ login, certified });
    const trusting = `${double.url}&tlsCAFile=${authority(certified)}`;
    await expect(on.store(trusting)).rejects.toMatchObject({ code: 'TLS' });
  });

  it('that shows another certificate one day stores nothing, and is written again when it is the right one', async () => {
    const double = await on.server({ login });
    const store = await on.store(`${double.url}&tlsCAFile=${authority()}`, { timing: quick });
    await store.append(oneEvent('a', NO_STREAM, 0));
    await double.show(ELSEWHERE);
    await untilRefused(store, oneEvent('a', 0n, 1));
    expect(double.log.all).toHaveLength(1);
    await double.show(LOCALHOST);
    await untilDone(async () => store.append(oneEvent('a', 0n, 1)));
    expect(double.log.all.map(({ id }) => id)).toEqual([anEvent(0).id, anEvent(1).id]);
  });

  it('is known by the authority that the file names when it is connected to again, and waited for while there is none', async () => {
    const double = await on.server({ login });
    const file = authority();
    const store = await on.store(`${double.url}&tlsCAFile=${file}`, { timing: quick });
    await store.append(oneEvent('a', NO_STREAM, 0));
    for (const [n, renew] of [
      () => authority(ELSEWHERE),
      () => writeFileSync(file, 'half a certif'),
      () => rmSync(file),
    ].entries()) {
      renew();
      await double.down();
      await double.up();
      await untilRefused(store, oneEvent('a', BigInt(n), n + 1));
      authority();
      await untilDone(async () => store.append(oneEvent('a', BigInt(n), n + 1)));
      await untilDone(async () => store.assertReachable());
    }
    expect(double.log.all).toHaveLength(4);
  });

  it('is UNAVAILABLE to a client without TLS, and TLS where the server has none', async () => {
    const secure = await on.server({ login });
    const plain = `esdb://127.0.0.1:${secure.port}?tls=false`;
    await expect(on.store(plain, { timing: quick })).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    const open = await on.server();
    const tls = `esdb://127.0.0.1:${open.port}?tls=true`;
    await expect(on.store(tls, { timing: quick })).rejects.toMatchObject({ code: 'TLS' });
  });
});

/** As an emitter does it: the same again until it is answered. */
async function untilDone<T>(call: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await call();
    } catch (error) {
      expect(error).toMatchObject({ code: expect.stringMatching(/DOUBT|UNAVAILABLE|TLS/u) });
    }
  }
}

/** The same again until it is known that the connection is not a secure one. */
async function untilRefused(store: EventStoreDbEventStore, append: Append): Promise<void> {
  for (let code: unknown; code !== 'TLS';) {
    const refused = await store.append(append).catch((error: unknown) => error);
    expect(refused).toMatchObject({ code: expect.stringMatching(/DOUBT|UNAVAILABLE|TLS/u) });
    code = (refused as { readonly code?: unknown }).code;
  }
}

function authority({ certificate } = LOCALHOST): string {
  const file = on.path('ca.pem');
  writeFileSync(file, certificate);
  return file;
}

/** Ids of the first events that a follower sees. */
async function following(store: EventStoreDbEventStore, count: number): Promise<string[]> {
  const stop = new AbortController();
  const seen: RecordedEvent[] = [];
  for await (const batch of store.follow(0n, stop.signal)) {
    seen.push(...batch);
    if (seen.length >= count) stop.abort();
  }
  return seen.map(({ id }) => id);
}
