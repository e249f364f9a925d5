import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { DatabaseSync } from '@photostructure/sqlite';
import {
  copyFileSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { anEvent, collected } from '../testing/made-up-events.js';
import { SqliteEventStore } from './sqlite-event-store.js';
import { verifyLog } from './verify-log.js';

const ledgerId = '11111111-1111-4111-8111-111111111111';
const anchorKey = new Uint8Array(32).fill(7);
const EVENTS = 60;
const FLIPS = 150;

describe('a flipped bit in the SQLite log', () => {
  let directory: string;
  let file: string;
  beforeEach(async () => {
    directory = mkdtempSync(join(tmpdir(), 'pdl-flips-'));
    const live = join(directory, 'live.db');
    const store = await SqliteEventStore.open({ file: live, mode: 'write', ledgerId, anchorKey });
    for (let n = 0; n < EVENTS; n += 1) {
      const expectedRevision = BigInt(Math.floor(n / 5) - 1);
      await store.append({ stream: `s-${n % 5}`, expectedRevision, events: [anEvent(n)] });
    }
    // In use: every commit is in the WAL, as a power cut leaves it; without the room that is kept behind them.
    file = copied(live, 'log');
    const wal = readFileSync(`${file}-wal`);
    truncateSync(`${file}-wal`, wal.findLastIndex((byte) => byte !== 0) + 1);
    await store.close();
  });
  afterEach(() => rmSync(directory, { recursive: true }));

  it.each(['', '.anchor'])(
    'is found in log.db%s, or changes nothing that a read returns',
    async (suffix) => {
      const database = new DatabaseSync(file);
      database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
      database.close();
      expect(await found(suffix)).toBeGreaterThan(FLIPS / 3);
    },
  );

  // SQLite opens such a file without a word, and drops every commit from the flip on.
  it('is found in log.db-wal, or changes nothing that a read returns', async () => {
    expect(await found('-wal')).toBeGreaterThan((FLIPS * 9) / 10);
  });

  it('that makes bytes a text, or a text bytes, changes nothing', async () => {
    const changed = copied(file, 'changed');
    const database = new DatabaseSync(changed);
    const kinds = { id: 'TEXT', type: 'BLOB', hash: 'TEXT', leaf: 'TEXT' };
    const cells = Object.entries(kinds).map(([cell, kind]) => `${cell} = CAST(${cell} AS ${kind})`);
    database.exec(`UPDATE events SET ${cells.join()} WHERE ordinal = ${EVENTS - 1}`);
    database.close();
    expect(await readable(changed)).toEqual(await readable(file));
    const one = await SqliteEventStore.open({ file: changed, mode: 'read', ledgerId });
    const other = await SqliteEventStore.open({ file, mode: 'read', ledgerId });
    const last = BigInt(EVENTS - 1);
    expect(await one.readAt([last])).toEqual(await other.readAt([last]));
    expect(await one.streamHead('s-4')).toEqual(await other.streamHead('s-4'));
    await Promise.all([one.close(), other.close()]);
    expect(faultsOf(changed)).toEqual([]);
  });

  /** How many of the flips verify finds; what it does not find is read and compared. */
  async function found(suffix: string): Promise<number> {
    const untouched = copied(file, 'untouched');
    const whole = await readable(untouched);
    expect(whole.length).toBe(EVENTS);
    expect(faultsOf(untouched)).toEqual([]);
    const bytes = readFileSync(`${file}${suffix}`);
    const used = [...bytes.keys()].filter((offset) => bytes[offset] !== 0);
    let count = 0;
    for (let flip = 0; flip < FLIPS; flip += 1) {
      // A copy of its own: the driver lets go of a closed file when its statements are collected, no sooner.
      const copy = copied(file, `flip-${flip}`);
      // Every third anywhere, the others where there is something.
      const offsets = flip % 3 === 0 ? bytes.length : used.length;
      const n = Number((BigInt(flip + 1) * 2654435761n) % BigInt(offsets));
      const at = flip % 3 === 0 ? n : (used[n] ?? 0);
      const changed = Buffer.from(bytes);
      changed.writeUInt8(changed.readUInt8(at) ^ (1 << (flip % 8)), at);
      writeFileSync(`${copy}${suffix}`, changed);
      if (faultsOf(copy).length > 0) count += 1;
      else expect([at, await readable(copy)]).toEqual([at, whole]);
    }
    return count;
  }

  function copied(from: string, name: string): string {
    const copy = join(directory, `${name}.db`);
    for (const suffix of ['', '-wal', '.anchor']) {
      if (existsSync(`${from}${suffix}`)) copyFileSync(`${from}${suffix}`, `${copy}${suffix}`);
    }
    return copy;
  }

  function faultsOf(copy: string): readonly unknown[] {
    return verifyLog({ file: copy, ledgerId, anchorKey }).faults;
  }

  async function readable(copy: string): Promise<readonly string[]> {
    const store = await SqliteEventStore.open({ file: copy, mode: 'read', ledgerId });
    const events = await collected(store.readAll());
    await store.close();
    return events.map(
      (event) => `${event.ordinal} ${event.id} ${Buffer.from(event.leaf).toString()}`,
    );
  }
});
