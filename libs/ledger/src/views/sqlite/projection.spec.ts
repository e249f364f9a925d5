import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { DatabaseSync } from '@photostructure/sqlite';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { NO_STREAM } from '#event-store';
import { SqliteEventStore } from '#event-store/sqlite';
import { foldDigests } from '#projections';
import { folding } from '../folding.js';
import { LiveViews } from '../live-views.js';
import { eventOf } from './made-log.js';
import { placeOf } from './made-log-file.js';

const ledgerId = '11111111-1111-4111-8111-111111111111';

describe('live views that are far behind', () => {
  let directory: string;
  let file: string;
  let store: SqliteEventStore;
  let live: LiveViews;
  beforeEach(async () => {
    directory = mkdtempSync(join(tmpdir(), 'pdl-project-'));
    file = join(directory, 'log.db');
    store = await SqliteEventStore.open({
      ...{ file, mode: 'write', ledgerId },
      anchorKey: new Uint8Array(32),
    });
    await add(10);
    live = await LiveViews.open({ place: placeOf(join(directory, 'views.db'), ledgerId) }, store);
  });
  afterEach(async () => {
    await live.close();
    await store.close();
    rmSync(directory, { recursive: true });
  });

  async function add(count: number): Promise<void> {
    const first = Number((await store.head()).size);
    await Promise.all(
      Array.from({ length: count }, async (_, n) =>
        store.append({
          ...{ stream: `subject-${first + n}`, expectedRevision: NO_STREAM },
          events: [eventOf(first + n)],
        }),
      ),
    );
  }

  /** Whether the log was read here. */
  async function caughtUpHere(): Promise<boolean> {
    const read = jest.spyOn(store, 'readAll');
    await live.catchUp(store);
    const times = read.mock.calls.length;
    read.mockRestore();
    return times > 0;
  }

  it('are brought to the end of the log by a thread, a few events here while there is none: the same bytes', async () => {
    const here: boolean[] = [];
    for (const count of [64, 3_000, 1, 65, 500]) {
      await add(count);
      here.push(await caughtUpHere());
      const { digests } = await foldDigests(folding(store));
      expect((await live.asTheyAre().state()).digests).toEqual(digests);
    }
    expect(here).toEqual([true, false, false, false, false]);
  });

  it('go on in the file that a rebuild put in their place', async () => {
    await add(100);
    await live.catchUp(store);
    await live.rebuild(store, {});
    await add(100);
    expect(await caughtUpHere()).toBe(false);
    expect(await live.position()).toBe(210n);
    const { digests } = await foldDigests(folding(store));
    expect((await live.asTheyAre().state()).digests).toEqual(digests);
  });

  it('meet the error of a damaged log here, and no event is lost when it is whole again', async () => {
    await add(3_000);
    const changed = (sql: string): void => {
      const database = new DatabaseSync(file);
      database.exec(sql);
      database.close();
    };
    const turned = (by: string): string =>
      `UPDATE events SET hash = CAST(${by} AS BLOB) WHERE ordinal = 2500`;
    changed(turned('substr(hash, 2) || substr(hash, 1, 1)'));
    await expect(live.catchUp(store)).rejects.toMatchObject({ code: 'CORRUPT' });
    changed(turned('substr(hash, 32) || substr(hash, 1, 31)'));
    await live.catchUp(store);
    const { digests } = await foldDigests(folding(store));
    expect((await live.asTheyAre().state()).digests).toEqual(digests);
  });
});
