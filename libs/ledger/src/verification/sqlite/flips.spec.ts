import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  cpSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Clock } from '../../clock.js';
import { destroySubject } from '../../commands/destroy.js';
import { submit } from '../../commands/submit.js';
import { submissionOf } from '../../intake/testing/submission-of.js';
import type { Ledger } from '../../ledger.js';
import { readData } from '../../queries/read-data.js';
import { ledgerFiles } from '../../stores/ledger-files.js';
import { ledgerIn, reopened } from '../../testing/ledger-in.js';
import { verifyLedger } from '../verify-ledger.js';

const NOW = new Date('2026-03-02T09:00:00Z');
const OPERATOR = 'quicklid';
const PURPOSE = 'quicklid:3.1';
const SOURCE = 'urn:test';
const IINS = {
  aigul: '791119300072',
  bolat: '900101300017',
  dana: '850505400018',
  erlan: '880315400010',
} as const;
const FLIPS = { 'vault.db': 150, 'vault.db-wal': 100, keys: 12 } as const;

class FixedClock extends Clock {
  now(): Date {
    return NOW;
  }
}

describe('a flipped bit in the vault or in a key file', () => {
  let base: string;
  let whole: string;
  /** The same in use: as a power cut leaves it, with every commit since its start in the WAL. */
  let cut: string;
  beforeAll(async () => {
    base = mkdtempSync(join(tmpdir(), 'pdl-flips-'));
    whole = join(base, 'whole');
    cut = join(base, 'cut');
    await lived(whole, cut);
    for (const directory of [whole, cut]) {
      // Views have a spec of their own; what SQLite shares between processes does not outlive a power cut.
      for (const name of readdirSync(directory).filter((each) => /^views|-shm$/u.test(each)))
        rmSync(join(directory, name));
    }
    // Without the room that is kept behind the commits.
    const wal = readFileSync(join(cut, 'vault.db-wal'));
    truncateSync(join(cut, 'vault.db-wal'), wal.findLastIndex((byte) => byte !== 0) + 1);
  });
  afterAll(() => rmSync(base, { recursive: true }));

  it('is found in vault.db, or changes nothing that a read returns', async () => {
    expect(await found(whole, 'vault.db', FLIPS['vault.db'])).toBeGreaterThan(
      FLIPS['vault.db'] / 3,
    );
  });

  // SQLite opens such a file without a word, and drops every commit from the flip on.
  it('is found in vault.db-wal in use, or changes nothing that a read returns', async () => {
    const flips = FLIPS['vault.db-wal'];
    expect(await found(cut, 'vault.db-wal', flips)).toBeGreaterThan((flips * 2) / 3);
  });

  it('is found in every key file, or changes nothing that a read returns', async () => {
    for (const name of readdirSync(join(whole, 'keys'))) {
      expect([name, await found(whole, join('keys', name), FLIPS.keys)]).toEqual([
        name,
        FLIPS.keys,
      ]);
    }
  });

  async function found(from: string, name: string, flips: number): Promise<number> {
    expect(await faultsOf(copied(from, `${name}-untouched`))).toEqual([]);
    const reads = await readAll(copied(from, `${name}-read`));
    const bytes = readFileSync(join(from, name));
    const used = [...bytes.keys()].filter((offset) => bytes[offset] !== 0);
    let count = 0;
    for (let flip = 0; flip < flips; flip += 1) {
      const directory = copied(from, `flip-${flip}`);
      const at = used[Number((BigInt(flip + 1) * 2654435761n) % BigInt(used.length))] ?? 0;
      const changed = Buffer.from(bytes);
      changed.writeUInt8(changed.readUInt8(at) ^ (1 << (flip % 8)), at);
      writeFileSync(join(directory, name), changed);
      if ((await faultsOf(directory)).length > 0) count += 1;
      else expect([name, at, await readAll(directory)]).toEqual([name, at, reads]);
      rmSync(directory, { recursive: true });
    }
    return count;
  }

  function copied(from: string, name: string): string {
    const directory = join(base, name.replace('/', '-'));
    cpSync(from, directory, { recursive: true });
    return directory;
  }
});

