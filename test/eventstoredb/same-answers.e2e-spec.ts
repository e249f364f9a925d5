import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { EventStoreDbDouble } from '#event-store/testing/eventstoredb';
import { onPostgres } from '../postgresql/server-for-tests.js';
import { madeEvents } from './made-events.js';

// The same commands on a log in a file and on a log on a server: the same answers (contract §2).
const CLI = fileURLToPath(new URL('../../../scripts/pdl.mjs', import.meta.url));
const PEOPLE = 30;
const REFERENCE = ['--ref', 'urn:made', 'case-0'];

interface Told {
  readonly status: number | null;
  readonly lines: readonly Readonly<Record<string, unknown>>[];
}

async function pdl(args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<Told> {
  const child = spawn(process.execPath, [CLI, '--json', ...args], {
    env: { ...process.env, LC_ALL: 'C', ...env },
  });
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
  const [out, said] = await Promise.all([text(child.stdout), text(child.stderr)]);
  const lines = (out === '' ? said : out).trim().split('\n');
  return {
    status: await ended,
    lines: lines.map((line) => JSON.parse(line) as Told['lines'][number]),
  };
}

describe('a ledger whose log is on EventStoreDB', () => sameAnswers(async () => []));

onPostgres('a ledger whose log is on EventStoreDB and the rest in PostgreSQL', (server) =>
  sameAnswers(async () => ['--database', await server.database()]),
);

describe('a log on a server that is not the right one', () => {
  let base: string;
  beforeAll(() => {
    base = mkdtempSync(join(tmpdir(), 'pdl-wrong-server-'));
  });
  afterAll(() => rmSync(base, { recursive: true }));

  // A log that is open waits twenty seconds for its server; init asks once.
  it('begins nothing where the server cannot be used, and says so at once', async () => {
    const data = join(base, 'nowhere');
    const init = async (url: string): Promise<Told> =>
      pdl(['--data', data, '--store', url, 'init']);
    expect(await init('http://127.0.0.1:1')).toMatchObject({
      status: 2,
      lines: [{ code: 'INVALID_REQUEST' }],
    });
    expect(await init('esdb://127.0.0.1:1?tls=false')).toMatchObject({
      status: 3,
      lines: [{ code: 'UNAVAILABLE' }],
    });
    const login = { username: 'ledger', password: 'correct-horse' };
    const unknown = await EventStoreDbDouble.start({ login });
    const refused = await init(unknown.url).finally(async () => unknown.down());
    expect(refused).toMatchObject({ status: 3, lines: [{ code: 'TLS' }] });
    expect(JSON.stringify(refused)).not.toMatch(/horse/u);
    expect(existsSync(data)).toBe(false);
  }, 20_000);

  it('is named: no name of the server, another log', async () => {
    const [own, other] = [await EventStoreDbDouble.start(), await EventStoreDbDouble.start()];
    try {
      const data = ['--data', join(base, 'server')];
      expect(await pdl([...data, '--store', own.url, 'init'])).toMatchObject({ status: 0 });
      const show = [...data, 'show', 'trail', ...REFERENCE];
      expect(await pdl(show)).toMatchObject({ status: 3, lines: [{ code: 'NO_LEDGER' }] });
      expect(await pdl(show, { PDL_STORE: other.url })).toMatchObject({
        status: 3,
        lines: [{ code: 'ROLLED_BACK' }],
      });
    } finally {
      await own.down();
      await other.down();
    }
  });
});

function sameAnswers(rest: () => Promise<readonly string[]>): void {
  let base: string;
  let elsewhere: readonly string[];
  let double: EventStoreDbDouble;
  let file: string;
  const embedded = async (...args: readonly string[]) =>
    pdl(['--data', join(base, 'embedded'), ...args]);
  const onServer = async (...args: readonly string[]) =>
    pdl(['--data', join(base, 'server'), '--store', double.url, ...elsewhere, ...args]);

  /** What both stores answer, but for what must differ: ids, times, hashes. */
  async function both(args: readonly string[], kept: readonly string[]): Promise<unknown> {
    const [here, there] = await Promise.all([embedded(...args), onServer(...args)]);
    const told = ({ status, lines }: Told): unknown => ({
      status,
      lines: lines.map((line) => Object.fromEntries(kept.map((name) => [name, line[name]]))),
    });
    expect(told(there)).toEqual(told(here));
    return told(there);
  }

  beforeAll(async () => {
    base = mkdtempSync(join(tmpdir(), 'pdl-on-server-'));
    file = join(base, 'events.ndjson');
    writeFileSync(file, madeEvents(PEOPLE));
    double = await EventStoreDbDouble.start();
    elsewhere = await rest();
    await both(['init'], ['status']);
  });
  afterAll(async () => {
    await double.down();
    rmSync(base, { recursive: true });
  });

  it('takes an import, refuses the same for the same reasons, and takes nothing twice', async () => {
    const counts = ['read', 'accepted', 'duplicates', 'refused', 'refusedByCode', 'failed'];
    expect(await both(['import', file], counts)).toMatchObject({
      status: 0,
      lines: [
        {
          accepted: 140,
          refused: 30,
          refusedByCode: { BLOCKED: 10, CONSENT_WITHDRAWN: 10, DESTROYED: 10 },
        },
      ],
    });
    expect(await both(['import', file, '--from-start'], counts)).toMatchObject({
      lines: [{ accepted: 0, duplicates: 170 }],
    });
    expect(existsSync(join(base, 'server', 'log.db'))).toBe(false);
  });

  it('tells the same history, verdict by verdict', async () => {
    const told = await both(['replay'], ['revision', 'type', 'verdict']);
    expect((told as Told).lines.length).toBeGreaterThan(180);
    const trail = await both(['show', 'trail', ...REFERENCE], ['next']);
    expect(trail).toMatchObject({ status: 0 });
  });

  it('gives out values, folds its views again, and verifies', async () => {
    const asked = ['show', 'data', ...REFERENCE, '--purpose', 'quicklid:3.1'];
    expect(await both(asked, ['code', 'codes'])).toMatchObject({
      status: 1,
      lines: [{ code: 'CONSENT_WITHDRAWN' }],
    });
    expect(await both(['rebuild'], ['equalsLive'])).toMatchObject({
      lines: [{ equalsLive: true }],
    });
    const verified = await both(['verify'], ['ok', 'checked', 'firstFault']);
    expect(verified).toMatchObject({ status: 0, lines: [{ ok: true, firstFault: null }] });
    expect(await both(['doctor'], ['ok'])).toMatchObject({ lines: [{ ok: true }] });
  });
}
