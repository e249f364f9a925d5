import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { NO_STREAM, type Append, type EventStore, type NewEvent } from '../event-store.js';
import { EMPTY_LOG_HASH, leafHash, nextLogHash } from '../leaf-hash.js';
import { anEvent, collected } from './made-up-events.js';

/** How a suite gets a store: `open` again after `close` must find what was appended. */
export interface StoreUnderTest {
  open(): Promise<EventStore>;
  remove(): Promise<void>;
  /** Whether what was appended outlives `close`. */
  readonly durable: boolean;
}

/** What every event store promises. */
export function eventStoreContract(name: string, make: () => Promise<StoreUnderTest>): void {
  describe(`${name} as an event store`, () => {
    let place: StoreUnderTest;
    let store: EventStore;
    beforeEach(async () => {
      place = await make();
      store = await place.open();
    });
    afterEach(async () => {
      await store.close();
      await place.remove();
    });
    const append = (
      stream: string,
      expectedRevision: bigint,
      ...events: NewEvent[]
    ): ReturnType<EventStore['append']> => store.append({ stream, expectedRevision, events });

    it('gives ordinals and revisions without gaps, and the bytes back unchanged', async () => {
      await append('a', NO_STREAM, anEvent(0), anEvent(1));
      const second = await append('b', NO_STREAM, anEvent(2, 'Қайрат'));
      await append('a', 1n, anEvent(3));
      expect(second).toMatchObject({ firstOrdinal: 2n, revision: 0n });
      const all = await collected(store.readAll());
      expect(all.map((event) => [event.ordinal, event.stream, event.revision])).toEqual([
        [0n, 'a', 0n],
        [1n, 'a', 1n],
        [2n, 'b', 0n],
        [3n, 'a', 2n],
      ]);
      expect(Buffer.from(all[2]?.leaf ?? []).toString()).toBe('{"n":2,"text":"Қайрат"}');
      expect((await collected(store.readStream('a', 1n))).map((event) => event.ordinal)).toEqual([
        1n,
        3n,
      ]);
      expect(await collected(store.readStream('none'))).toEqual([]);
    });

    it('keeps a running hash over every leaf', async () => {
      expect(await store.head()).toEqual({ size: 0n, hash: EMPTY_LOG_HASH });
      const events = [anEvent(0), anEvent(1)];
      const { head } = await append('a', NO_STREAM, ...events);
      const hash = events.reduce(
        (before, event) => nextLogHash(before, leafHash(event.leaf)),
        EMPTY_LOG_HASH,
      );
      expect(Buffer.from(head.hash)).toEqual(Buffer.from(hash));
      expect((await store.head()).size).toBe(2n);
      const last = await store.streamHead('a');
      expect(last?.revision).toBe(1n);
      expect(Buffer.from(last?.leafHash ?? [])).toEqual(Buffer.from(leafHash(anEvent(1).leaf)));
    });

    it('refuses a wrong expected revision and stores nothing of it', async () => {
      await append('a', NO_STREAM, anEvent(0));
      await expect(append('a', NO_STREAM, anEvent(1))).rejects.toMatchObject({
        code: 'WRONG_EXPECTED_REVISION',
      });
      await expect(append('a', 5n, anEvent(1))).rejects.toMatchObject({
        code: 'WRONG_EXPECTED_REVISION',
      });
      expect((await store.head()).size).toBe(1n);
    });

    it('refuses what was made up behind an event that is not the last one, though its revision is', async () => {
      const of = (n: number): string => Buffer.from(leafHash(anEvent(n).leaf)).toString('hex');
      await append('a', NO_STREAM, anEvent(0));
      const behind = (n: number): object => ({ stream: 'a', expectedRevision: 1n, prev: of(n) });
      // The second of them is made up behind the first, which fails; another writer takes its place.
      const settled = await Promise.allSettled([
        append('a', NO_STREAM, anEvent(1)),
        append('a', 0n, anEvent(2)),
        store.append({ ...(behind(1) as Append), events: [anEvent(3)] }),
      ]);
      expect(settled.map(({ status }) => status)).toEqual(['rejected', 'fulfilled', 'rejected']);
      expect(settled[2]).toMatchObject({ reason: { code: 'WRONG_EXPECTED_REVISION' } });
      await store.append({ ...(behind(2) as Append), events: [anEvent(3)] });
      await store.close();
      store = await place.open();
      if (!place.durable) return;
      const after = { stream: 'a', expectedRevision: 2n, events: [anEvent(4)] };
      const wrong = store.append({ ...after, prev: of(2) });
      await expect(wrong).rejects.toMatchObject({ code: 'WRONG_EXPECTED_REVISION' });
      await store.append({ ...after, prev: of(3) });
      await store.append({
        stream: 'b',
        expectedRevision: NO_STREAM,
        prev: '',
        events: [anEvent(5)],
      });
      expect((await store.head()).size).toBe(5n);
    });

    it('refuses an event id that is in the log, also in another stream or twice in one append', async () => {
      await append('a', NO_STREAM, anEvent(0));
      await expect(append('b', NO_STREAM, anEvent(1), anEvent(0))).rejects.toMatchObject({
        code: 'DUPLICATE_EVENT_ID',
      });
      await expect(append('b', NO_STREAM, anEvent(1), anEvent(1))).rejects.toMatchObject({
        code: 'DUPLICATE_EVENT_ID',
      });
      expect(await store.streamHead('b')).toBeUndefined();
      expect((await store.findEvent(anEvent(0).id))?.stream).toBe('a');
      expect(await store.findEvent(anEvent(1).id)).toBeUndefined();
    });

    it('finds events by their ids, in the order asked, and says which are not there', async () => {
      await append('a', NO_STREAM, anEvent(0), anEvent(1));
      await append('b', NO_STREAM, anEvent(2));
      const asked = [anEvent(2), anEvent(9), anEvent(0), anEvent(2)].map(({ id }) => id);
      const found = await store.findEvents([...asked, 'no uuid']);
      expect(found.map((event) => event?.ordinal)).toEqual([2n, undefined, 0n, 2n, undefined]);
      expect(found[0]).toEqual(await store.findEvent(anEvent(2).id));
      expect(Buffer.from(found[0]?.leaf ?? [])).toEqual(Buffer.from(anEvent(2).leaf));
      expect(await store.findEvents([])).toEqual([]);
    });

    it('finds an event as soon as its append was acknowledged, also among ids just looked up', async () => {
      const ids = Array.from({ length: 1_000 }, (_, n) => anEvent(n).id);
      expect((await store.findEvents(ids)).every((event) => event === undefined)).toBe(true);
      await append('a', NO_STREAM, anEvent(7));
      const found = await store.findEvents(ids);
      expect(found.flatMap((event) => event?.ordinal ?? [])).toEqual([0n]);
      expect(found[7]?.id).toBe(anEvent(7).id);
    });

    it('refuses an append whose decision read a stream that has moved on', async () => {
      await append('policy-x', NO_STREAM, anEvent(0));
      await append('policy-x', 0n, anEvent(1));
      const stale = { stream: 'a', expectedRevision: NO_STREAM, events: [anEvent(2)] };
      await expect(store.append({ ...stale, read: { 'policy-x': 0n } })).rejects.toMatchObject({
        code: 'STALE_READ',
      });
      await store.append({ ...stale, read: { 'policy-x': 1n } });
      expect((await store.head()).size).toBe(3n);
    });

    it('lets exactly one of 64 concurrent appenders win a revision', async () => {
      const tries = Array.from({ length: 64 }, async (_, n) => append('a', NO_STREAM, anEvent(n)));
      const settled = await Promise.allSettled(tries);
      expect(settled.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      expect((await store.head()).size).toBe(1n);
    });

    it('refuses alone what does not fit among concurrent appends', async () => {
      await append('known', NO_STREAM, anEvent(0));
      const settled = await Promise.allSettled([
        append('a', NO_STREAM, anEvent(1), anEvent(2)),
        append('b', NO_STREAM, anEvent(3), anEvent(1)),
        append('known', NO_STREAM, anEvent(4)),
        append('c', NO_STREAM, anEvent(0)),
        append('a', NO_STREAM, anEvent(5)),
        append('d', 3n, anEvent(6)),
        append('a', 1n, anEvent(7)),
        append('e', NO_STREAM, anEvent(8), anEvent(8)),
        append('b', NO_STREAM, anEvent(9)),
      ]);
      const [taken, repeated, conflict] = ['', 'DUPLICATE_EVENT_ID', 'WRONG_EXPECTED_REVISION'];
      expect(
        settled.map((one) =>
          one.status === 'fulfilled' ? taken : (one.reason as { code: string }).code,
        ),
      ).toEqual([taken, repeated, conflict, repeated, conflict, conflict, taken, repeated, taken]);
      expect(
        (await collected(store.readAll())).map(({ stream, revision, id }) => [
          stream,
          revision,
          id,
        ]),
      ).toEqual([
        ['known', 0n, anEvent(0).id],
        ['a', 0n, anEvent(1).id],
        ['a', 1n, anEvent(2).id],
        ['a', 2n, anEvent(7).id],
        ['b', 0n, anEvent(9).id],
      ]);
    });

    it('refuses an id that is no lower-case uuid', async () => {
      const strange = { ...anEvent(0), id: anEvent(10).id.toUpperCase() };
      await expect(append('a', NO_STREAM, strange)).rejects.toThrow(RangeError);
      await expect(append('a', NO_STREAM, { ...strange, id: 'x' })).rejects.toThrow(RangeError);
      expect((await store.head()).size).toBe(0n);
    });

    it('answers an append that comes alone while another one is under way', async () => {
      for (let n = 0; n < 20; n += 1) {
        const first = append(`first-${n}`, NO_STREAM, anEvent(2 * n));
        // Turns of the event loop, so that the first is on its way and nothing comes after the second.
        for (let turn = 0; turn < n; turn += 1)
          await new Promise((resolve) => setImmediate(resolve));
        const second = append(`second-${n}`, NO_STREAM, anEvent(2 * n + 1));
        const { firstOrdinal } = await second;
        expect(firstOrdinal).toBe((await first).firstOrdinal + 1n);
      }
    });

    it('takes concurrent appends to many streams in the order of the calls', async () => {
      const appended = await Promise.all(
        Array.from({ length: 200 }, async (_, n) => append(`s-${n}`, NO_STREAM, anEvent(n))),
      );
      expect(appended.map(({ firstOrdinal }) => firstOrdinal)).toEqual(
        Array.from({ length: 200 }, (_, n) => BigInt(n)),
      );
    });

    it('reads the events of any ordinals, in the order asked, and names one that is not there', async () => {
      for (const n of [0, 1, 2, 3]) await append(`s${n}`, NO_STREAM, anEvent(n));
      const all = await collected(store.readAll());
      expect(await store.readAt([])).toEqual([]);
      expect(await store.readAt([3n, 0n, 2n])).toEqual([all[3], all[0], all[2]]);
      await expect(store.readAt([1n, 4n])).rejects.toMatchObject({ code: 'GAP' });
    });

    it('reads on from any ordinal', async () => {
      for (let n = 0; n < 5; n += 1) await append('a', BigInt(n) - 1n, anEvent(n));
      expect((await collected(store.readAll(3n))).map((event) => event.ordinal)).toEqual([3n, 4n]);
      expect(await collected(store.readAll(9n))).toEqual([]);
    });

    it('follows what comes later until it is told to stop', async () => {
      await append('a', NO_STREAM, anEvent(0));
      const stop = new AbortController();
      const seen: bigint[] = [];
      const following = (async () => {
        for await (const batch of store.follow(0n, stop.signal)) {
          seen.push(...batch.map((event) => event.ordinal));
          if (seen.length === 1) void append('a', 0n, anEvent(1));
          if (seen.length === 2) stop.abort();
        }
      })();
      await following;
      expect(seen).toEqual([0n, 1n]);
    });

    it('is caught up with what it holds itself', async () => {
      await store.caughtUp();
      await append('a', NO_STREAM, anEvent(0));
      await store.caughtUp();
      expect((await store.head()).size).toBe(1n);
    });

    it('refuses appends after it was closed', async () => {
      await store.close();
      await expect(append('a', NO_STREAM, anEvent(0))).rejects.toMatchObject({ code: 'CLOSED' });
      store = await place.open();
    });

    it('finds everything again after a restart', async () => {
      if (!place.durable) return;
      await append('a', NO_STREAM, anEvent(0), anEvent(1));
      const before = await store.head();
      await store.close();
      store = await place.open();
      expect(await store.head()).toEqual(before);
      const again = append('a', NO_STREAM, anEvent(3));
      await expect(again).rejects.toMatchObject({ code: 'WRONG_EXPECTED_REVISION' });
      await append('a', 1n, anEvent(2));
      expect((await collected(store.readAll())).map((event) => event.id)).toEqual(
        [0, 1, 2].map((n) => anEvent(n).id),
      );
    });
  });
}
