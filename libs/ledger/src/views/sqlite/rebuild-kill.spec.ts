import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { foldDigests } from '#projections';
import { SqliteViewStore, rebuildViews } from '#projections/sqlite';
import { runToWrite } from '../../stores/killed-child.js';
import { ledgerFiles } from '../../stores/ledger-files.js';
import { folding } from '../folding.js';
import { LiveViews } from '../live-views.js';
import { VIEWS } from '../views.js';
import { LEDGER_ID, appendMade, placeOf, reading } from './made-log-file.js';

const CHILD = fileURLToPath(new URL('./rebuild-child.js', import.meta.url));
const ledgerId = LEDGER_ID;
const AT_ONCE = 3;

describe('views of a process that is killed at any of its writes', () => {
  let base: string;
  beforeAll(async () => {
    base = mkdtempSync(join(tmpdir(), 'pdl-rebuild-'));
    const behind = ledgerFiles(join(base, 'behind'));
    mkdirSync(behind.directory);
    await appendMade(behind.log, 0, 100);
    await reading(behind.log, async (store) =>
      rebuildViews({ ...folding(store), ledgerId, file: behind.views }),
    );
    await appendMade(behind.log, 100, 150);
  });
  afterAll(() => rmSync(base, { recursive: true }));

  it('equal a fold of the log, as they are found and once they have caught up', async () => {
    const positions: bigint[] = [];
    for (let from = 1; ; from += AT_ONCE) {
      const writes = Array.from({ length: AT_ONCE }, (_, n) => from + n);
      const ends = await Promise.all(writes.map(async (write) => ended(write)));
      for (const write of writes) positions.push(await found(join(base, `run-${write}`)));
      if (ends.includes(true)) break;
    }
    expect(positions.length).toBeGreaterThan(20);
    // Those of before, none, those of after: never some in between.
    expect(new Set(positions)).toEqual(new Set([100n, -1n, 150n]));
  });

  /** Position of the views that a killed process left, −1n when there are none; compared with folds on the way. */
  async function found(directory: string): Promise<bigint> {
    const files = ledgerFiles(directory);
    const left = SqliteViewStore.open({ file: files.views, views: VIEWS, ledgerId, mode: 'read' });
    // Never a file that is not whole.
    expect(left === 'damaged' || (left === 'stale' && existsSync(files.views))).toBe(false);
    const state = typeof left === 'string' ? undefined : await left.state();
    if (typeof left !== 'string') await left.close();
    await reading(files.log, async (store) => {
      if (state !== undefined) {
        const { digests } = await foldDigests(folding(store), state.position);
        expect(state.digests).toEqual(digests);
      }
      const live = await LiveViews.open({ place: placeOf(files.views, ledgerId) }, store);
      await live.catchUp(store);
      const { digests } = await live.asTheyAre().state();
      expect(digests).toEqual((await foldDigests(folding(store))).digests);
      await live.close();
    });
    rmSync(directory, { recursive: true });
    return state?.position ?? -1n;
  }

  /** One child on a copy of its own; whether it came to its end. */
  async function ended(write: number): Promise<boolean> {
    const directory = join(base, `run-${write}`);
    cpSync(join(base, 'behind'), directory, { recursive: true });
    const counter = join(base, `counter-${write}`);
    const { code, signal } = await runToWrite(write, counter, [CHILD, directory, ledgerId]);
    expect([code, signal]).toEqual(code === 0 ? [0, null] : [null, 'SIGKILL']);
    return code === 0;
  }
});
