import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { NO_STREAM, type EventStore } from '#event-store';
import { MemoryEventStore } from '#event-store/memory';
import { LANDS_WITHIN_MS } from '../nodes/lands-within.js';
import { eventOf } from '../views/sqlite/made-log.js';
import { lastOrdinal } from './as-of.js';

const START = Date.parse('2026-03-02T09:00:00.000Z');

/** As where several nodes write. */
class SharedStore extends MemoryEventStore {
  override get isShared(): boolean {
    return true;
  }
}

it('a moment is the end of the longest prefix of which nothing was recorded later, in any order that nodes leave', async () => {
  const gaps = fc.array(fc.nat(LANDS_WITHIN_MS), { minLength: 1, maxLength: 40 });
  const late = fc.array(fc.nat(LANDS_WITHIN_MS), { minLength: 40, maxLength: 40 });
  await fc.assert(
    fc.asyncProperty(gaps, late, fc.nat(), async (steps, delays, asked) => {
      let latest = START;
      // Each is recorded after the one before it, or so much earlier that it was late.
      const times = steps.map((step, n) => {
        latest += step;
        return latest - (n % 3 === 0 ? (delays[n] ?? 0) : 0);
      });
      const store = await storeOf(times);
      const at = START + (asked % (latest - START + 1));
      const first = times.findIndex((time) => time > at);
      const expected = BigInt(first === -1 ? times.length : first) - 1n;
      expect(await lastOrdinal(store, new Date(at).toISOString())).toBe(expected);
    }),
    { numRuns: 200 },
  );
});

async function storeOf(times: readonly number[]): Promise<EventStore> {
  const store = new SharedStore();
  for (const [n, time] of times.entries()) {
    const event = eventOf(n);
    const { metadata, ...rest } = JSON.parse(Buffer.from(event.leaf).toString()) as {
      readonly metadata: object;
    };
    const recordedAt = new Date(time).toISOString();
    const leaf = Buffer.from(JSON.stringify({ ...rest, metadata: { ...metadata, recordedAt } }));
    const events = [{ ...event, leaf }];
    await store.append({ stream: `s${n}`, expectedRevision: NO_STREAM, events });
  }
  return store;
}
