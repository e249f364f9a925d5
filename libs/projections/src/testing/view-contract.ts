import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { NO_STREAM, type RecordedEvent } from '#event-store';
import { MemoryEventStore } from '#event-store/memory';
import { foldDigests } from '../fold/fold-views.js';
import { Projector } from '../projector.js';
import { RecentRows } from '../recent-rows.js';
import type { Selection, ViewDefinition, ViewStore } from '../view.js';
import type { ViewPlace } from '../view-place.js';

/** Where a suite's views lie: every place that is asked for is the same one. */
export interface ViewsUnderTest {
  place<E>(views: readonly ViewDefinition<E>[], ledgerId: string): ViewPlace<E>;
  /** Makes what is stored there unreadable. */
  damage(): Promise<void>;
  remove(): Promise<void>;
}

interface Counted {
  readonly n: number;
}

const VIEWS: readonly ViewDefinition<Counted>[] = [
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
const LEDGER = 'ledger';
const decode = (recorded: RecordedEvent): Counted =>
  JSON.parse(Buffer.from(recorded.leaf).toString()) as Counted;

/** What every place of views promises; `runs` random cases of each property. */
export function viewContract(name: string, make: () => Promise<ViewsUnderTest>, runs = 25): void {
  describe(`${name} as a place of views`, () => {
    let under: ViewsUnderTest;
    let place: ViewPlace<Counted>;
    let store: MemoryEventStore;
    beforeEach(async () => {
      under = await make();
      place = under.place(VIEWS, LEDGER);
      store = new MemoryEventStore();
    });
    afterEach(async () => {
      await place.close();
      await under.remove();
    });

    it('holds the same bytes however the events came in: at once, in batches, or folded without storage', async () => {
      const sizes = fc.array(fc.integer({ min: 1, max: 30 }), { minLength: 1, maxLength: 6 });
      const same = async (batches: readonly number[]): Promise<void> => {
        store = new MemoryEventStore();
        const live = await rebuilt();
        for (const batch of batches) {
          await add(batch);
          await new Projector(store, live, decode).catchUp();
        }
        const { digests } = await live.state();
        await live.close();
        expect((await foldDigests(folding())).digests).toEqual(digests);
        expect((await place.build(folding())).digests).toEqual(digests);
      };
      await fc.assert(fc.asyncProperty(sizes, same), { numRuns: runs });
    });

    it('holds the same bytes whatever their cells hold', async () => {
      const rows = fc.array(fc.tuple(CELL, CELL), { maxLength: 12 });
      const same = async (cells: readonly (readonly (string | bigint | null)[])[]) => {
        const odd = { ...one(VIEWS), name: 'odd', rows: ({ n }: Counted) => [cells[n] ?? []] };
        store = new MemoryEventStore();
        await add(cells.length);
        const other = under.place([odd], LEDGER);
        const { digests } = await other.build({ store, decode, views: [odd] });
        await other.putInPlace();
        expect((await foldDigests({ store, decode, views: [odd] })).digests).toEqual(digests);
        const live = await opened(other);
        const read = await live.select('odd', {});
        expect((await live.state()).digests).toEqual(digests);
        await live.close();
        await other.close();
        expect(read.map(({ cells: found }) => [found['n'], found['parity']])).toEqual(cells);
      };
      await fc.assert(fc.asyncProperty(rows, same), { numRuns: 2 * runs });
    });

    it('shows any past moment as the views of that moment did', async () => {
      await add(20);
      const live = await rebuilt();
      const ordinals = async (...asked: Parameters<typeof live.select>) =>
        (await live.select(...asked)).map(({ ordinal }) => ordinal);
      const upTo = 9n;
      expect(await ordinals('all-of-them', { upTo })).toEqual(
        Array.from({ length: 10 }, (_, n) => BigInt(n)),
      );
      const odd = { where: { parity: 'odd' }, after: 4n, limit: 2 };
      expect(await ordinals('all-of-them', odd)).toEqual([5n, 7n]);
      const last = { where: { part: 'ә' }, descending: true, limit: 1 };
      expect(await live.select('thirds', last)).toEqual([
        { ordinal: 18n, cells: { n: null, part: 'ә' } },
      ]);
      expect(await ordinals('thirds', { where: { n: null }, upTo: 3n })).toEqual([0n, 3n]);
      expect(await ordinals('thirds', { where: { n: 3n } })).toEqual([3n]);
      await live.close();
    });

    it('gives the rows of one event back in the order in which it made them', async () => {
      await add(4);
      const live = await rebuilt();
      const parts = async (descending: boolean) =>
        (await live.select('thirds', { descending })).map(({ cells }) => cells['part']);
      expect(await parts(false)).toEqual(['a', 'ә', 'a', 'ә']);
      expect(await parts(true)).toEqual(['ә', 'a', 'ә', 'a']);
      await live.close();
    });

    it('answers the same whether the newest rows are stored or kept in memory, or stored meanwhile', async () => {
      const steps = fc.array(fc.tuple(fc.nat(9), fc.nat(9)), { minLength: 1, maxLength: 6 });
      const same = async (
        taken: readonly (readonly [added: number, stored: number])[],
        ...[view, selection]: Asked
      ): Promise<void> => {
        store = new MemoryEventStore();
        const live = await rebuilt();
        const recent = new RecentRows(VIEWS, decode);
        const answers: (readonly [size: bigint, rows: unknown])[] = [];
        for (const [added, stored] of taken) {
          await add(added);
          const { size } = await store.head();
          const seen = await live.position();
          const read = await recent.onTopOf(live, seen, store);
          const next = Array.from({ length: stored }, (_, n) => ({ n: Number(seen) + n }));
          await live.apply(seen, next.slice(0, Number(size - seen)));
          answers.push([size, await read.select(view, selection)]);
        }
        await new Projector(store, live, decode).catchUp();
        for (const [size, rows] of answers) {
          const { upTo = size } = selection;
          const then = { ...selection, upTo: upTo < size ? upTo : size - 1n };
          expect(rows).toEqual(await live.select(view, then));
        }
        await live.close();
      };
      await fc.assert(fc.asyncProperty(steps, VIEW, SELECTION, same), { numRuns: 2 * runs });
    });

    it('keeps the newest rows from wherever the stored ones end, be it further back than before', async () => {
      const live = await rebuilt();
      await add(5);
      const recent = new RecentRows(VIEWS, decode);
      for (const seen of [4n, 2n, 3n, 5n]) {
        const read = await recent.onTopOf(live, seen, store);
        const rows = await read.select('all-of-them', {});
        const ordinals = [0n, 1n, 2n, 3n, 4n].filter((ordinal) => ordinal >= seen);
        expect(rows.map(({ ordinal }) => ordinal)).toEqual(ordinals);
      }
      await live.close();
    });

    it('keeps no row of a batch that could not be read to its end', async () => {
      const live = await rebuilt();
      await add(5);
      let isBroken = true;
      const recent = new RecentRows(VIEWS, (recorded) => {
        if (isBroken && recorded.ordinal === 3n) throw new Error('broken');
        return decode(recorded);
      });
      await expect(recent.onTopOf(live, 0n, store)).rejects.toThrow('broken');
      isBroken = false;
      const read = await recent.onTopOf(live, 0n, store);
      expect(await read.select('all-of-them', {})).toHaveLength(5);
      await live.close();
    });

    it('refuses a view or a column that it does not have, and events that are not the next', async () => {
      await add(3);
      const live = await rebuilt();
      await expect(live.select('thirds', { where: { 'n" = 1 OR "n': 'x' } })).rejects.toThrow(
        'no such column',
      );
      await expect(live.select('none', {})).rejects.toMatchObject({ code: 'UNKNOWN_VIEW' });
      await expect(live.apply(5n, [{ n: 5 }])).rejects.toThrow('expect event 3');
      expect(await live.position()).toBe(3n);
      await live.close();
    });

    it('shows those who have it open what was built, once that is put in place', async () => {
      await add(3);
      const live = await rebuilt();
      await add(2);
      await place.build(folding());
      expect(await live.position()).toBe(3n);
      await place.putInPlace();
      expect(await live.position()).toBe(5n);
      expect(await live.select('all-of-them', {})).toHaveLength(5);
      await live.close();
    });

    it('is to be rebuilt when it is empty, damaged, of another version or of another ledger', async () => {
      expect(await place.open()).toBe('stale');
      await (await rebuilt()).close();
      const other = async (views: typeof VIEWS, ledgerId: string): Promise<unknown> => {
        const found = under.place(views, ledgerId);
        return found.open().finally(async () => found.close());
      };
      expect(await other(VIEWS, 'other')).toBe('stale');
      expect(
        await other(
          VIEWS.map((view) => ({ ...view, version: 2 })),
          LEDGER,
        ),
      ).toBe('stale');
      await under.damage();
      expect(await other(VIEWS, LEDGER)).toBe('damaged');
      await (await rebuilt()).close();
    });

    it('refuses a log that is shorter than it is', async () => {
      await add(5);
      const live = await rebuilt();
      const shorter = new Projector(new MemoryEventStore(), live, decode);
      await expect(shorter.catchUp()).rejects.toMatchObject({ code: 'AHEAD_OF_LOG' });
      await live.close();
    });

    function folding() {
      return { store, decode, views: VIEWS };
    }

    async function rebuilt(): Promise<ViewStore<Counted>> {
      await place.build(folding());
      await place.putInPlace();
      return opened(place);
    }

    async function add(count: number): Promise<void> {
      const { size } = await store.head();
      for (let n = Number(size); n < Number(size) + count; n += 1) {
        const id = `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
        const leaf = new TextEncoder().encode(JSON.stringify({ n }));
        const event = { id, type: 'T', leaf };
        await store.append({ stream: `s${n}`, expectedRevision: NO_STREAM, events: [event] });
      }
    }
  });
}

/** The intake refuses NUL, at which SQLite's own functions end a text, and which PostgreSQL does not take. */
const CELL = fc.oneof(
  fc.string({ unit: 'binary' }).filter((text) => !text.includes('\0')),
  fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
  fc.constant(null),
  fc.constantFrom('', '"', '\\', "'", '[]', '{"a":[1,null]}', '\u0001\u001f\u007f', '1e3', 'null'),
);

type Asked = readonly [view: string, selection: Selection];
const VIEW = fc.constantFrom('all-of-them', 'thirds');
const ORDINAL = fc.bigInt({ min: -1n, max: 40n });
const SELECTION = fc.record(
  {
    where: fc.constantFrom({ n: null }, { n: '7' }, { n: 9n }, {}),
    after: ORDINAL,
    upTo: ORDINAL,
    limit: fc.nat(9),
    descending: fc.boolean(),
  },
  { requiredKeys: [] },
);

async function opened<E>(place: ViewPlace<E>): Promise<ViewStore<E>> {
  const found = await place.open();
  if (typeof found === 'string') throw new Error(found);
  return found;
}

function one<T>([first]: readonly T[]): T {
  if (first === undefined) throw new Error('there is none');
  return first;
}
