import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { ELSEWHERE, LOCALHOST } from '#event-store/testing/eventstoredb';
import { Clock, initLedger, ledgerFiles, shippedPolicies } from '#ledger';
import { linesOf, markedPerson, MARKED_SOURCE } from '../marked-people.js';
import { onPostgres } from './server-for-tests.js';

const CLI = fileURLToPath(new URL('../../apps/cli/src/main.js', import.meta.url));
const PURPOSE = 'quicklid:3.1';
/** One who withdraws, and may be destroyed; one who stays. */
const [GONE, STAYS] = [0, 4] as const;

/** Fails in the middle of an init, when the vault has begun and the log has not. */
class FailingClock extends Clock {
  #left = 2;

  now(): Date {
    this.#left -= 1;
    if (this.#left < 0) throw new Error('in the middle');
    return new Date('2026-03-02T09:00:00Z');
  }
}

type Json = Readonly<Record<string, unknown>>;

onPostgres('a ledger with vault and views in a database', (server) => {
  let base: string;
  let data: string;
  let database: string;
  beforeAll(async () => {
    base = mkdtempSync(join(tmpdir(), 'pdl-on-postgresql-'));
    data = join(base, 'data');
    await server.show(LOCALHOST);
    database = server.trusting(LOCALHOST, await server.database());
    writeFileSync(join(base, 'lines.ndjson'), [GONE, STAYS].flatMap(linesOf).join('\n'));
    expect(pdl('init')).toMatchObject({ data });
  });
  afterAll(() => rmSync(base, { recursive: true }));

  it('does the main job, and nothing of vault or views is in its directory', () => {
    const lines = join(base, 'lines.ndjson');
    const { accepted } = pdl('import', lines);
    expect(accepted).toBeGreaterThan(10);
    expect(pdl('import', '--from-start', lines)).toMatchObject({ accepted: 0 });
    expect(pdl('show', 'data', ...ref(STAYS), '--purpose', PURPOSE)).toMatchObject({
      data: { 'quicklid:iin': { value: markedPerson(STAYS).iin } },
    });
    expect(pdl('show', 'trail', ...ref(STAYS))['entries']).toContainEqual(
      expect.objectContaining({ type: 'DataRetrieved' }),
    );
    expect(pdl('doctor')).toMatchObject({ ok: true });
    for (const name of ['vault.db', 'views.db']) expect(existsSync(join(data, name))).toBe(false);
  });

  it('rebuilds the views that it has, which are those of a fold without any store', () => {
    const { views, equalsLive } = pdl('rebuild');
    expect(equalsLive).toBe(true);
    expect(pdl('replay', '--digest')['views']).toEqual(views);
  });

  it('destroys, retires the epoch, and still verifies', async () => {
    const [row] = await server.run(
      "SELECT id FROM pdl_vault.refs WHERE kind = 'subject' ORDER BY ctid LIMIT 1",
      database,
    );
    const subject = String(row?.['id']);
    const destroy = ['--subject', subject, '--ground', 'KZ-24.1.5', '--act', '1/2026'];
    expect(pdl('destroy', ...destroy)).toHaveProperty('certificate');
    expect(
      await server.run(
        `SELECT 1 FROM pdl_vault.envelopes WHERE subject = '${subject}' AND scope = 'subject'`,
        database,
      ),
    ).toEqual([]);
    pdl('keys', 'rotate', '--force');
    expect(pdl('verify')).toMatchObject({ ok: true, checked: { destroyed: 3 } });
    expect(pdl('show', 'data', ...ref(STAYS), '--purpose', PURPOSE)).toHaveProperty('data');
  });

  it('answers 503 while the database is away, or is not the trusted one, and goes on without a restart', async () => {
    const service = spawn(process.execPath, [CLI, ...at(), 'serve', '--port', '0'], {
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    try {
      const url = await listening(service);
      const { token } = pdl('token', '--role', 'emitter', '--operator', 'quicklid');
      const register = async (key: string): Promise<number> => {
        const response = await fetch(`${url}/v1/subjects`, {
          method: 'POST',
          headers: {
            authorization: `Bearer ${String(token)}`,
            'content-type': 'application/json',
            'idempotency-key': key,
          },
          body: JSON.stringify({ operator: 'quicklid', kind: 'individual' }),
        });
        await response.text();
        return response.status;
      };
      const ready = async (): Promise<number> => (await fetch(`${url}/health/ready`)).status;
      expect([await register('two'), await ready()]).toEqual([201, 200]);
      await server.own.stop('crash');
      expect([await register('three'), await ready()]).toEqual([503, 503]);
      await server.own.start();
      expect([await register('three'), await ready()]).toEqual([201, 200]);
      await server.show(ELSEWHERE);
      expect([await register('four'), await ready()]).toEqual([503, 503]);
      await server.show(LOCALHOST);
      expect([await register('four'), await ready()]).toEqual([201, 200]);
    } finally {
      await ended(service);
    }
    expect(pdl('verify')).toMatchObject({ ok: true });
  });

  it('ends with 3 and a sentence when the database does not let it in, or is not its own', async () => {
    const refused = (...words: readonly string[]): readonly [number | null, string] => {
      const said = run(words);
      return [said.status, said.stderr];
    };
    const show = ['show', 'trail', ...ref(STAYS)];
    await server.askPasswords();
    const wrong = new URL(database);
    wrong.username = 'visitor';
    wrong.password = 'marked-password';
    const untrusted = server.trusting(ELSEWHERE, database);
    expect(refused('--data', data, '--database', untrusted, ...show)).toEqual([
      3,
      expect.stringMatching(/no safe connection/u),
    ]);
    server.trusting(LOCALHOST, database);
    const [status, sentence] = refused('--data', data, '--database', wrong.href, ...show);
    expect([status, sentence]).toEqual([3, expect.stringMatching(/lets us not in/u)]);
    expect(sentence).not.toContain('marked');
    const empty = await server.database();
    expect(refused('--data', data, '--database', empty, ...show)).toEqual([
      3,
      expect.stringMatching(/run init/u),
    ]);
    const other = join(base, 'other');
    expect(refused('--data', other, '--database', database, 'init')).toEqual([
      3,
      expect.stringMatching(/another ledger, [\da-f-]{36}: name another database/u),
    ]);
    const shown = run(['--data', data, '--database', wrong.href, 'serve', '--print-config']);
    expect([shown.status, shown.stdout]).toEqual([0, expect.stringContaining('//***@')]);
    expect(shown.stdout).not.toContain('marked');
  });

  it('begins nothing where the database cannot be used, and takes back what it began there', async () => {
    const fresh = join(base, 'fresh');
    const away = run(['--data', fresh, '--database', 'postgres://bench@127.0.0.1:1/none', 'init']);
    expect([away.status, existsSync(fresh)]).toEqual([3, false]);
    const url = await server.database();
    const files = ledgerFiles(fresh, undefined, { database: url });
    const failing = { files, clock: new FailingClock(), policies: shippedPolicies(), by: 'test' };
    await expect(initLedger(failing)).rejects.toThrow('in the middle');
    expect(existsSync(fresh)).toBe(false);
    const init = ['--data', fresh, '--database', url, 'init'];
    expect(run(init)).toMatchObject({ status: 0 });
    // As one that is killed with its last file still to write.
    const { ledgerId } = JSON.parse(readFileSync(files.identity, 'utf8')) as { ledgerId: string };
    writeFileSync(files.beginning, JSON.stringify({ ledgerId, keys: files.keys }));
    rmSync(files.identity);
    expect(run(init)).toMatchObject({ status: 0 });
    const verified = run(['--data', fresh, '--database', url, 'verify']);
    expect(verified).toMatchObject({ status: 0 });
  });

  it('says what to do where a killed init left a vault, and its directory is gone', async () => {
    const url = await server.database();
    const [gone, next] = [join(base, 'gone'), join(base, 'next')];
    expect(run(['--data', gone, '--database', url, 'init'])).toMatchObject({ status: 0 });
    const { identity } = ledgerFiles(gone);
    const { ledgerId } = JSON.parse(readFileSync(identity, 'utf8')) as { ledgerId: string };
    rmSync(gone, { recursive: true });
    const { status, stderr } = run(['--data', next, '--database', url, 'init']);
    const { code, message } = JSON.parse(stderr) as { code: string; message: string };
    expect([status, code]).toEqual([3, 'OCCUPIED']);
    const name = new URL(url).pathname.slice(1);
    expect(message).toContain(`database ${name} holds the vault of another ledger, ${ledgerId}`);
    expect(message).toMatch(/in which nobody is,/u);
    const [, advised = ''] = /run "(.+?)"/u.exec(message) ?? [];
    await server.run(advised, url);
    expect(run(['--data', next, '--database', url, 'init'])).toMatchObject({ status: 0 });
  });

  function ref(n: number): readonly string[] {
    return ['--ref', MARKED_SOURCE, markedPerson(n).reference];
  }

  function at(): readonly string[] {
    return ['--data', data, '--database', database];
  }

  /** The last object on stdout. */
  function pdl(...words: readonly string[]): Json {
    const { stdout, stderr } = run([...at(), ...words]);
    const last = stdout.trim().split('\n').at(-1) ?? '';
    if (last === '') throw new Error(`pdl ${words[0] ?? ''}: ${stderr}`);
    return JSON.parse(last) as Json;
  }

  function run(words: readonly string[]) {
    return spawnSync(process.execPath, [CLI, ...words, '--json'], { encoding: 'utf8' });
  }
});

async function listening(service: ChildProcess): Promise<string> {
  if (service.stdout === null) throw new Error('the service has no output');
  for await (const line of createInterface({ input: service.stdout })) {
    return String((JSON.parse(line) as Json)['listening']);
  }
  throw new Error('the service did not start');
}

async function ended(service: ChildProcess): Promise<void> {
  if (service.exitCode !== null) return;
  const exit = new Promise((resolve) => service.once('exit', resolve));
  service.kill('SIGTERM');
  await exit;
}
