import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { NO_STREAM, type RecordedEvent } from '#event-store';
import { MemoryEventStore } from '#event-store/memory';
import type { ViewDefinition } from '../view.js';
import { Projector } from './projector.js';
import { foldDigests, rebuildViews } from './rebuild.js';
import { SqliteViewStore } from './sqlite-view-store.js';

interface Counted {
  readonly n: number;
}

const views: readonly ViewDefinition<Counted>[] = [
  {
    name: 'all-of-them',
    version: 1,
    columns: ['n', 'parity'],
    indexes: [['parity']],
    rows: ({ n }) => [[String(n), n % 2 === 0 ? 'even' : 'odd']],
  },
  {
    name: 'thirds',
    version: 1,
    columns: ['n', 'part'],
    indexes: [],
    rows: ({ n }) =>
      n % 3 === 0
        ? [
            [BigInt(n), 'a'],
            [null, 'ә'],
          ]
        : [],
  },
];
const decode = (recorded: RecordedEvent): Counted =>
  JSON.parse(Buffer.from(recorded.leaf).toString()) as Counted;
const ledgerId = 'ledger';

describe('views in SQLite', () => {
  let directory: string;
  let file: string;
  let store: MemoryEventStore;
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'pdl-views-'));
    file = join(directory, 'views.db');
    store = new MemoryEventStore();
  });
  afterEach(() => rmSync(directory, { recursive: true }));
  const add = async (count: number): Promise<void> => {
    for (let n = 0; n < count; n += 1) {
      const { size } = await store.head();
      const id = `00000000-0000-4000-8000-${String(size).padStart(12, '0')}`;
      const leaf = new TextEncoder().encode(JSON.stringify({ n: Number(size) }));
      await store.append({
        stream: `s${size}`,
        expectedRevision: NO_STREAM,
        events: [{ id, type: 'T', leaf }],
      });
    }
  };
  const rebuilt = async () => rebuildViews({ store, decode, views, ledgerId, file });
  const open = (): SqliteViewStore<Counted> => {
    const opened = SqliteViewStore.open({ file, views, ledgerId, mode: 'write' });
    if (typeof opened === 'string') throw new Error(opened);
    return opened;
  };

  it('are the same bytes however the events came in: at once, in batches, or folded without storage', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 1, max: 30 }), { minLength: 1, maxLength: 6 }),
        async (batches) => {
          store = new MemoryEventStore();
          await rebuilt();
          for (const batch of batches) {
            await add(batch);
            const live = open();
            await new Projector(store, live, decode).catchUp();
            live.close();
          }
          const live = open();
          const digests = Object.fromEntries(views.map(({ name }) => [name, live.digest(name)]));
          live.close();
          expect((await foldDigests({ store, decode, views })).digests).toEqual(digests);
          expect((await rebuilt()).digests).toEqual(digests);
        },
      ),
      { numRuns: 25 },
    );
  });

  it('are the same bytes whatever their cells hold', async () => {
    const cell = fc.oneof(
      // The intake refuses NUL, at which SQLite's own functions end a text.
      fc.string({ unit: 'binary' }).filter((text) => !text.includes('\0')),
      fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
      fc.constant(null),
      fc.constantFrom(
        '',
        '"',
        '\\',
        "'",
        '[]',
        '{"a":[1,null]}',
        '\u0001\u001f\u007f',
        '1e3',
        'null',
      ),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(cell, cell), { maxLength: 12 }), async (rows) => {
        const odd = [{ ...views[0], name: 'odd', rows: ({ n }: Counted) => [rows[n] ?? []] }];
        const options = { store, decode, views: odd as typeof views, ledgerId, file };
        store = new MemoryEventStore();
        options.store = store;
        await add(rows.length);
        const { digests } = await rebuildViews(options);
        expect((await foldDigests(options)).digests).toEqual(digests);
        const live = SqliteViewStore.open({ file, views: options.views, ledgerId, mode: 'read' });
        if (typeof live === 'string') throw new Error(live);
        const read = [...live.select('odd', {})].map(({ cells }) => [cells['n'], cells['parity']]);
        live.close();
        expect(read).toEqual(rows);
      }),
      { numRuns: 60 },
    );
  });

  it('show any past moment as the views of that moment did', async () => {
    await add(20);
    await rebuilt();
    const live = open();
    const past = [...live.select('all-of-them', { upTo: 9n })];
    expect(past.map(({ ordinal }) => ordinal)).toEqual([0n, 1n, 2n, 3n, 4n, 5n, 6n, 7n, 8n, 9n]);
    expect(
      [...live.select('all-of-them', { where: { parity: 'odd' }, after: 4n, limit: 2 })].map(
        ({ ordinal }) => ordinal,
      ),
    ).toEqual([5n, 7n]);
    expect([
      ...live.select('thirds', { where: { part: 'ә' }, descending: true, limit: 1 }),
    ]).toEqual([{ ordinal: 18n, cells: { n: null, part: 'ә' } }]);
    live.close();
  });

  it('refuse a column they do not have, and events that are not the next', async () => {
    await add(3);
    await rebuilt();
    const live = open();
    expect(() => [...live.select('thirds', { where: { 'n" = 1 OR "n': 'x' } })]).toThrow(
      'no such column',
    );
    expect(() => live.apply(5n, [{ n: 5 }])).toThrow('expect event 3');
    live.close();
  });

  it('are to be rebuilt when they are damaged, of another version or of another ledger', async () => {
    await rebuilt();
    const stale = (over: object): unknown =>
      SqliteViewStore.open({ file, views, ledgerId, mode: 'read', ...over });
    expect(stale({ ledgerId: 'other' })).toBe('stale');
    expect(stale({ views: views.map((view) => ({ ...view, version: 2 })) })).toBe('stale');
    expect(stale({ file: join(directory, 'none.db') })).toBe('stale');
    writeFileSync(file, 'not a database');
    expect(stale({})).toBe('damaged');
  });

  it('refuse a log that is shorter than they are', async () => {
    await add(5);
    await rebuilt();
    const live = open();
    const shorter = new Projector(new MemoryEventStore(), live, decode);
    await expect(shorter.catchUp()).rejects.toMatchObject({ code: 'AHEAD_OF_LOG' });
    live.close();
  });
});
