import { beforeEach, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import type { Append, EventStore, NewEvent } from '#event-store';
import { MemoryEventStore } from '#event-store/memory';
import { assertBeginning, copyLog, proveSame } from './copy-log.js';

const NOBODY = (): void => undefined;
const event = (text: string, id: string = randomUUID(), type = 'Happened'): NewEvent => ({
  ...{ id, type },
  leaf: Buffer.from(text),
});

describe('a log that is copied', () => {
  let source: EventStore;
  let target: EventStore;
  let sent: Append[];
  const append = async (store: EventStore, stream: string, ...events: NewEvent[]) => {
    const head = await store.streamHead(stream);
    await store.append({ stream, expectedRevision: head?.revision ?? -1n, events });
  };

  beforeEach(async () => {
    [source, target, sent] = [new MemoryEventStore(), new MemoryEventStore(), []];
    await append(source, 'a', event('0'), event('1'));
    await append(source, 'a', event('2'));
    await append(source, 'b', event('x'.repeat(200_000)), event('y'.repeat(200_000)));
    await append(source, 'a', event('5'));
    const real = target.append.bind(target);
    target.append = async (one) => {
      sent.push(one);
      return real(one);
    };
  });

  it('keeps the order, and sends what follows in one stream together, within reason', async () => {
    expect(await copyLog(source, target, NOBODY)).toBe(6n);
    expect(sent.map(({ stream, events }) => [stream, events.length])).toEqual([
      ...[
        ['a', 3],
        ['b', 1],
        ['b', 1],
        ['a', 1],
      ],
    ]);
    expect(sent.map(({ expectedRevision }) => expectedRevision)).toEqual([-1n, -1n, 0n, 2n]);
    expect(await proveSame(source, target, NOBODY)).toEqual(await source.head());
    expect(await copyLog(source, target, NOBODY)).toBe(0n);
  });

  it('does not go on when somebody else writes to the target', async () => {
    const real = target.append.bind(target);
    let calls = 0;
    target.append = async (one) => {
      if ((calls += 1) === 2)
        await real({ stream: 'c', expectedRevision: -1n, events: [event('c')] });
      return real(one);
    };
    await expect(copyLog(source, target, NOBODY)).rejects.toMatchObject({ code: 'CONFLICT' });
  });

  it.each([
    ['is shorter', async () => undefined],
    [
      'is longer',
      async (store: EventStore, last: NewEvent) => append(store, 'z', last, event('z')),
    ],
    ['has another id at the end', async (store: EventStore) => append(store, 'z', event('z'))],
    [
      'has another type at the end',
      async (store: EventStore, last: NewEvent) =>
        append(store, 'z', { ...last, type: 'Unhappened' }),
    ],
    [
      'has other bytes at the end',
      async (store: EventStore, last: NewEvent) => append(store, 'z', event('Z', last.id)),
    ],
    [
      'has another stream at the end',
      async (store: EventStore, last: NewEvent) => append(store, 'y', last),
    ],
  ])('is not called the same as one that %s', async (_how, end) => {
    await copyLog(source, target, NOBODY);
    const last = event('z');
    await append(source, 'z', last);
    await end(target, last);
    await expect(proveSame(source, target, NOBODY)).rejects.toMatchObject({ code: 'CONFLICT' });
  });

  it('goes on only where the target holds its beginning', async () => {
    await append(target, 'a', event('0'));
    expect(await assertBeginning(source, target)).toBe(1n);
    await append(target, 'a', event('other'));
    await expect(assertBeginning(source, target)).rejects.toMatchObject({ code: 'CONFLICT' });
    await expect(assertBeginning(target, source)).rejects.toMatchObject({ code: 'CONFLICT' });
  });
});
