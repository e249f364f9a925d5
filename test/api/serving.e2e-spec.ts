import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { readConfig } from '../../apps/api/src/config/read-config.js';

const CLI = fileURLToPath(new URL('../../../scripts/pdl.mjs', import.meta.url));

describe('pdl serve', () => {
  const directory = join(mkdtempSync(join(tmpdir(), 'pdl-serve-')), 'data');
  const pdl = (...words: string[]): { readonly status: number | null; readonly stdout: string } =>
    spawnSync(process.execPath, [CLI, '--data', directory, '--json', ...words], {
      encoding: 'utf8',
    });
  let child: ChildProcess;
  let url: string;

  beforeAll(async () => {
    expect(pdl('init').status).toBe(0);
    child = spawn(process.execPath, [CLI, '--data', directory, 'serve', '--port', '0'], {
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    if (child.stdout === null) throw new Error('no stdout');
    const [line] = (await once(createInterface(child.stdout), 'line')) as [string];
    url = (JSON.parse(line) as { listening: string }).listening;
  });
  afterAll(() => {
    child.kill('SIGKILL');
    rmSync(join(directory, '..'), { recursive: true });
  });

  it('says where it listens in its first line, and takes tokens of pdl token', async () => {
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/u);
    const { token } = JSON.parse(
      pdl('token', '--role', 'officer', '--operator', 'quicklid').stdout,
    ) as { token: string };
    const answer = await fetch(`${url}/v1/policies`, {
      headers: { authorization: `Bearer ${token}` },
    });
    expect(answer.status).toBe(200);
    expect((await fetch(`${url}/v1/policies`)).status).toBe(401);
  });

  it('keeps the ledger to itself while it runs', () => {
    expect(pdl('serve', '--port', '0').status).toBe(3);
    expect(pdl('keys', 'rotate').status).toBe(3);
  });

  it('lets the key epochs be seen while it runs', () => {
    const { status, stdout } = pdl('keys', 'status');
    expect(status).toBe(0);
    const seen = { operator: 'quicklid', epoch: 1, retireBy: null };
    expect(JSON.parse(stdout)).toMatchObject({
      epochs: expect.arrayContaining([expect.objectContaining(seen)]),
    });
  });

  it('prints its settings, and names the one that cannot be', () => {
    const printed = JSON.parse(pdl('serve', '--port', '8080', '--print-config').stdout) as object;
    expect(printed).toMatchObject({
      port: { value: 8080, env: 'PDL_PORT' },
      host: { value: '127.0.0.1', env: 'PDL_HOST', means: 'address to listen on' },
    });
    const variables = Object.entries(printed as Record<string, { env: string }>);
    expect(Object.fromEntries(variables.map(([name, { env }]) => [name, env]))).toEqual({
      data: 'PDL_DATA',
      store: 'PDL_STORE',
      keys: 'PDL_KEYS',
      database: 'PDL_DATABASE',
      passphrase: 'PDL_PASSPHRASE',
      host: 'PDL_HOST',
      port: 'PDL_PORT',
      issuer: 'PDL_ISSUER',
      audience: 'PDL_AUDIENCE',
      localIssuer: 'PDL_LOCAL_ISSUER',
      logLevel: 'PDL_LOG_LEVEL',
      requestsPerSecond: 'PDL_REQUESTS_PER_SECOND',
      connections: 'PDL_CONNECTIONS',
      diskReserveBytes: 'PDL_DISK_RESERVE',
      viewLag: 'PDL_VIEW_LAG',
    });
    expect(pdl('serve', '--port', 'x').status).toBe(2);
  });

  it('prints of the passphrase only whether there is one', () => {
    const env = { ...process.env, PDL_PASSPHRASE: 'correct horse' };
    const args = [CLI, 'serve', '--print-config', '--json'];
    const { stdout } = spawnSync(process.execPath, args, { env, encoding: 'utf8' });
    expect(JSON.parse(stdout)).toMatchObject({ passphrase: { value: true } });
    expect([stdout, JSON.stringify(readConfig(env))].join()).not.toContain('horse');
    expect(readConfig({}).passphrase).toBe(false);
  });

  it('takes no empty passphrase, and makes nothing with one', () => {
    const env = { ...process.env, PDL_PASSPHRASE: '' };
    const args = [CLI, '--data', join(directory, '..', 'empty'), 'init'];
    const { status, stderr } = spawnSync(process.execPath, args, { env, encoding: 'utf8' });
    expect([status, stderr]).toEqual([2, expect.stringContaining('PDL_PASSPHRASE')]);
    expect(existsSync(join(directory, '..', 'empty'))).toBe(false);
    expect(() => readConfig(env)).toThrow('PDL_PASSPHRASE');
  });

  it.each([
    ['PDL_PORT', '70000'],
    ['PDL_LOG_LEVEL', 'loud'],
    ['PDL_ISSUER', 'nonsense'],
    ['PDL_LOCAL_ISSUER', 'yes'],
    ['PDL_CONNECTIONS', '0'],
  ])('takes no %s of "%s", and does not repeat it', (name, value) => {
    const read = (): unknown => readConfig({ [name]: value });
    expect(read).toThrow(new RegExp(`^${name} must be: (?!.*${value}).+$`, 'u'));
  });

  it('calls a variable that cannot be a mistake of usage', () => {
    const env = { ...process.env, PDL_PORT: '70000' };
    const args = [CLI, 'serve', '--print-config'];
    const { status, stderr } = spawnSync(process.execPath, args, { env, encoding: 'utf8' });
    expect([status, stderr]).toEqual([2, expect.stringMatching(/^pdl: PDL_PORT must be: .+\n$/u)]);
  });

  const API = fileURLToPath(new URL('../../apps/api/src/main.js', import.meta.url));

  it.each([
    ['the command line', [CLI, 'doctor', '--json'], 'PDL_DATABASE', 2],
    ['the command line that serves', [CLI, 'serve', '--print-config'], 'PDL_DATABASE', 2],
    ['the service alone', [API], 'PDL_DATABASE', 2],
    ['the service alone', [API], 'PDL_PORT', 2],
  ])('does not start %s instead of what was asked for', (_what, words, name, status) => {
    const env = { ...process.env, PDL_DATA: directory, [name]: 'ftp://elsewhere' };
    const said = spawnSync(process.execPath, words, { env, encoding: 'utf8' });
    expect([said.status, said.stdout]).toEqual([status, '']);
    expect(said.stderr).toContain(name);
    expect(said.stderr).not.toContain('elsewhere');
  });

  it('says of a port that is taken what to look at', () => {
    const other = join(directory, '..', 'other');
    const args = [CLI, '--data', other, 'serve', '--port', new URL(url).port];
    spawnSync(process.execPath, [CLI, '--data', other, 'init', '--json']);
    const { status, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
    expect([status, stderr]).toEqual([3, expect.stringContaining('whether --port is free')]);
  });

  const refusesConnections = async (): Promise<void> => {
    for (;;) {
      try {
        await fetch(`${url}/health/live`);
      } catch {
        return;
      }
    }
  };

  it('ends what is in flight after SIGTERM, closes what is idle, and exits 0', async () => {
    const { token } = JSON.parse(
      pdl('token', '--role', 'emitter', '--operator', 'quicklid').stdout,
    ) as { token: string };
    const half = request(`${url}/v1/subjects`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${token}`,
        'content-type': 'application/json',
        expect: '100-continue',
      },
    });
    const answered = once(half, 'response');
    half.flushHeaders();
    // The service has begun with this request before it is told to end: it asks for the body.
    await once(half, 'continue');
    half.write('{"operator":"quicklid",');
    child.kill('SIGTERM');
    await refusesConnections();
    half.end('"kind":"individual"}');
    const [response] = (await answered) as [{ readonly statusCode: number }];
    expect(response.statusCode).toBe(201);
    const [status] = (await once(child, 'exit')) as [number];
    expect(status).toBe(0);
  });
});
