import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { NO_STREAM, type Append } from '../event-store.js';
import { anEvent, collected } from '../testing/made-up-events.js';
import {
  byAnother,
  firstly,
  OnDouble,
  oneEvent,
  onServer,
  type AppendBehaviour,
  type ArrivedAppend,
  type EventStoreDbDouble,
} from '../testing/eventstoredb/index.js';
import type { EventStoreDbEventStore } from './eventstoredb-event-store.js';

describe('an append to a server that', () => {
  const place = { on: new OnDouble() };
  let double: EventStoreDbDouble;
  let store: EventStoreDbEventStore;
  let arrived: ArrivedAppend[];

  beforeEach(async () => {
    place.on = new OnDouble();
    double = await place.on.server();
    store = await place.on.store(double.url);
    arrived = [];
  });
  afterEach(async () => place.on.end());

  const behave = (...behaviours: readonly AppendBehaviour[]): void => {
    const faults = firstly(...behaviours);
    double.faults = (append) => {
      arrived.push(append);
      return faults(append);
    };
  };
  const heldIds = (): string[] => double.log.all.map(({ id }) => id);
  const otherWriter = (stream: string, n: number): void => {
    const revision = double.log.revisionOf(onServer(stream));
    double.log.append(onServer(stream), revision ?? 'no_stream', [byAnother(n)]);
  };

  it.each<[AppendBehaviour]>([
    ['swallow'],
    ['write-and-swallow'],
    ['break'],
    ['write-and-break'],
    ['fail-stream'],
    ['write-and-fail-stream'],
    ['not-ready'],
    ['timeout'],
    ['not-leader'],
  ])('%s: is sent again with the same ids and revision, and is there once', async (fault) => {
    behave(fault);
    const appended = await store.append(oneEvent('a', NO_STREAM, 0));
    expect(appended).toMatchObject({ firstOrdinal: 0n, revision: 0n });
    expect(heldIds()).toEqual([anEvent(0).id]);
    expect(arrived.every(({ ids }) => ids[0] === anEvent(0).id)).toBe(true);
    await store.append(oneEvent('a', 0n, 1));
    expect((await collected(store.readAll())).map(({ id }) => id)).toEqual(heldIds());
  });

  it('never answers: is in doubt, and can be sent again with the same ids', async () => {
    await store.close();
    store = await place.on.store(double.url, { timing: { callMs: 60, patienceMs: 200 } });
    double.faults = () => 'swallow';
    await expect(store.append(oneEvent('a', NO_STREAM, 0))).rejects.toMatchObject({
      code: 'IN_DOUBT',
    });
    double.faults = () => 'answer';
    await store.append(oneEvent('a', NO_STREAM, 0));
    expect(heldIds()).toEqual([anEvent(0).id]);
  });

  it('answers a repeat with a conflict: is not believed before the follower has come so far', async () => {
    // Nothing but the repeat itself tells the follower that the first try was written.
    double.isPushing = false;
    double.isReading = false;
    const faults = firstly('write-and-fail-stream', 'conflict');
    double.faults = (append) => {
      arrived.push(append);
      if (arrived.length > 1) double.isPushing = double.isReading = true;
      return faults(append);
    };
    expect(await store.append(oneEvent('a', NO_STREAM, 0))).toMatchObject({ firstOrdinal: 0n });
    expect(heldIds()).toEqual([anEvent(0).id]);
  });

  it('took the event of another writer meanwhile: is refused, though it was in doubt', async () => {
    double.faults = (append) => {
      arrived.push(append);
      if (arrived.length > 1) return 'answer';
      otherWriter('a', 9);
      return 'fail-stream';
    };
    await expect(store.append(oneEvent('a', NO_STREAM, 0))).rejects.toMatchObject({
      code: 'WRONG_EXPECTED_REVISION',
    });
    const [event] = await collected(store.readStream('a'));
    expect(event?.id).toBe(anEvent(9).id);
    expect(arrived.length).toBeGreaterThan(1);
  });

  it('holds a conflict: is refused once the stream can be read as it is now', async () => {
    double.isPushing = false;
    otherWriter('a', 9);
    otherWriter('a', 8);
    const head = store.append(oneEvent('a', NO_STREAM, 0)).catch(async (error: unknown) => ({
      error,
      revision: (await store.streamHead('a'))?.revision,
    }));
    await turns(() => double.counts.batch > 0, 200);
    double.push();
    expect(await head).toMatchObject({ error: { code: 'WRONG_EXPECTED_REVISION' }, revision: 1n });
  });

  it('holds a conflict, and tells the follower nothing: is refused all the same', async () => {
    double.isPushing = double.isReading = false;
    otherWriter('a', 9);
    await expect(store.append(oneEvent('a', NO_STREAM, 0))).rejects.toMatchObject({
      code: 'WRONG_EXPECTED_REVISION',
    });
    expect(double.counts.batch).toBe(1);
  });

  it.each<[AppendBehaviour, string]>([
    ['access-denied', 'ACCESS_DENIED'],
    ['too-large', 'TOO_LARGE'],
  ])('refuses by %s: fails at once, and nothing is stored', async (fault, code) => {
    behave(fault);
    await expect(store.append(oneEvent('a', NO_STREAM, 0))).rejects.toMatchObject({ code });
    expect(arrived).toHaveLength(1);
    expect(heldIds()).toEqual([]);
  });

  it('refuses a repeat of what it may have stored: stays in doubt', async () => {
    await store.close();
    store = await place.on.store(double.url, { timing: { callMs: 60, patienceMs: 200 } });
    let sent = 0;
    double.faults = () => (sent++ === 0 ? 'fail-stream' : 'access-denied');
    await expect(store.append(oneEvent('a', NO_STREAM, 0))).rejects.toMatchObject({
      code: 'IN_DOUBT',
    });
  });

  it('takes no more than its limit: is refused before it is sent', async () => {
    behave();
    const leaf = new Uint8Array(1_048_577);
    const large: Append = { ...oneEvent('a', NO_STREAM, 0), events: [{ ...anEvent(0), leaf }] };
    await expect(store.append(large)).rejects.toMatchObject({ code: 'TOO_LARGE' });
    expect(arrived).toEqual([]);
  });

  it('has a clock that is an hour ahead, or goes backwards: is taken, in log order', async () => {
    let now = Date.now() + 3_600_000;
    double.log.clock = () => (now -= 60_000);
    for (let n = 0; n < 3; n += 1) await store.append(oneEvent(`s${n}`, NO_STREAM, n));
    expect((await collected(store.readAll())).map(({ id }) => id)).toEqual(heldIds());
  });

  it('would take an id twice: is refused, since the id is in the log', async () => {
    await store.append(oneEvent('a', NO_STREAM, 0));
    for (const append of [oneEvent('a', 0n, 0), oneEvent('b', NO_STREAM, 0)]) {
      await expect(store.append(append)).rejects.toMatchObject({ code: 'DUPLICATE_EVENT_ID' });
    }
    // The server alone takes it: the same id with a correct newer revision.
    const [held] = double.log.all;
    if (held === undefined) throw new Error('nothing is held');
    expect(double.log.append(held.stream, 0n, [held])).toMatchObject({ revision: 1n });
  });

  it('has not answered yet: keeps the next append of the stream, and who read it, waiting', async () => {
    // The first append of a connection goes alone anyhow.
    await store.append(oneEvent('warm', NO_STREAM, 7));
    let release = (): void => undefined;
    const until = new Promise<void>((resolve) => (release = resolve));
    behave({ until });
    const first = store.append(oneEvent('a', NO_STREAM, 0));
    const reader = store.append({ ...oneEvent('b', NO_STREAM, 2), read: { a: -1n } });
    const refused = expect(reader).rejects.toMatchObject({ code: 'STALE_READ' });
    const second = store.append(oneEvent('a', 0n, 1));
    await turns(() => arrived.length > 0, 50);
    expect(arrived.map(({ ids }) => ids[0])).toEqual([anEvent(0).id]);
    release();
    await Promise.all([first, second, refused]);
    expect(heldIds().slice(1)).toEqual([anEvent(0).id, anEvent(1).id]);
  });

  it('takes an event of a stream that the decision read first: says what moved', async () => {
    otherWriter('policy-x', 9);
    await store.append(oneEvent('b', NO_STREAM, 1));
    double.faults = () => {
      otherWriter('policy-x', 8);
      return 'answer';
    };
    const append = { ...oneEvent('a', NO_STREAM, 0), read: { 'policy-x': 0n } };
    expect((await store.append(append)).moved).toEqual({ 'policy-x': 1n });
    double.faults = () => 'answer';
    const next = { ...oneEvent('a', 0n, 2), read: { 'policy-x': 1n } };
    expect(await store.append(next)).not.toHaveProperty('moved');
  });

  it('shows names to its operators: gets no name, type or metadata that could hold a person’s data', async () => {
    const named = (stream: string, type = 'DataUsed'): Append => ({
      stream,
      expectedRevision: NO_STREAM,
      events: [{ ...anEvent(0), type }],
    });
    for (const stream of ['subject-77011234567', 'Aigerim', 'a@b.kz', 'a b', '']) {
      await expect(store.append(named(stream))).rejects.toThrow(RangeError);
    }
    await expect(store.append(named('a', 'Used by Aigerim'))).rejects.toThrow(RangeError);
    await store.append(named('subject-00000000-0000-4000-8000-123456789012'));
    expect(double.log.all).toMatchObject([
      { contentType: 'application/octet-stream', metadata: new Uint8Array() },
    ]);
  });
});

/** Lets the event loop turn until something holds, and then some more: what else would come has come. */
async function turns(holds: () => boolean, more: number): Promise<void> {
  const turn = async (): Promise<void> => new Promise((resolve) => void setImmediate(resolve));
  while (!holds()) await turn();
  for (let n = 0; n < more; n += 1) await turn();
}
