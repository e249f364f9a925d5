import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { NO_STREAM } from '../event-store.js';
import { anEvent, collected } from '../testing/made-up-events.js';
import { SqliteEventStore } from './sqlite-event-store.js';
import { verifyLog } from './verify-log.js';

const ledgerId = '11111111-1111-4111-8111-111111111111';
const anchorKey = new Uint8Array(32).fill(7);
const CHILD = fileURLToPath(new URL('./kill-child.js', import.meta.url));
const KILLS = 200;

describe('the SQLite log under fire', () => {
  let directory: string;
  let file: string;
  const open = async (): Promise<SqliteEventStore> =>
    SqliteEventStore.open({ file, mode: 'write', ledgerId, anchorKey });
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'pdl-crash-'));
    file = join(directory, 'log.db');
  });
  afterEach(() => rmSync(directory, { recursive: true }));

  /** Ordinals and ids the child acknowledged before it was killed, after `acks` of them. */
  async function killed(
    run: number,
    acks: number,
    bytes = 0,
  ): Promise<readonly [bigint, string][]> {
    const child = spawn(process.execPath, [CHILD, file, String(run), String(bytes)], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let said = '';
    child.stdout.on('data', (chunk: Buffer) => {
      said += String(chunk);
      if (said.split('\n').length > acks) child.kill('SIGKILL');
    });
    await ended(child);
    const lines = said.split('\n').slice(0, -1);
    return lines.map((line) => {
      const [ordinal = '', id = ''] = line.split(' ');
      return [BigInt(ordinal), id];
    });
  }

  const ended = async (child: ChildProcess): Promise<void> =>
    new Promise((resolve) => child.once('close', () => resolve()));

  it(`loses nothing that was acknowledged over ${KILLS} kills, and leaves no lock`, async () => {
    const acknowledged = new Map<string, bigint>();
    for (let run = 0; run < KILLS; run += 1) {
      for (const [ordinal, id] of await killed(run, 1 + ((run * 7919) % 90)))
        acknowledged.set(id, ordinal);
    }
    expect(acknowledged.size).toBeGreaterThan(KILLS);
    await expectKept(acknowledged);
  }, 240_000);

  it('loses nothing when it is killed while the write-ahead log is copied and begun anew', async () => {
    const acknowledged = new Map<string, bigint>();
    // 20 kB an event: room is made after 50 of them, and the log is copied after 400.
    for (const [run, acks] of [60, 390, 420, 450, 800, 1_300].entries()) {
      for (const [ordinal, id] of await killed(run, acks, 20_000)) acknowledged.set(id, ordinal);
    }
    expect(acknowledged.size).toBeGreaterThan(3_400);
    await expectKept(acknowledged);
  }, 60_000);

  async function expectKept(acknowledged: ReadonlyMap<string, bigint>): Promise<void> {
    const store = await open();
    const found = new Map(
      (await collected(store.readAll())).map((event) => [event.id, event.ordinal]),
    );
    const lost = [...acknowledged].filter(([id, ordinal]) => found.get(id) !== ordinal);
    expect(lost).toEqual([]);
    await store.close();
    expect(verifyLog({ file, ledgerId, anchorKey }).faults).toEqual([]);
  }

  it('writes its write-ahead log over and over, so that it does not grow with the events', async () => {
    const store = await open();
    const appendMany = async (round: number): Promise<void> => {
      const numbers = Array.from({ length: 64 }, (_, n) => round * 64 + n);
      const appends = numbers.map(async (n) =>
        store.append({
          stream: `s-${n}`,
          expectedRevision: NO_STREAM,
          events: [anEvent(n, 'x'.repeat(20_000))],
        }),
      );
      await Promise.all(appends);
    };
    for (let round = 0; round < 50; round += 1) await appendMany(round);
    const bytes = statSync(`${file}-wal`).size;
    expect(statSync(file).size).toBeGreaterThan(32 * 1024 * 1024);
    expect(bytes).toBeLessThan(40 * 1024 * 1024);
    expect((await collected(store.readAll())).length).toBe(50 * 64);
    await store.close();
  });

  it('refuses a second process while the first lives', async () => {
    const child = spawn(process.execPath, [CHILD, file, '0'], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await new Promise((resolve) => child.stdout.once('data', resolve));
    await expect(open()).rejects.toMatchObject({ code: 'LOCKED' });
    child.kill('SIGKILL');
    await ended(child);
    await (await open()).close();
  });

  async function filled(events: number): Promise<void> {
    const store = await open();
    for (let n = 0; n < events; n += 1) {
      await store.append({
        stream: `s-${n % 5}`,
        expectedRevision: n < 5 ? NO_STREAM : BigInt(Math.floor(n / 5) - 1),
        events: [anEvent(n)],
      });
    }
    await store.close();
  }

  it('recognises a WAL whose tail was dropped: SQLite itself opens it without a word', async () => {
    const store = await open();
    for (let n = 0; n < 20; n += 1) {
      await store.append({ stream: 's', expectedRevision: BigInt(n) - 1n, events: [anEvent(n)] });
    }
    // A copy of the living files is what a power cut leaves.
    for (const name of ['whole', 'cut']) {
      for (const suffix of ['', '-wal', '.anchor']) {
        copyFileSync(`${file}${suffix}`, join(directory, `${name}.db${suffix}`));
      }
    }
    await store.close();
    file = join(directory, 'whole.db');
    expect(verifyLog({ file, ledgerId, anchorKey }).faults).toEqual([]);
    file = join(directory, 'cut.db');
    cutWal();
    await expect(open()).rejects.toMatchObject({ code: 'ROLLED_BACK' });
    expect(verifyLog({ file, ledgerId, anchorKey }).faults.length).toBeGreaterThan(0);
  });

  it('recognises a WAL that is cut after another process verified it', async () => {
    await killed(0, 40);
    // Not in this process: the driver lets go of a closed file when its statements are collected, no sooner.
    const answer = execFileSync(
      process.execPath,
      ['--no-warnings', '--input-type=module', '--eval', verifying(file)],
      { encoding: 'utf8' },
    );
    expect(answer).toBe('[]');
    cutWal();
    await expect(open()).rejects.toMatchObject({ code: 'ROLLED_BACK' });
  });

  /** Cuts a fifth off what was written of the write-ahead log: its end is room that the writer made before it needs it. */
  function cutWal(): void {
    const wal = readFileSync(`${file}-wal`);
    const frame = 24 + wal.readUInt32BE(8);
    const salts = wal.subarray(16, 24);
    let used = 32;
    while (used < wal.length && wal.subarray(used + 8, used + 16).equals(salts)) used += frame;
    expect(used).toBeGreaterThan(32 + 10 * frame);
    truncateSync(`${file}-wal`, Math.floor(used * 0.8));
  }

  const verifying = (path: string): string => `
    import { verifyLog } from ${JSON.stringify(new URL('./verify-log.js', import.meta.url).href)};
    const options = { file: ${JSON.stringify(path)}, ledgerId: '${ledgerId}', anchorKey: new Uint8Array(32).fill(7) };
    process.stdout.write(JSON.stringify(verifyLog(options).faults));`;

  it('says that the disk is full, stores nothing of the append, and goes on when there is room', async () => {
    const store = await SqliteEventStore.open({
      file,
      mode: 'write',
      ledgerId,
      anchorKey,
      maxPages: 24,
    });
    let stored = 0;
    const append = async (): Promise<unknown> =>
      store.append({
        stream: 's',
        expectedRevision: BigInt(stored) - 1n,
        events: [anEvent(stored, 'x'.repeat(20_000))],
      });
    const fill = async (): Promise<void> => {
      for (; stored < 100; stored += 1) await append();
    };
    await expect(fill()).rejects.toMatchObject({ code: 'DISK_FULL' });
    expect((await store.head()).size).toBe(BigInt(stored));
    await expect(append()).rejects.toMatchObject({ code: 'DISK_FULL' });
    await store.close();
    const roomier = await open();
    await roomier.append({
      stream: 's',
      expectedRevision: BigInt(stored) - 1n,
      events: [anEvent(stored)],
    });
    expect((await roomier.head()).size).toBe(BigInt(stored + 1));
    await roomier.close();
  });

  it('refuses a log without its anchor, of another ledger, under another key, or older than its anchor', async () => {
    await filled(5);
    const old = readFileSync(file);
    await filled10();
    const other = {
      file,
      mode: 'write',
      ledgerId: ledgerId.replaceAll('1', '2'),
      anchorKey,
    } as const;
    await expect(SqliteEventStore.open(other)).rejects.toMatchObject({ code: 'WRONG_LOG' });
    const strange = { file, mode: 'write', ledgerId, anchorKey: new Uint8Array(32) } as const;
    await expect(SqliteEventStore.open(strange)).rejects.toMatchObject({ code: 'WRONG_KEY' });
    writeFileSync(file, old);
    await expect(open()).rejects.toMatchObject({ code: 'ROLLED_BACK' });
    rmSync(`${file}.anchor`);
    await expect(open()).rejects.toMatchObject({ code: 'ROLLED_BACK' });
    expect(existsSync(`${file}.anchor`)).toBe(false);
  });

  async function filled10(): Promise<void> {
    const store = await open();
    await store.append({ stream: 'more', expectedRevision: NO_STREAM, events: [anEvent(900)] });
    await store.close();
  }
});
