import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { EventStoreDbDouble } from '#event-store/testing/eventstoredb';
import {
  SystemClock,
  initLedger,
  ledgerFiles,
  migrateLedger,
  readIdentity,
  readLog,
  rotateKeys,
  shippedPolicies,
  verifyLedger,
  type LedgerFiles,
  type Migration,
} from '#ledger';
import { VaultArrival } from '#vault/postgres';
import { VaultFileRows } from '#vault/sqlite';
import { MARKS } from '../marked-people.js';
import { onPostgres } from '../postgresql/server-for-tests.js';
import {
  answersOf,
  bytesOf,
  copyOf,
  destroyOne,
  eventsOf,
  expectKilled,
  makeEmbedded,
  oneMore,
  told,
  withLedger,
} from './embedded-ledger.js';
import { migrating } from './killed-migration.js';

const CLI = fileURLToPath(new URL('../../../scripts/pdl.mjs', import.meta.url));
const TABLES = ['tombstones', 'subjects', 'envelopes', 'refs', 'identifiers', 'actors'] as const;

onPostgres('an embedded vault that is migrated to PostgreSQL', (server) => {
  let base: string;
  let template: string;
  let answers: readonly unknown[];
  let directory: string;
  let database: string;
  let from: LedgerFiles;
  let to: LedgerFiles;
  let copies = 0;

  beforeAll(async () => {
    base = mkdtempSync(join(tmpdir(), 'pdl-migration-'));
    template = join(base, 'template');
    await makeEmbedded(template);
    answers = await withLedger(copyOf(template, join(base, 'read')), answersOf);
  });
  afterAll(() => rmSync(base, { recursive: true }));
  beforeEach(async () => {
    database = await server.database();
    directory = join(base, String((copies += 1)));
    from = copyOf(template, directory);
    to = ledgerFiles(directory, undefined, { database });
  });

  const migrated = async (dryRun = false): Promise<Migration> =>
    migrateLedger({ from, to, dryRun, now: new Date() });

  it('is the same vault there, row for row, and nobody was opened on the way', async () => {
    const expected = rowsOf(template);
    const { ok, vault, left } = await migrated();
    expect([ok, left.length, vault?.there]).toEqual([true, 2, 0]);
    for (const table of TABLES) {
      const found = await server.run(`SELECT * FROM pdl_vault.${table}`, database);
      const cells = found.map((row) => Object.values(row).map(plain).join());
      expect([table, cells.sort()]).toEqual([table, expected[table]]);
      expect([table, vault?.rows[table]]).toEqual([table, found.length]);
    }
    expect(existsSync(from.vault) || existsSync(from.views)).toBe(false);
  });

  it('keeps the destroyed destroyed: a tombstone, and nothing else of them', async () => {
    await migrated();
    const left = await server.run(
      `SELECT t.subject, count(e.id) + count(s.subject) + count(i.hash) AS rows
       FROM pdl_vault.tombstones t LEFT JOIN pdl_vault.envelopes e ON e.subject = t.subject AND e.scope = 'subject'
       LEFT JOIN pdl_vault.subjects s ON s.subject = t.subject LEFT JOIN pdl_vault.identifiers i ON i.subject = t.subject
       WHERE t.category = '' GROUP BY t.subject`,
      database,
    );
    expect(left).toEqual([{ subject: expect.any(String), rows: '0' }]);
  });

  it('answers as before from there, goes on, rotates, destroys and verifies', async () => {
    await migrated();
    await withLedger(to, async (ledger) => {
      expect(await answersOf(ledger)).toEqual(answers);
      expect(await told(ledger, oneMore('after'))).toEqual(['accepted']);
      expect(await destroyOne(ledger)).toEqual(['accepted', 'accepted']);
      await rotateKeys(ledger, 'all', { name: 'test' });
    });
    expect((await verifyLedger(to, { now: new Date() })).faults).toEqual([]);
    await expect(withLedger(from, answersOf)).rejects.toThrow(
      /was migrated.*--database or PDL_DATABASE/u,
    );
  });

  it('stays where it is, unchanged, as long as it is only looked at', async () => {
    const before = bytesOf(directory);
    const { ok, vault } = await migrated(true);
    expect([ok, vault]).toMatchObject([true, { there: 0, refused: null }]);
    const schemas = "SELECT 1 FROM pg_namespace WHERE nspname LIKE 'pdl%'";
    expect([await server.run(schemas, database), bytesOf(directory)]).toEqual([[], before]);
  });

  it('comes whole or not at all when its process is killed half way, and comes later', async () => {
    const before = bytesOf(directory);
    expectKilled(await migrating(directory, { database }, 'vault', 1).ended);
    expect(await server.run('SELECT 1 FROM pdl_vault.envelopes', database)).toEqual([]);
    expect(bytesOf(directory)).toEqual(before);
    const refuse = async (files: LedgerFiles): Promise<void> =>
      expect(withLedger({ ...files, vault: '/nowhere' }, answersOf)).rejects.toThrow('on its way');
    await refuse(to);
    expect(await migrated()).toMatchObject({ ok: true, vault: { there: 0 } });
    expect(await withLedger(to, answersOf)).toEqual(answers);
  });

  it('brings what waits for an event, and lets go of it when that never came', async () => {
    const [subject, event] = [randomUUID(), randomUUID()];
    await withLedger(from, async ({ parts: { vault } }) => {
      vault.stageSubject('quicklid', subject, event, []);
      await vault.commit();
    });
    expect(await migrated()).toMatchObject({ ok: true, vault: { rows: { claims: 1 } } });
    const found = async (what: string) =>
      server.run(`SELECT event FROM pdl_vault.${what} WHERE event = '${event}'`, database);
    expect([...(await found('claims')), ...(await found('subjects'))]).toEqual([
      { event },
      { event },
    ]);
    await withLedger(to, answersOf);
    expect([...(await found('claims')), ...(await found('subjects'))]).toEqual([]);
  });

  it('takes nothing with it that was destroyed after an earlier try', async () => {
    const source = VaultFileRows.open(from.vault);
    const arrival = await VaultArrival.open(database, readIdentity(from).ledgerId);
    await arrival.take(source, () => undefined);
    await arrival.close();
    source.close();
    expect(await migrated(true)).toMatchObject({ vault: { there: expect.any(Number) as unknown } });
    await withLedger(from, destroyOne);
    const expected = rowsOf(directory);
    expect(await migrated()).toMatchObject({ ok: true, vault: { there: 0 } });
    const found = await server.run('SELECT * FROM pdl_vault.envelopes', database);
    expect(found).toHaveLength(expected.envelopes?.length ?? 0);
  });

  it('does not come when the database gives back other rows than it was given', async () => {
    const source = VaultFileRows.open(from.vault);
    let reads = 0;
    const changing = {
      counts: () => source.counts(),
      rows: (table: Parameters<typeof source.rows>[0]) => {
        const rows = [...source.rows(table)];
        if (table !== 'envelopes') return rows;
        return (reads += 1) === 1 ? rows : rows.map((row) => [...row.slice(0, -1), Buffer.of(0)]);
      },
    };
    const arrival = await VaultArrival.open(database, readIdentity(from).ledgerId);
    await expect(arrival.take(changing, () => undefined)).rejects.toMatchObject({
      code: 'CORRUPT',
    });
    await arrival.close();
    source.close();
    expect(await server.run('SELECT 1 FROM pdl_vault.envelopes', database)).toEqual([]);
  });

  it('is finished by the next run when it was killed before it counted there', async () => {
    expectKilled(await migrating(directory, { database }, 'leaving', 1).ended);
    for (const files of [from, to, { ...to, vault: '/nowhere' }])
      await expect(withLedger(files, answersOf)).rejects.toThrow(/migrated|pdl migrate/u);
    expect(await migrated()).toMatchObject({ ok: true, vault: null });
    expect(await withLedger(to, answersOf)).toEqual(answers);
  });

  it('goes to no database that holds a vault, another’s or its own', async () => {
    const files = ledgerFiles(join(base, `${copies}-other`), undefined, { database });
    const clock = new SystemClock();
    await initLedger({ files, clock, policies: shippedPolicies(), by: 'test' });
    const before = bytesOf(directory);
    expect(await migrated(true)).toMatchObject({ ok: false });
    await expect(migrated()).rejects.toMatchObject({ code: 'CONFLICT' });
    expect(bytesOf(directory)).toEqual(before);
    expect(await verifyLedger(files, { now: new Date() })).toMatchObject({ ok: true });
  });

  describe('with its log to EventStoreDB', () => {
    let double: EventStoreDbDouble;
    beforeEach(async () => {
      double = await EventStoreDbDouble.start();
    });

    it('moves both at once by the command line, which names no value, password or key', async () => {
      try {
        const events = await eventsOf(await readLog(from, readIdentity(from).ledgerId));
        const secret = new URL(database);
        secret.password = 'zzmark-password';
        const places = ['--to-store', double.url, '--to-database', secret.href];
        const said = [
          await pdl('migrate'),
          await pdl('migrate', ...places, '--dry-run', '--json'),
          await pdl('migrate', ...places),
          await pdl('migrate', ...places, '--json'),
          await pdl('verify', '--store', double.url, '--database', secret.href),
          await pdl('doctor', '--store', double.url, '--database', secret.href),
        ];
        expect(said.map(({ code }) => code)).toEqual([2, 0, 0, 0, 0, 0]);
        expect(said[5]?.words).toContain('warning: log.db.migrated, vault.db.migrated');
        expect(said[2]?.words).toMatch(/moved: everything is there[^]*--store and --database/u);
        for (const { words } of said)
          expect(MARKS.filter((mark) => words.includes(mark))).toEqual([]);
        const both = { ...to, store: double.url };
        expect(await eventsOf(await readLog(both, readIdentity(both).ledgerId))).toEqual(events);
        expect(await withLedger(both, answersOf)).toEqual(answers);
      } finally {
        await double.down();
      }
    });

    it('moves one after the other', async () => {
      try {
        expect(await migrated()).toMatchObject({ ok: true, log: null });
        const both = { ...to, store: double.url };
        const next = await migrateLedger({ from: to, to: both, now: new Date() });
        expect(next).toMatchObject({ ok: true, vault: null, log: { there: 0 } });
        expect(await withLedger(both, answersOf)).toEqual(answers);
      } finally {
        await double.down();
      }
    });
  });

  async function pdl(...words: readonly string[]) {
    const env = { ...process.env, LC_ALL: 'C' };
    const child = spawn(process.execPath, [CLI, '--data', directory, ...words], { env });
    const code = new Promise((resolve) => child.once('exit', resolve));
    const [out, err] = await Promise.all([text(child.stdout), text(child.stderr)]);
    return { code: await code, words: out + err };
  }
});

/** Rows of a vault file as texts, sorted. */
function rowsOf(directory: string): Readonly<Partial<Record<string, readonly string[]>>> {
  const source = VaultFileRows.open(ledgerFiles(directory).vault);
  try {
    return Object.fromEntries(
      TABLES.map((table) => [
        table,
        [...source.rows(table)].map((row) => row.map(plain).join()).sort(),
      ]),
    );
  } finally {
    source.close();
  }
}

function plain(cell: unknown): string {
  return cell instanceof Uint8Array ? Buffer.from(cell).toString('hex') : String(cell);
}
