import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { DatabaseSync } from '@photostructure/sqlite';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { rebuildViews } from '#projections/sqlite';
import { writeIdentity } from '../../stores/identity.js';
import { ledgerFiles, type LedgerFiles } from '../../stores/ledger-files.js';
import { folding } from '../../views/folding.js';
import { LiveViews, type Views } from '../../views/live-views.js';
import { LEDGER_ID, appendMade, placeOf, reading } from '../../views/sqlite/made-log-file.js';
import { VIEWS } from '../../views/views.js';
import type { Fault } from '../fault.js';
import { verifyViews } from '../verify-views.js';

const EVENTS = 60;
const FLIPS = 120;

describe('views that verify looks at', () => {
  let base: string;
  let files: LedgerFiles;
  beforeEach(async () => {
    base = mkdtempSync(join(tmpdir(), 'pdl-verify-views-'));
    files = ledgerFiles(join(base, 'whole'));
    mkdirSync(files.directory);
    writeIdentity(files, { ledgerId: LEDGER_ID });
    await appendMade(files.log, 0, EVENTS);
    await reading(files.log, async (store) =>
      rebuildViews({ ...folding(store), ledgerId: LEDGER_ID, file: files.views }),
    );
  });
  afterEach(() => rmSync(base, { recursive: true }));

  it('are found wherever a flipped bit changes what a read returns', async () => {
    expect(await faultsOf(files)).toEqual([]);
    const whole = await readable(files);
    const bytes = readFileSync(files.views);
    const used = [...bytes.keys()].filter((at) => bytes[at] !== 0);
    let found = 0;
    for (let flip = 0; flip < FLIPS; flip += 1) {
      const copy = copied(`flip-${flip}`);
      // Two of three where there is something.
      const offsets = flip % 3 === 0 ? bytes.length : used.length;
      const at = Number((BigInt(flip + 1) * 2654435761n) % BigInt(offsets));
      writeFileSync(copy.views, flipped(bytes, flip % 3 === 0 ? at : (used[at] ?? 0), flip % 8));
      const faults = await faultsOf(copy);
      if (faults.length > 0) found += 1;
      else expect([flip, await readable(copy)]).toEqual([flip, whole]);
      rmSync(copy.directory, { recursive: true });
    }
    expect(found).toBeGreaterThan(FLIPS / 3);
  });

  it.each([
    ['a row that is another', "UPDATE view_audit_trail SET operation = 'store' WHERE ordinal = 7"],
    ['a row that is missing', 'DELETE FROM view_audit_trail WHERE ordinal = 7'],
    [
      'a row too many',
      'INSERT INTO view_audit_trail SELECT * FROM view_audit_trail WHERE ordinal = 7',
    ],
    ['a row of no event yet', 'INSERT INTO view_subjects (ordinal) VALUES (9000)'],
    ['a position that is behind', "UPDATE meta SET value = '7' WHERE key = 'position'"],
  ])('are found with %s', async (_what, sql) => {
    changed(files, sql);
    expect((await faultsOf(files)).map(({ item }) => item)).toEqual(['views']);
  });

  it('are found when the log is older than they are', async () => {
    changed(files, "UPDATE meta SET value = '61' WHERE key = 'position'");
    expect((await faultsOf(files))[0]?.reason).toMatch(/an older log was put back/u);
  });

  it('are found when they cannot be read, and made anew by a start', async () => {
    changed(files, "UPDATE meta SET value = 'x' WHERE key = 'position'");
    expect((await faultsOf(files))[0]?.reason).toMatch(/any start makes them anew/u);
    await readable(files);
    expect(await faultsOf(files)).toEqual([]);
  });

  it('are no fault when they are behind, of another version or not there', async () => {
    await appendMade(files.log, EVENTS, EVENTS + 10);
    expect(await faultsOf(files)).toEqual([]);
    changed(files, "UPDATE meta SET value = '[]' WHERE key = 'definition'");
    expect(await faultsOf(files)).toEqual([]);
    rmSync(files.views);
    expect(await faultsOf(files)).toEqual([]);
  });

  function copied(name: string): LedgerFiles {
    const copy = ledgerFiles(join(base, name));
    cpSync(files.directory, copy.directory, { recursive: true });
    return copy;
  }
});

async function faultsOf(files: LedgerFiles): Promise<readonly Fault[]> {
  const faults: Fault[] = [];
  await verifyViews({ files, ledgerId: LEDGER_ID }, true, faults);
  return faults;
}

/** Every row of every view after a start, by the ordinal and by each index. */
async function readable(files: LedgerFiles): Promise<unknown> {
  return reading(files.log, async (store) => {
    const live = await LiveViews.open({ place: placeOf(files.views, LEDGER_ID) }, store);
    try {
      await live.catchUp(store);
      const rows: unknown[] = [];
      for (const { name, indexes } of VIEWS)
        rows.push(await rowsOf(live.asTheyAre(), name, indexes));
      return rows;
    } finally {
      await live.close();
    }
  });
}

async function rowsOf(
  live: Views,
  view: string,
  indexes: readonly (readonly string[])[],
): Promise<unknown> {
  const all = await live.select(view, {});
  const byIndex: unknown[] = [];
  for (const columns of indexes) {
    for (const { cells } of all) {
      const where = Object.fromEntries(columns.map((column) => [column, cells[column] ?? null]));
      byIndex.push((await live.select(view, { where })).map(({ ordinal }) => ordinal));
    }
  }
  return [all, byIndex];
}

function flipped(bytes: Buffer, at: number, bit: number): Buffer {
  const changed = Buffer.from(bytes);
  changed.writeUInt8(changed.readUInt8(at) ^ (1 << bit), at);
  return changed;
}

function changed({ views }: LedgerFiles, sql: string): void {
  const database = new DatabaseSync(views);
  database.exec(sql);
  database.close();
}
