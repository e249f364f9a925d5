import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { copiedIntoImage } from './dockerfile-rules.js';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const dockerfile = readFileSync(join(ROOT, 'docker/Dockerfile'), 'utf8');

// What the image's last stage copies, in a folder of its own: an image that lacks a file would fail here first.
describe('the files of the image', () => {
  let base: string;
  let app: string;
  let env: NodeJS.ProcessEnv;
  const run = (...words: readonly string[]) =>
    spawnSync(process.execPath, words, { cwd: app, env, encoding: 'utf8' });

  beforeAll(() => {
    base = mkdtempSync(join(tmpdir(), 'pdl-image-'));
    app = join(base, 'app');
    mkdirSync(app);
    env = {
      PATH: process.env['PATH'],
      PDL_DATA: join(base, 'data'),
      PDL_KEYS: join(base, 'keys'),
      PDL_PORT: '0',
    };
    for (const [source, target] of copiedIntoImage(dockerfile)) put(source, target);
  });
  afterAll(() => rmSync(base, { recursive: true }));

  it('make a ledger where the image says, with the keys apart from the data', () => {
    expect(run('scripts/pdl.mjs', 'init').status).toBe(0);
    expect(existsSync(join(base, 'keys', 'root.key'))).toBe(true);
    expect(existsSync(join(base, 'data', 'keys'))).toBe(false);
    const { checks } = JSON.parse(run('scripts/pdl.mjs', 'doctor', '--json').stdout) as {
      readonly checks: readonly object[];
    };
    expect(checks).toContainEqual(
      expect.objectContaining({ name: 'key-place', value: 'apart from the data directory' }),
    );
  });

  it('serve it, say when it is ready and when it is not, and end when told to', async () => {
    const service = spawn(process.execPath, ['scripts/pdl.mjs', 'serve'], {
      cwd: app,
      env,
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    const ended = once(service, 'exit');
    try {
      env = { ...env, PDL_PORT: await portOf(service) };
      expect(run('docker/ready.mjs').status).toBe(0);
    } finally {
      service.kill('SIGTERM');
    }
    expect(await ended).toEqual([0, null]);
    expect(run('docker/ready.mjs').status).toBe(1);
  });

  function put(source: string, target: string): void {
    const name = source.replace(/^\/build\//u, '');
    const to = join(
      app,
      target.endsWith('/') ? join(target, name.split('/').at(-1) ?? '') : target,
    );
    if (name === 'node_modules') return symlinkSync(join(ROOT, name), to);
    cpSync(join(ROOT, name), to, {
      recursive: true,
      filter: (path) => !/dist\/test|\.spec\./u.test(path),
    });
  }
});

async function portOf({ stdout }: ChildProcess): Promise<string> {
  if (stdout === null) throw new Error('the service has no output');
  for await (const line of createInterface({ input: stdout })) {
    return new URL((JSON.parse(line) as { readonly listening: string }).listening).port;
  }
  throw new Error('the service did not start');
}
