import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Row } from './figure.js';

const MAIN = fileURLToPath(new URL('../main.js', import.meta.url));

describe('pdl bench', () => {
  let folder: string;
  // Beside the built program: a temporary directory may be in memory, where nothing is durable.
  beforeAll(() => {
    folder = mkdtempSync(join(dirname(MAIN), 'bench-'));
  });
  afterAll(() => rmSync(folder, { recursive: true }));
  const bench = (...args: readonly string[]) =>
    spawnSync(process.execPath, [MAIN, 'bench', '--json', ...args], {
      encoding: 'utf8',
      env: { ...process.env, TMPDIR: folder },
    });

  it.each(['p1', 'p2', 'p3', 'p4', 'p5', 'p6', 'p7', 'p9', 'p10', 'p11'])(
    'measures %s and leaves nothing behind',
    (name) => {
      const { status, stdout, stderr } = bench(name, '--events', '2000', '--rounds', '1');
      expect({ status, stderr: status === 0 ? '' : stderr }).toEqual({ status: 0, stderr: '' });
      const rows = stdout
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as Row);
      expect(rows.length).toBeGreaterThan(0);
      for (const row of rows) {
        expect(row).toMatchObject({ name, rounds: 1, ours: expect.any(Number) });
        expect([row.min, row.median, row.max]).toEqual([row.ours, row.ours, row.ours]);
        expect(row.ratio === null).toBe(row.peer === null);
        expect(row.peer !== null || row.against === undefined || row.reason !== undefined).toBe(
          true,
        );
      }
      expect(readdirSync(folder)).toEqual([]);
    },
    60_000,
  );

  it('soaks a service, verifies what it left and folds it again', () => {
    const { status, stdout, stderr } = bench('soak', '--events', '400', '--minutes', '0.05');
    expect({ status, stderr: status === 0 ? '' : stderr }).toEqual({ status: 0, stderr: '' });
    for (const said of ['soak verify {"ok":true', '"equalsLive":true'])
      expect(stderr).toContain(said);
    const rows = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Row);
    expect(rows.find(({ title }) => title.startsWith('answers of 5xx'))).toMatchObject({
      name: 'soak',
      ours: 0,
      ok: true,
    });
    expect(rows).toHaveLength(6);
    expect(readdirSync(folder)).toEqual([]);
  }, 60_000);

  it('says of what is not measured yet what it needs, without a guess', () => {
    const { status, stdout } = bench('p8');
    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      name: 'p8',
      ours: null,
      ok: null,
      reason: 'not measured yet: needs the tiles',
    });
  });

  it.each([[['p13']], [['p1', '--rounds', '0']], [['p1', '--events', 'many']]])(
    'refuses %j as a mistake of usage',
    (args) => {
      const { status, stderr } = bench(...args);
      expect(status).toBe(2);
      expect(stderr).not.toBe('');
    },
  );
});
