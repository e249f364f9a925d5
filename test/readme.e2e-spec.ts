import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { spawn, spawnSync, type SpawnSyncReturns } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

// What README tells a newcomer to type is cut from README and typed here, in its order, into an empty folder.
const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const README = readFileSync(join(ROOT, 'README.md'), 'utf8');
const BLOCKS = [...README.matchAll(/^```sh\n([\s\S]*?)^```$/gmu)].map(([, text = '']) => text);
const [FIRST = '', REFUSED = '', SERVE = '', ASK = ''] = BLOCKS;
const PORT = '8080';

describe('README', () => {
  let folder: string;
  let env: NodeJS.ProcessEnv;
  const typed = (block: string): SpawnSyncReturns<string> =>
    spawnSync('sh', ['-e', '-c', block], { cwd: folder, env, encoding: 'utf8' });

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'pdl-readme-'));
    const bin = join(folder, 'bin');
    mkdirSync(bin);
    // What npx does in the checkout, without its look at the registry: the program that package.json names.
    const npx = `#!/bin/sh\nshift\nexec "${process.execPath}" "${join(ROOT, 'scripts', 'pdl.mjs')}" "$@"\n`;
    writeFileSync(join(bin, 'npx'), npx, { mode: 0o755 });
    env = { ...process.env, PATH: `${bin}${delimiter}${process.env['PATH'] ?? ''}`, LC_ALL: 'C' };
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  it('has four blocks to type, and nothing but pdl, cat and curl in them', () => {
    expect(BLOCKS).toHaveLength(4);
    const commands = BLOCKS.flatMap((block) =>
      block.replaceAll(/^\{.*\n|^END\n/gmu, '').split('\n'),
    );
    for (const command of commands.filter((line) => line !== ''))
      expect(command).toMatch(/^(npx pdl |cat > events\.ndjson|TOKEN=\$\(npx pdl token |curl )/u);
  });

  it('leads from three events to a ledger that verifies', () => {
    const { status, stdout, stderr } = typed(FIRST);
    expect([status, stderr]).toEqual([0, '']);
    for (const said of [
      'akjet 2026-02-26 in force',
      'accepted    3',
      'Айгүл',
      'DataRetrieved',
      'equal: ',
      'ok: everything agrees',
    ])
      expect(stdout).toContain(said);
  });

  it('shows what a refusal looks like', () => {
    const { status, stdout } = typed(REFUSED);
    expect([status, stdout]).toEqual([0, expect.stringContaining('No one consent covers')]);
  });

  const curl = spawnSync('curl', ['--version']).status === 0 ? it : it.skip;
  curl('serves the ledger and answers (skipped where there is no curl)', async () => {
    const port = await freePort();
    const service = spawn('sh', ['-c', `exec ${SERVE.replace(PORT, port)}`], {
      cwd: folder,
      env,
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    const ended = new Promise((resolve) => service.once('exit', resolve));
    try {
      const first = await new Promise((resolve) => service.stdout.once('data', resolve));
      expect(String(first)).toContain(port);
      const { status, stdout } = typed(ASK.replace(PORT, port));
      expect([status, stdout]).toEqual([
        0,
        expect.stringMatching(/^(\{.*"status":"duplicate".*\}\n){3}$/u),
      ]);
    } finally {
      service.kill('SIGTERM');
      expect(await ended).toBe(0);
    }
  });
});

async function freePort(): Promise<string> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  // An address of TCP is always an object.
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return String(port);
}
