import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Clock } from '../clock.js';
import { shippedPolicies } from '../governance/shipped-policies.js';
import { verifyLedger } from '../verification/verify-ledger.js';
import { initLedger } from './init-ledger.js';
import { runToWrite } from './killed-child.js';
import { ledgerFiles } from './ledger-files.js';

const CHILD = fileURLToPath(new URL('./init-child.js', import.meta.url));
const NOW = new Date('2026-03-02T09:00:00Z');
/** Not every write: the files of a kind are written in turn. */
const EVERY = 11;

/** Tells the time so often, and then fails: as a disk or a server does in the middle. */
class FailingClock extends Clock {
  constructor(private left = Infinity) {
    super();
  }

  now(): Date {
    this.left -= 1;
    if (this.left < 0) throw new Error('in the middle');
    return NOW;
  }
}

describe('an init', () => {
  let base: string;
  beforeEach(() => {
    base = mkdtempSync(join(tmpdir(), 'pdl-init-'));
  });
  afterEach(() => rmSync(base, { recursive: true }));

  const files = (): ReturnType<typeof ledgerFiles> => ledgerFiles(join(base, 'at', 'data'));
  const init = async (of = files(), clock = new FailingClock()): Promise<unknown> =>
    initLedger({ files: of, clock, policies: shippedPolicies(), by: 'test' });
  const faults = async (of = files()): Promise<unknown> =>
    (await verifyLedger(of, { now: NOW })).faults;

  it('that fails takes back what it has made, and nothing else', async () => {
    for (const times of [0, 2, 5]) {
      await expect(init(files(), new FailingClock(times))).rejects.toThrow('in the middle');
      expect(readdirSync(base)).toEqual([]);
    }
    mkdirSync(files().keys, { recursive: true });
    writeFileSync(join(files().directory, 'notes'), 'mine');
    await expect(init(files(), new FailingClock(2))).rejects.toThrow('in the middle');
    expect(readdirSync(files().directory).sort()).toEqual(['keys', 'notes']);
    await init();
    expect(await faults()).toEqual([]);
  });

  it('that was killed at any of its writes can be run again', async () => {
    const counter = join(base, 'counter');
    let runs = 0;
    for (let write = 1; ; write += EVERY) {
      writeFileSync(counter, '');
      const { signal } = await runToWrite(write, counter, [CHILD, files().directory]);
      if (signal === null) break;
      runs += 1;
      // Killed after its last file, it had made a whole ledger.
      if (!existsSync(files().identity)) await init();
      expect(await faults()).toEqual([]);
      expect(existsSync(files().beginning)).toBe(false);
      rmSync(files().directory, { recursive: true });
    }
    expect(runs).toBeGreaterThan(5);
    expect(await faults()).toEqual([]);
  });

  it('leaves keys and stores alone that may be of a ledger whose ledger.json is lost', async () => {
    await init();
    rmSync(files().identity);
    const key = readFileSync(join(files().keys, 'root.key'));
    await expect(init()).rejects.toMatchObject({ code: 'ALREADY_INITIALISED' });
    const other = ledgerFiles(join(base, 'other'), files().keys);
    await expect(init(other)).rejects.toMatchObject({ code: 'ALREADY_INITIALISED' });
    expect(existsSync(other.directory)).toBe(false);
    expect(readFileSync(join(files().keys, 'root.key'))).toEqual(key);
  });
});
