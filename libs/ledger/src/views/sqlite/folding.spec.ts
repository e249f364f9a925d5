import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { DatabaseSync } from '@photostructure/sqlite';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { NO_STREAM } from '#event-store';
import { SqliteEventStore } from '#event-store/sqlite';
import { foldDigests, type Rebuilt } from '#projections';
import { SqliteViewStore, rebuildViews } from '#projections/sqlite';
import { folding } from '../folding.js';
import { VIEWS } from '../views.js';
import { eventOf, leafOf } from './made-log.js';

const ledgerId = '11111111-1111-4111-8111-111111111111';
/** Two whole chunks and a part of one. */
const EVENTS = 5_000;

describe('a log folded by threads', () => {
  let directory: string;
  let file: string;
  beforeEach(async () => {
    directory = mkdtempSync(join(tmpdir(), 'pdl-fold-'));
    file = join(directory, 'log.db');
    const anchorKey = new Uint8Array(32);
    const store = await SqliteEventStore.open({ file, mode: 'write', ledgerId, anchorKey });
    await Promise.all(
      Array.from({ length: EVENTS }, async (_, n) =>
        store.append({ stream: `subject-${n}`, expectedRevision: NO_STREAM, events: [eventOf(n)] }),
      ),
    );
    await store.close();
  });
  afterEach(() => rmSync(directory, { recursive: true }));

  async function digests(withThreads: boolean, end?: bigint): Promise<Rebuilt> {
    const store = await SqliteEventStore.open({ file, mode: 'read', ledgerId });
    const { workers, ...here } = folding(store);
    const threads = workers === undefined ? {} : { workers: { ...workers, fromEvents: 0 } };
    try {
      return await foldDigests(withThreads ? { ...here, ...threads } : here, end);
    } finally {
      await store.close();
    }
  }

  it('has the digests of one folded here, whole and up to any ordinal, and of views that were written', async () => {
    for (const end of [undefined, 0n, 1n, 2048n, 2049n, 4999n]) {
      expect(await digests(true, end)).toEqual(await digests(false, end));
    }
    const store = await SqliteEventStore.open({ file, mode: 'read', ledgerId });
    const views = join(directory, 'views.db');
    const rebuilt = await rebuildViews({ ...folding(store), ledgerId, file: views });
    await store.close();
    expect(rebuilt).toEqual(await digests(true));
    const live = SqliteViewStore.open({ file: views, views: VIEWS, ledgerId, mode: 'read' });
    if (typeof live === 'string') throw new Error(live);
    expect((await live.select('audit-trail', {})).length).toBe(EVENTS);
    expect(await live.digest('audit-trail')).toBe(rebuilt.digests['audit-trail']);
    await live.close();
  });

  it('meets the same errors as one folded here', async () => {
    const both = async (code: string): Promise<void> => {
      await expect(digests(false)).rejects.toMatchObject({ code });
      await expect(digests(true)).rejects.toMatchObject({ code });
    };
    changed(
      "UPDATE events SET leaf = CAST(replace(leaf, 'lawful', 'unlawf') AS BLOB) WHERE ordinal = 3000",
    );
    await both('CORRUPT');
    changed('DELETE FROM events WHERE ordinal = 2500');
    await both('GAP');
    rmSync(directory, { recursive: true });
    directory = mkdtempSync(join(tmpdir(), 'pdl-fold-'));
    file = join(directory, 'log.db');
    const anchorKey = new Uint8Array(32);
    const store = await SqliteEventStore.open({ file, mode: 'write', ledgerId, anchorKey });
    const events = [eventOf(0), { ...eventOf(1), leaf: leafOf(1, 'DataInvented') }];
    await store.append({ stream: 'subject-0', expectedRevision: NO_STREAM, events });
    await store.close();
    await both('UNKNOWN_EVENT');
  });

  it('is folded here when a thread cannot be started', async () => {
    const store = await SqliteEventStore.open({ file, mode: 'read', ledgerId });
    const workers = { url: new URL('file:///none.js'), data: file, fromEvents: 0 };
    const here = await digests(false);
    expect(await foldDigests({ ...folding(store), workers })).toEqual(here);
    await store.close();
  });

  function changed(sql: string): void {
    const database = new DatabaseSync(file);
    database.exec(sql);
    database.close();
  }
});