async function faultsOf(directory: string): Promise<readonly unknown[]> {
  return (await verifyLedger(ledgerFiles(directory), { now: NOW })).faults;
}

/** Whatever the vault answers: whom a reference or an identifier means, every value, the epochs. */
async function readAll(directory: string): Promise<unknown> {
  const ledger = await reopened(directory, new FixedClock());
  const { vault } = ledger.parts;
  const actor = await ledger.actor(OPERATOR, 'officer', 'officer');
  const answers: unknown[] = [await vault.epochs(), actor, await vault.tombstones()];
  for (const [who, value] of Object.entries(IINS)) {
    const found = vault.resolve(SOURCE, who);
    answers.push(found, await vault.lookup(OPERATOR, { scheme: 'KZ-IIN', value }));
    for (const { id } of found) {
      const answer = await readData(
        ledger,
        { operator: OPERATOR, subject: id, purpose: PURPOSE },
        actor,
      );
      answers.push('data' in answer ? answer.data : answer.code);
    }
  }
  await ledger.close();
  return answers;
}

/**
 * Four people: one readable, one destroyed, one of whom a category is destroyed, and one who came last. While they
 * live here, the directory is copied as a power cut leaves it.
 */
async function lived(directory: string, cut: string): Promise<void> {
  const ledger = await ledgerIn(directory, new FixedClock());
  const scopes = { thirdParties: false, crossBorder: false, publication: false };
  const evidence = { kind: 'written', language: 'kk' };
  const categories = ['quicklid:name', 'quicklid:iin'];
  const consent = { purpose: PURPOSE, categories, ...scopes, channel: 'WRITTEN', evidence };
  const how = { purpose: PURPOSE, basis: { code: 'KZ-CONSENT' }, medium: 'automated' };
  const arrives = async (who: keyof typeof IINS): Promise<void> => {
    const value = IINS[who];
    const tell = async (type: string, data: object): Promise<void> => said(ledger, who, type, data);
    const identifiers = [{ scheme: 'KZ-IIN', value }];
    await tell('subject.registered', { operator: OPERATOR, kind: 'individual', identifiers });
    await tell('consent.given', consent);
    await tell('consent.withdrawn', { purpose: PURPOSE });
    await tell('consent.given', consent);
    const data = { 'quicklid:name': who, 'quicklid:iin': value };
    await tell('operation.collect', { ...how, data, dataSource: { kind: 'subject' } });
  };
  for (const who of ['aigul', 'bolat', 'dana'] as const) await arrives(who);
  const order = { ground: 'KZ-24.1.5', act: 'act 7', categories: ['quicklid:iin'] };
  await said(ledger, 'dana', 'operation.destroy', order);
  const actor = await ledger.actor(OPERATOR, 'officer', 'officer');
  const subject = ledger.parts.vault.resolve(SOURCE, 'bolat')[0]?.id ?? '';
  await destroySubject(ledger, { subject, ground: 'KZ-24.1.5', act: 'act 8' }, actor, OPERATOR);
  // A destruction empties the WAL.
  await arrives('erlan');
  const { store, vault, ledgerId } = ledger.parts;
  await vault.rememberLog({ ledgerId, ...(await store.head()) }, true);
  cpSync(directory, cut, { recursive: true });
  await ledger.close();
}

async function said(ledger: Ledger, who: string, type: string, data: object): Promise<void> {
  const { size } = await ledger.parts.store.head();
  const submission = submissionOf({ id: `e${size}`, source: SOURCE, subject: who, type, data });
  const speaker = { name: 'officer', role: 'officer', mode: 'enforce' } as const;
  expect(await submit(ledger, submission, speaker)).toMatchObject({ status: 'accepted' });
}
