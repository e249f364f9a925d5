import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { OPERATIONS } from '#domain';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const CLI = join(ROOT, 'scripts', 'pdl.mjs');
const pdl = (...args: readonly string[]) =>
  spawnSync(process.execPath, [CLI, ...args], { cwd: ROOT, encoding: 'utf8' });

interface Step {
  readonly step: string;
  readonly ok: boolean;
  readonly text: string;
  readonly code?: string;
  readonly clauses?: readonly string[];
  readonly next?: readonly string[];
}

describe('the demo', () => {
  let steps: readonly Step[];
  let folder: string;

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'pdl-demo-test-'));
    const { status, stdout } = pdl('demo', '--json');
    steps = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Step);
    expect([status, steps.filter(({ ok }) => !ok)]).toEqual([0, []]);
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  it('plays every operation of clause 2.4 to its end at least once', () => {
    const done = new Set(
      steps
        .filter(({ code }) => code === undefined)
        .map(({ step }) => step.replace('operation.', '')),
    );
    expect(OPERATIONS.filter((operation) => !done.has(operation))).toEqual([]);
  });

  it('shows refusals with clauses, a read in the trail, the past and the present, and an old vault', () => {
    const refused = steps.filter(({ code }) => code !== undefined);
    expect(refused.length).toBeGreaterThan(12);
    for (const { clauses = [] } of refused) expect(clauses.length).toBeGreaterThan(0);
    const told = steps.map(({ step }) => step);
    for (const step of ['read-in-trail', 'as-of', 'old-vault', 'rebuild', 'verify', 'end'])
      expect(told).toContain(step);
  });

  it('says each code and clause in words, in the language asked for, and ends with OK', () => {
    const { status, stdout } = pdl('demo', '--lang', 'kk');
    expect([status, stdout]).toEqual([
      0,
      expect.stringMatching(/\nOK\n\nTry next:\n( {2}npx .+\n){3}$/u),
    ]);
    for (const line of stdout.split('\n').filter((each) => each.startsWith('      ')))
      expect(line).toMatch(/^ {6}\S+ {2,}.*[А-яӘәҒғҚқҢңӨөҰұҮүҺһІі]/u);
    expect(stdout).toContain('Келісім қайтарып алынған.');
  });

  it('names three things to try next that work', () => {
    const { next = [] } = steps.at(-1) ?? {};
    expect(next).toHaveLength(3);
    for (const command of next) {
      const [npx, name, ...args] = command
        .replace('./my-ledger', join(folder, 'my-ledger'))
        .split(' ');
      expect([npx, name]).toEqual(['npx', 'pdl']);
      const { status, stdout } = pdl(...args);
      expect([command, status]).toEqual([command, 0]);
      expect(stdout).not.toBe('');
    }
  });

  it('imports the events that README shows', () => {
    const shown = /^cat > events\.ndjson <<'END'\n([\s\S]*?)^END\n/mu.exec(
      readFileSync(join(ROOT, 'README.md'), 'utf8'),
    );
    expect(readFileSync(join(ROOT, 'docs', 'first-events.ndjson'), 'utf8')).toBe(shown?.[1]);
  });
});
