import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { NO_STREAM, type Append } from '../event-store.js';
import { leafHash } from '../leaf-hash.js';
import { anEvent, collected } from '../testing/made-up-events.js';
import {
  byAnother,
  firstly,
  OnDouble,
  oneEvent,
  onServer,
  type AppendBehaviour,
  type EventStoreDbDouble,
} from '../testing/eventstoredb/index.js';
import type { EventStoreDbEventStore } from './eventstoredb-event-store.js';
import { DEFAULT_TIMING } from './timing.js';

describe('appends that go on where another one of their stream ends', () => {
  let on: OnDouble;
  let double: EventStoreDbDouble;
  let store: EventStoreDbEventStore;
  let arrived: (readonly string[])[];

  beforeEach(async () => {
    on = new OnDouble();
    double = await on.server();
    store = await on.store(double.url);
    behave();
  });
  afterEach(async () => on.end());

  /** Gives up no sooner than the product does: what arrives is what was sent, not sent again on a slow machine. */
  const patient = async (): Promise<EventStoreDbEventStore> =>
    on.store(double.url, { indexFile: on.path('patient.db'), timing: DEFAULT_TIMING });
  const behave = (...behaviours: readonly AppendBehaviour[]): void => {
    const faults = firstly(...behaviours);
    arrived = [];
    double.faults = (append) => {
      arrived.push(append.ids);
      return faults(append);
    };
  };
  const idsOf = (...numbers: readonly number[]): string[] => numbers.map((n) => anEvent(n).id);
  /** As the ledger makes it up: behind the event before, which is the n−1st. */
  const behind = (stream: string, revision: bigint, n: number): Append => ({
    ...oneEvent(stream, revision, n),
    prev: Buffer.from(leafHash(anEvent(n - 1).leaf)).toString('hex'),
  });

  it('are sent as one, in the order of the calls, and each is told where it landed', async () => {
    store = await patient();
    const appended = await Promise.all([
      store.append(oneEvent('a', NO_STREAM, 0)),
      store.append(behind('a', 0n, 1)),
      store.append(oneEvent('b', NO_STREAM, 5)),
      store.append(behind('b', 0n, 6)),
      store.append(behind('a', 1n, 2)),
    ]);
    expect(arrived).toEqual([idsOf(0, 1), idsOf(5, 6), idsOf(2)]);
    expect(appended.map(({ firstOrdinal, revision }) => [firstOrdinal, revision])).toEqual([
      [0n, 0n],
      [1n, 1n],
      [2n, 0n],
      [3n, 1n],
      [4n, 2n],
    ]);
    expect(appended.map(({ head }) => head.size)).toEqual([1n, 2n, 3n, 4n, 5n]);
    expect((await collected(store.readAll())).map(({ id }) => id)).toEqual(idsOf(0, 1, 5, 6, 2));
  });

  it('are none of them stored when the first one is refused', async () => {
    double.isPushing = false;
    double.log.append(onServer('a'), 'no_stream', [byAnother(9)]);
    const settled = Promise.allSettled([
      store.append(oneEvent('a', NO_STREAM, 0)),
      store.append(behind('a', 0n, 1)),
    ]);
    const conflict = { status: 'rejected', reason: { code: 'WRONG_EXPECTED_REVISION' } };
    expect(await settled).toMatchObject([conflict, conflict]);
    expect(double.log.all.map((held) => held.id)).toEqual(idsOf(9));
  });

  it.each<[AppendBehaviour]>([['swallow'], ['write-and-break'], ['write-and-swallow']])(
    'are sent again as the same one when %s',
    async (fault) => {
      behave(fault);
      await Promise.all([
        store.append(oneEvent('a', NO_STREAM, 0)),
        store.append(behind('a', 0n, 1)),
      ]);
      expect(arrived.every((ids) => ids.join() === idsOf(0, 1).join())).toBe(true);
      expect(double.log.all.map(({ id }) => id)).toEqual(idsOf(0, 1));
    },
  );

  it.each([
    ['a wrong event before it', { prev: 'f'.repeat(64) }, 'WRONG_EXPECTED_REVISION'],
    ['an id that is among them', oneEvent('a', 0n, 0), 'DUPLICATE_EVENT_ID'],
    ['an id that is in the log', oneEvent('a', 0n, 7), 'DUPLICATE_EVENT_ID'],
    ['another revision', { expectedRevision: 4n }, 'WRONG_EXPECTED_REVISION'],
    ['a stream read that moved', { read: { x: 3n } }, 'STALE_READ'],
  ])('are refused alone: %s', async (_why, change, code) => {
    await store.append(oneEvent('x', NO_STREAM, 7));
    const first = store.append(oneEvent('a', NO_STREAM, 0));
    const next = store.append({ ...behind('a', 0n, 1), ...change });
    await expect(next).rejects.toMatchObject({ code });
    expect(await first).toMatchObject({ revision: 0n });
    expect(double.log.all.map(({ id }) => id)).toEqual(idsOf(7, 0));
  });

  it('are no larger together than a server takes', async () => {
    store = await patient();
    const leaf = new Uint8Array(200_000).fill(32);
    const large = (revision: bigint, n: number): Append => ({
      stream: 'a',
      expectedRevision: revision,
      events: [{ ...anEvent(n), leaf }],
    });
    await Promise.all([store.append(large(NO_STREAM, 0)), store.append(large(0n, 1))]);
    expect(arrived).toEqual([idsOf(0), idsOf(1)]);
  });
});

it('warns of nothing when many events are read at once', async () => {
  const on = new OnDouble();
  const warnings: string[] = [];
  const warned = ({ name }: Error): unknown => warnings.push(name);
  process.on('warning', warned);
  const double = await on.server();
  const writer = await on.store(double.url);
  const numbers = Array.from({ length: 40 }, (_, n) => n);
  await Promise.all(numbers.map(async (n) => writer.append(oneEvent(`s${n}`, NO_STREAM, n))));
  // One that has not seen them come, and so must ask the server.
  const reader = await on.store(double.url, { indexFile: on.path('other.db') });
  await reader.readAt(numbers.filter((n) => n % 2 === 0).map(BigInt));
  await new Promise((resolve) => void setImmediate(resolve));
  process.off('warning', warned);
  await on.end();
  expect(warnings).toEqual([]);
});
