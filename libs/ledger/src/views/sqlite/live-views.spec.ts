import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { NO_STREAM } from '#event-store';
import { MemoryEventStore } from '#event-store/memory';
import { foldDigests } from '#projections';
import { folding } from '../folding.js';
import { LiveViews } from '../live-views.js';
import { eventOf } from './made-log.js';
import { placeOf } from './made-log-file.js';

const ledgerId = '11111111-1111-4111-8111-111111111111';

describe('live views', () => {
  let directory: string;
  let file: string;
  let store: MemoryEventStore;
  let live: LiveViews;
  beforeEach(async () => {
    directory = mkdtempSync(join(tmpdir(), 'pdl-live-'));
    file = join(directory, 'views.db');
    store = new MemoryEventStore();
    live = await LiveViews.open({ place: placeOf(file, ledgerId), farBehind: 20n }, store);
  });
  afterEach(async () => {
    await live.close();
    rmSync(directory, { recursive: true });
  });
  const add = async (count: number): Promise<void> => {
    const { size } = await store.head();
    for (let n = Number(size); n < Number(size) + count; n += 1) {
      await store.append({ stream: `s${n}`, expectedRevision: NO_STREAM, events: [eventOf(n)] });
    }
  };
  const fileNumber = (): number => statSync(file).ino;

  it('give way to others when most of the log is new to them, and are added to when it is not', async () => {
    let before = fileNumber();
    const replaced: boolean[] = [];
    for (const count of [19, 20, 38, 39, 200, 1]) {
      await add(count);
      await live.catchUp(store);
      const { digests } = await foldDigests(folding(store));
      expect((await live.asTheyAre().state()).digests).toEqual(digests);
      replaced.push(fileNumber() !== before);
      before = fileNumber();
    }
    expect(replaced).toEqual([false, true, false, false, true, false]);
  });

  it('answer for the newest events without a write, unless they are many', async () => {
    const answered: number[] = [];
    const written: bigint[] = [];
    for (const count of [10, 502, 1, 600]) {
      await add(count);
      const views = await live.holding((await store.head()).size, store);
      written.push(await live.position());
      answered.push((await views.select('audit-trail', {})).length);
    }
    expect(answered).toEqual([10, 512, 513, 1113]);
    expect(written).toEqual([0n, 0n, 513n, 1113n]);
  });

  it('are there for readers until the others take their place', async () => {
    await add(10);
    await live.catchUp(store);
    await add(100);
    const done = new AbortController();
    const catchingUp = live.catchUp(store).then(() => done.abort());
    const seen = new Set<number>();
    while (!done.signal.aborted) {
      seen.add((await live.asTheyAre().select('audit-trail', {})).length);
      await new Promise((resolve) => setImmediate(resolve));
    }
    await catchingUp;
    expect(seen).toEqual(new Set([10]));
    expect(await live.position()).toBe(110n);
  });
});
