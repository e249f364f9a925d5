import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DatabaseSync } from '@photostructure/sqlite';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { NO_STREAM, type RecordedEvent } from '#event-store';
import { MemoryEventStore } from '#event-store/memory';
import type { ViewDefinition } from '../view.js';
import { Projector } from '../projector.js';
import { foldDigests } from '../fold/fold-views.js';
import { rebuildViews } from './rebuild.js';
import { SqliteViewStore } from './sqlite-view-store.js';

interface Counted {
  readonly n: number;
}

/** Several pages a batch, so that there is something between its first byte and its last. */
const views: readonly ViewDefinition<Counted>[] = ['wide', 'narrow'].map((name, width) => ({
  name,
  version: 1,
  columns: ['n', 'text'],
  indexes: [['text']],
  rows: ({ n }) => [
    [BigInt(n), String((n * 7919) % 1000).repeat(width === 0 ? 400 : 1)],
    ...(n % 3 === 0 ? [[null, 'again'] as const] : []),
  ],
}));
const decode = (recorded: RecordedEvent): Counted =>
  JSON.parse(Buffer.from(recorded.leaf).toString()) as Counted;
const ledgerId = 'ledger';
const BATCHES = [1, 60, 3, 128, 17, 90, 1, 1, 200, 44];
const CRASHES = 120;
const SECTOR = 512;

/** The files as they are when a batch is committed; `base`: as the last copy of the WAL into the database left it. */
interface Moment {
  readonly base: Buffer;
  readonly wal: Buffer;
  readonly position: bigint;
}

describe('views after a power cut', () => {
  let directory: string;
  let file: string;
  let store: MemoryEventStore;
  let moments: readonly Moment[];
  beforeAll(async () => {
    directory = mkdtempSync(join(tmpdir(), 'pdl-views-'));
    file = join(directory, 'live.db');
    store = new MemoryEventStore();
    moments = await lived();
  });
  afterAll(() => rmSync(directory, { recursive: true }));

  it(`equal a fold of the log, at once and when they have caught up (${CRASHES} random moments)`, async () => {
    const cut = fc.record({
      moment: fc.nat({ max: BATCHES.length - 1 }),
      // Where the write of the WAL stopped; after it, sectors that came to the disk before their turn.
      stopped: fc.double({ min: 0, max: 1, noNaN: true }),
      early: fc.array(fc.boolean(), { maxLength: 12 }),
    });
    const seen = new Set<bigint>();
    const crash = async ({ moment, stopped, early }: Cut): Promise<void> => {
      const { base, wal } = at(moment);
      const before = moment === 0 ? Buffer.alloc(0) : at(moment - 1).wal;
      const end = Math.floor(wal.length * stopped);
      seen.add(await survived(base, torn(wal, before, end, early)));
    };
    await fc.assert(fc.asyncProperty(cut, crash), { numRuns: CRASHES });
    // Not always the same one: whole batches are lost, never a part of one.
    const ends = [0n, ...moments.map(({ position }) => position)];
    expect([...seen].filter((position) => !ends.includes(position))).toEqual([]);
    expect(seen.size).toBeGreaterThan(5);
  });

  it(`equal a fold of the log when the WAL was being copied into the database (${CRASHES} random moments)`, async () => {
    const copy = fc.record({
      moment: fc.nat({ max: BATCHES.length - 1 }),
      sectors: fc.array(fc.boolean(), { minLength: 1, maxLength: 64 }),
    });
    await fc.assert(
      fc.asyncProperty(copy, async ({ moment, sectors }) => {
        const { base, wal, position } = at(moment);
        expect(await survived(partlyCopied(base, wal, sectors), wal)).toBe(position);
      }),
      { numRuns: CRASHES },
    );
  });

  interface Cut {
    readonly moment: number;
    readonly stopped: number;
    readonly early: readonly boolean[];
  }

  function at(moment: number): Moment {
    const found = moments[moment];
    if (found === undefined) throw new Error('no such moment');
    return found;
  }

  /** Opens what the crash left, compares, catches up, compares again; the position it was opened at. */
  async function survived(base: Buffer, wal: Buffer): Promise<bigint> {
    const left = join(mkdtempSync(join(directory, 'left-')), 'views.db');
    writeFileSync(left, base);
    writeFileSync(`${left}-wal`, wal);
    const opened = SqliteViewStore.open({ file: left, views, ledgerId, mode: 'write' });
    if (typeof opened === 'string') throw new Error(opened);
    const found = await opened.state();
    const folded = await foldDigests({ store, decode, views }, found.position);
    expect(found.digests).toEqual(folded.digests);
    expect(opened.isIntact()).toBe(true);
    await new Projector(store, opened, decode).catchUp();
    const { digests } = await foldDigests({ store, decode, views });
    expect((await opened.state()).digests).toEqual(digests);
    await opened.close();
    return found.position;
  }

  async function lived(): Promise<readonly Moment[]> {
    await rebuildViews({ store, decode, views, ledgerId, file });
    const live = SqliteViewStore.open({ file, views, ledgerId, mode: 'write' });
    if (typeof live === 'string') throw new Error(live);
    const found: Moment[] = [];
    for (const [n, batch] of BATCHES.entries()) {
      await add(batch);
      await new Projector(store, live, decode).catchUp();
      const files = { base: readFileSync(file), wal: readFileSync(`${file}-wal`) };
      found.push({ ...files, position: await live.position() });
      // The next batch begins the WAL anew, over what is in it.
      if (n === 5) copied(file);
    }
    await live.close();
    return found;
  }

  async function add(count: number): Promise<void> {
    for (let n = 0; n < count; n += 1) {
      const { size } = await store.head();
      const id = `00000000-0000-4000-8000-${String(size).padStart(12, '0')}`;
      const leaf = new TextEncoder().encode(JSON.stringify({ n: Number(size) }));
      const event = { id, type: 'T', leaf };
      await store.append({ stream: `s${size}`, expectedRevision: NO_STREAM, events: [event] });
    }
  }
});

