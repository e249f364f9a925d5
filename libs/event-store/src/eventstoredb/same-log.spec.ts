import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import type { EventStoreError } from '../event-store-error.js';
import { NO_STREAM } from '../event-store.js';
import { anEvent, collected } from '../testing/made-up-events.js';
import {
  OnDouble,
  oneEvent,
  onServer,
  type EventStoreDbDouble,
  byAnother,
} from '../testing/eventstoredb/index.js';

describe('the log on a server', () => {
  let on: OnDouble;
  let double: EventStoreDbDouble;

  beforeEach(async () => {
    on = new OnDouble();
    double = await on.server();
  });
  afterEach(async () => on.end());

  const fill = async (): Promise<void> => {
    const store = await on.store(double.url);
    for (let n = 0; n < 3; n += 1) await store.append(oneEvent('a', BigInt(n) - 1n, n));
    await store.close();
  };
  const note = (stream: string, contentType = 'application/json'): void => {
    const data = Buffer.from('{}');
    const event = {
      id: randomUUID(),
      type: 'Noted',
      contentType,
      data,
      metadata: new Uint8Array(),
    };
    double.log.append(stream, 'any', [event]);
  };

  it('is refused when it ends before what the index knows', async () => {
    await fill();
    for (const size of [2, 0]) {
      const older = await on.server({ log: double.log.upTo(size) });
      await expect(on.store(older.url)).rejects.toMatchObject({ code: 'ROLLED_BACK' });
    }
  });

  it('is refused when it holds another event where the last known one was', async () => {
    await fill();
    const other = await on.server({ log: double.log.upTo(2) });
    other.log.append(onServer('a'), 1n, [byAnother(9)]);
    await expect(on.store(other.url)).rejects.toMatchObject({ code: 'WRONG_LOG' });
  });

  it('is refused with the index of another ledger, and when it holds another ledger alone', async () => {
    await fill();
    const ledgerId = randomUUID();
    await expect(on.store(double.url, { ledgerId })).rejects.toMatchObject({ code: 'WRONG_LOG' });
    const indexFile = on.path('another.db');
    const other = { ledgerId, indexFile };
    await expect(on.store(double.url, other)).rejects.toMatchObject({ code: 'WRONG_LOG' });
    const beside = await on.store(double.url, { ...other, isBesideOthers: true });
    expect(await beside.append(oneEvent('a', NO_STREAM, 0))).toMatchObject({ firstOrdinal: 0n });
    await beside.close();
    const again = await on.store(double.url, other);
    expect((await again.head()).size).toBe(1n);
  });

  it('that is rolled back while it is followed: nothing goes on, and the process is told once', async () => {
    const fatal: EventStoreError[] = [];
    const store = await on.store(double.url, { onFatal: (error) => fatal.push(error) });
    for (let n = 0; n < 3; n += 1) await store.append(oneEvent('a', BigInt(n) - 1n, n));
    const follower = collected(store.follow(0n, new AbortController().signal));
    double.replaceLog(double.log.upTo(1));
    await expect(follower).rejects.toMatchObject({ code: 'ROLLED_BACK' });
    await expect(store.append(oneEvent('b', NO_STREAM, 9))).rejects.toMatchObject({
      code: 'ROLLED_BACK',
    });
    await expect(store.head()).rejects.toMatchObject({ code: 'ROLLED_BACK' });
    expect(fatal).toMatchObject([{ code: 'ROLLED_BACK' }]);
  });

  it('has events of others, of the server and of other ledgers between ours: they count for nothing', async () => {
    note('$stats-0.0.0.0:2113');
    const store = await on.store(double.url);
    for (let n = 0; n < 3; n += 1) {
      await store.append(oneEvent('a', BigInt(n) - 1n, n));
      note('orders-1');
      note(onServer('a', randomUUID()));
    }
    await store.close();
    const again = await on.store(double.url);
    const events = await collected(again.readAll());
    expect(events.map(({ ordinal, id }) => [ordinal, id])).toEqual(
      [0, 1, 2].map((n) => [BigInt(n), anEvent(n).id]),
    );
  });

  it('in which another program wrote to a stream of ours is refused', async () => {
    await fill();
    note(onServer('a'));
    await expect(on.store(double.url)).rejects.toMatchObject({ code: 'CORRUPT' });
  });

  it('in which events of a stream are missing, or one is there twice, is refused', async () => {
    await fill();
    const [, second] = double.log.all.splice(1, 1);
    await expect(on.store(double.url, { indexFile: ':memory:' })).rejects.toMatchObject({
      code: 'GAP',
    });
    const first = double.log.all[0];
    if (first === undefined) throw new Error('nothing is held');
    expect(second).toBeUndefined();
    const twice = await on.server();
    twice.log.append(onServer('a'), 'no_stream', [first]);
    twice.log.append(onServer('b'), 'no_stream', [first]);
    await expect(on.store(twice.url, { indexFile: ':memory:' })).rejects.toMatchObject({
      code: 'CORRUPT',
    });
  });

  it('whose bytes were changed is found when they are read, by ordinal', async () => {
    const store = await on.store(double.url);
    for (let n = 0; n < 3; n += 1) await store.append(oneEvent('a', BigInt(n) - 1n, n));
    await store.close();
    const again = await on.store(double.url);
    const held = double.log.all[1];
    if (held === undefined) throw new Error('nothing is held');
    double.log.all[1] = { ...held, data: Buffer.from('{"n":7}') };
    const damaged = { code: 'CORRUPT', message: expect.stringMatching(/event 1 /u) };
    await expect(collected(again.readAll())).rejects.toMatchObject(damaged);
    await expect(again.readAt([1n])).rejects.toMatchObject(damaged);
    expect(await again.readAt([2n])).toHaveLength(1);
  });
});
