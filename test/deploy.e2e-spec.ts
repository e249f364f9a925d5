import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const TEXT = readFileSync(join(ROOT, 'docs/deploy.md'), 'utf8');
const [DRILL = '', ...MORE] = [...TEXT.matchAll(/^```sh\n([\s\S]*?)^```$/gmu)].map(
  ([, block = '']) => block,
);

describe('the drill of docs/deploy.md', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'pdl-drill-'));
    mkdirSync(join(folder, 'bin'));
    const npx = `#!/bin/sh\nshift\nexec "${process.execPath}" "${join(ROOT, 'scripts', 'pdl.mjs')}" "$@"\n`;
    writeFileSync(join(folder, 'bin', 'npx'), npx, { mode: 0o755 });
    copyFileSync(join(ROOT, 'docs/first-events.ndjson'), join(folder, 'first-events.ndjson'));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  it('goes as it says: nothing starts on half a restore, and nobody comes back with a whole one', () => {
    const path = `${join(folder, 'bin')}${delimiter}${process.env['PATH'] ?? ''}`;
    const { status, stdout, stderr } = spawnSync('sh', ['-e', '-c', DRILL], {
      cwd: folder,
      env: { ...process.env, PATH: path, LC_ALL: 'C' },
      encoding: 'utf8',
    });
    expect([status, MORE]).toEqual([0, []]);
    // The old vault with the new keys, the old vault with the old keys, and what is still missing at the end.
    expect(stdout.match(/^exit \d$/gmu)).toEqual(['exit 3', 'exit 1', 'exit 1']);
    expect(stderr).toMatch(/^pdl: the key file of epoch 1 of \w+ is missing/u);
    expect(stdout).toContain('DESTROYED');
    expect(stdout).toContain('not ok: 1 faults');
    expect(stdout).not.toContain('Айгүл');
    expect(stdout).toContain('none is due');
  });
});