function copied(file: string): void {
  const beside = new DatabaseSync(file);
  beside.exec('PRAGMA wal_checkpoint(RESTART)');
  beside.close();
}

/** The WAL written up to a byte over what was there before, and after that byte some sectors that were early. */
function torn(wal: Buffer, before: Buffer, end: number, early: readonly boolean[]): Buffer {
  const file = Buffer.alloc(
    Math.max(before.length, Math.min(wal.length, end + early.length * SECTOR)),
  );
  before.copy(file);
  wal.copy(file, 0, 0, end);
  for (const [n, isThere] of early.entries()) {
    const from = end + n * SECTOR;
    if (isThere && from < wal.length) wal.copy(file, from, from, from + SECTOR);
  }
  return file;
}

/** The database with some sectors of the pages that the WAL holds, as a checkpoint that was cut off leaves it. */
function partlyCopied(base: Buffer, wal: Buffer, sectors: readonly boolean[]): Buffer {
  const pageBytes = wal.readUInt32BE(8);
  const salts = wal.subarray(16, 24);
  const frames: { readonly page: number; readonly bytes: Buffer }[] = [];
  for (let from = 32; from + 24 + pageBytes <= wal.length; from += 24 + pageBytes) {
    if (!wal.subarray(from + 8, from + 16).equals(salts)) break;
    frames.push({
      page: wal.readUInt32BE(from),
      bytes: wal.subarray(from + 24, from + 24 + pageBytes),
    });
  }
  const pages = Math.max(base.length / pageBytes, ...frames.map(({ page }) => page));
  const file = Buffer.alloc(pages * pageBytes);
  base.copy(file);
  const latest = new Map(frames.map(({ page, bytes }) => [page, bytes]));
  let n = 0;
  for (const [page, bytes] of latest) {
    for (let from = 0; from < pageBytes; from += SECTOR) {
      const isCopied = sectors[n % sectors.length] ?? false;
      if (isCopied) bytes.copy(file, (page - 1) * pageBytes + from, from, from + SECTOR);
      n += 1;
    }
  }
  return file;
}
