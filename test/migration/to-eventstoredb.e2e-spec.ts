import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RecordedEvent } from '#event-store';
import { EventStoreDbDouble } from '#event-store/testing/eventstoredb';
import {
  ledgerFiles,
  migrateLedger,
  readIdentity,
  readLog,
  verifyLedger,
  type LedgerFiles,
  type Migration,
} from '#ledger';
import {
  answersOf,
  bytesOf,
  copyOf,
  eventsOf,
  expectKilled,
  makeEmbedded,
  oneMore,
  told,
  withLedger,
} from './embedded-ledger.js';
import { migrating } from './killed-migration.js';

describe('an embedded log that is migrated to EventStoreDB', () => {
  let base: string;
  let template: string;
  let events: readonly RecordedEvent[];
  let answers: readonly unknown[];
  let double: EventStoreDbDouble;
  let directory: string;
  let from: LedgerFiles;
  let to: LedgerFiles;
  let copies = 0;

  beforeAll(async () => {
    base = mkdtempSync(join(tmpdir(), 'pdl-migration-'));
    template = join(base, 'template');
    await makeEmbedded(template);
    const files = ledgerFiles(template);
    events = await eventsOf(await readLog(files, readIdentity(files).ledgerId));
    answers = await withLedger(copyOf(template, join(base, 'read')), answersOf);
  });
  afterAll(() => rmSync(base, { recursive: true }));
  beforeEach(async () => {
    double = await EventStoreDbDouble.start();
    directory = join(base, String((copies += 1)));
    from = copyOf(template, directory);
    to = ledgerFiles(directory, undefined, { store: double.url });
  });
  afterEach(async () => double.down());

  const migrated = async (dryRun = false): Promise<Migration> =>
    migrateLedger({ from, to, dryRun, now: new Date() });
  const there = async () => eventsOf(await readLog(to, readIdentity(to).ledgerId));

  it('is the same log there: every id, ordinal, revision, byte and leaf', async () => {
    const { ok, log, verified, left } = await migrated();
    expect([ok, left]).toEqual([true, ['log.db.migrated']]);
    expect(log).toMatchObject({ events: events.length, there: 0, refused: null });
    expect(verified).toMatchObject({ events: events.length, keys: true });
    expect(await there()).toEqual(events);
    expect(double.log.all.map(({ id }) => id)).toEqual(events.map(({ id }) => id));
  });

  it('is read and written there, and answers as before, for the destroyed too', async () => {
    await migrated();
    await withLedger(to, async (ledger) => {
      expect(await answersOf(ledger)).toEqual(answers);
      expect(await told(ledger, oneMore('after'))).toEqual(['accepted']);
    });
    expect(await verifyLedger(to, { now: new Date() })).toMatchObject({ ok: true });
  });

  it('is not opened in its old place any more, which says where it is', async () => {
    await migrated();
    const says = /was migrated.*--store or PDL_STORE/u;
    await expect(withLedger(from, answersOf)).rejects.toThrow(says);
    await expect(readLog(from, readIdentity(from).ledgerId)).rejects.toThrow(says);
    const { firstFault } = await verifyLedger(from, { now: new Date() });
    expect(firstFault).toEqual({ item: 'log', reason: expect.stringMatching(says) });
    expect(existsSync(from.log)).toBe(false);
  });

  it('stays where it is, unchanged, as long as it is only looked at', async () => {
    const before = bytesOf(directory);
    expect(await migrated(true)).toMatchObject({
      ok: true,
      log: { events: events.length, there: 0, refused: null },
    });
    expect([double.log.all, bytesOf(directory)]).toEqual([[], before]);
  });

  it('goes on where a killed process stopped, sends nothing twice and loses nothing', async () => {
    const before = bytesOf(directory);
    const counted = { appends: 0 };
    // Written and never answered, since nobody is there any more; then never written.
    for (const fate of ['answer', 'swallow'] as const) {
      const other = migrating(directory, { store: double.url });
      const last = counted.appends + 12;
      double.faults = () => {
        counted.appends += 1;
        if (counted.appends < last) return 'answer';
        other.child.kill('SIGKILL');
        return fate;
      };
      expectKilled(await other.ended);
      expect(bytesOf(directory)).toEqual(before);
    }
    double.faults = () => 'answer';
    const { log } = await migrated();
    expect(log?.there).toBeGreaterThan(24);
    expect(double.log.all.map(({ id }) => id)).toEqual(events.map(({ id }) => id));
    expect(await there()).toEqual(events);
  });

  it.each([
    ['the directory says so, no file is renamed', 1],
    ['one of its files is renamed', 3],
  ])('is finished by the next run when it was killed at its end: %s', async (_when, step) => {
    const { ended } = migrating(directory, { store: double.url }, 'leaving', step);
    expectKilled(await ended);
    await expect(withLedger(from, answersOf)).rejects.toThrow('was migrated');
    if (step === 1) await expect(withLedger(to, answersOf)).rejects.toThrow('pdl migrate');
    expect(await migrated()).toMatchObject({ ok: true, log: null, left: ['log.db.migrated'] });
    expect(await withLedger(to, answersOf)).toEqual(answers);
    expect(await migrated()).toMatchObject({ ok: true, log: null });
  });

  it('goes to no server that holds another ledger, or other events of this one', async () => {
    const before = bytesOf(directory);
    const elsewhere = copyOf(template, join(base, `${copies}-elsewhere`));
    await withLedger(elsewhere, async (ledger) => told(ledger, oneMore('elsewhere')));
    await migrateLedger({
      from: elsewhere,
      to: ledgerFiles(elsewhere.directory, undefined, { store: double.url }),
      now: new Date(),
    });
    await withLedger(from, async (ledger) => told(ledger, [...oneMore('here'), ...oneMore('too')]));
    const held = double.log.all.length;
    expect(await migrated(true)).toMatchObject({
      ok: false,
      log: { refused: expect.stringContaining('not in its log') as unknown },
    });
    await expect(migrated()).rejects.toMatchObject({ code: 'CONFLICT' });
    const stranger = join(base, `${copies}-stranger`);
    await makeEmbedded(stranger);
    const strange = ledgerFiles(stranger);
    const ways = { from: strange, to: { ...strange, store: double.url }, now: new Date() };
    expect(await migrateLedger({ ...ways, dryRun: true })).toMatchObject({ ok: false });
    await expect(migrateLedger(ways)).rejects.toMatchObject({ code: 'CONFLICT' });
    expect(double.log.all).toHaveLength(held);
    expect([...bytesOf(directory).keys()]).toEqual([...before.keys()]);
  });

  it('waits for nobody: while somebody else writes, it is refused', async () => {
    await withLedger(from, async () => {
      await expect(migrated()).rejects.toMatchObject({ code: 'LOCKED' });
      expect(await migrated(true)).toMatchObject({ ok: true });
    });
    expect(double.log.all).toEqual([]);
  });

  it('is not moved when it does not verify', async () => {
    rmSync(`${from.log}.anchor`);
    expect(await migrated()).toMatchObject({ ok: false, log: null, firstFault: { item: 'log' } });
    expect(double.log.all).toEqual([]);
  });

  it('is found in one place only', async () => {
    await expect(withLedger(to, answersOf)).rejects.toThrow('leave out --store');
    await expect(migrateLedger({ from: to, to, now: new Date() })).rejects.toThrow('--to-store');
  });
});
