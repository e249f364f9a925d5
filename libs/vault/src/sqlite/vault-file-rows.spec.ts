import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { existsSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { KeyDirectory } from '../keys/key-directory.js';
import { SqliteVault } from './sqlite-vault.js';
import { VaultFileRows } from './vault-file-rows.js';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;
const LEDGER = '99999999-9999-4999-8999-999999999999';

describe('the rows of a vault file', () => {
  let directory: string;
  let file: string;
  let vault: SqliteVault;
  beforeEach(async () => {
    directory = mkdtempSync(join(tmpdir(), 'pdl-rows-'));
    file = join(directory, 'vault.db');
    const keys = KeyDirectory.create(join(directory, 'keys'));
    keys.addOperator('akjet');
    const canonicalJson = (value: unknown): Uint8Array => Buffer.from(JSON.stringify(value));
    vault = SqliteVault.open({ file, mode: 'write', keys, ledgerId: LEDGER, canonicalJson });
    await vault.addOperator('akjet', new Date('2026-03-02T09:00:00Z'));
    for (const name of ['a', 'b', 'c']) await vault.actor('akjet', name);
  });
  afterEach(async () => {
    await vault.close();
    rmSync(directory, { recursive: true });
  });

  it('come to their end, however often garbage is collected meanwhile', async () => {
    const rows = VaultFileRows.open(file);
    const hashes: unknown[] = [];
    // Only optimised code lets go of what it does not use any more.
    let warm = 0;
    for (let n = 0; n < 20_000; n += 1) warm += [...rows.rows('actors')].length;
    expect(warm).toBe(60_000);
    for (const [hash] of rows.rows('actors')) {
      hashes.push(hash);
      collectGarbage();
      // What was collected is let go of in another turn.
      await new Promise((resolve) => setImmediate(resolve));
    }
    rows.close();
    expect(hashes).toHaveLength(3);
    expect(hashes).toEqual([...hashes].sort((a, b) => Buffer.compare(a as Buffer, b as Buffer)));
  });

  it('are those of one moment, and hold nobody up afterwards', async () => {
    const rows = VaultFileRows.open(file);
    expect(rows.counts()).toMatchObject({ actors: 3, epochs: 1, meta: 0 });
    await vault.actor('akjet', 'd');
    expect([...rows.rows('actors')]).toHaveLength(3);
    for (const _ of rows.rows('actors')) break;
    rows.close();
    await vault.close();
    const wal = `${file}-wal`;
    expect(existsSync(wal) ? statSync(wal).size : 0).toBe(0);
    vault = reopened();
  });

  function reopened(): SqliteVault {
    const keys = KeyDirectory.open(join(directory, 'keys'));
    const canonicalJson = (value: unknown): Uint8Array => Buffer.from(JSON.stringify(value));
    return SqliteVault.open({ file, mode: 'read', keys, ledgerId: LEDGER, canonicalJson });
  }
});
