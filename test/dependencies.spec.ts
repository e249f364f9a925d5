import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';

const ROOT = new URL('../../', import.meta.url);
const read = (path: string): string => readFileSync(new URL(path, ROOT), 'utf8');

interface Manifest {
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
  readonly allowScripts: Readonly<Record<string, boolean>>;
}
const manifest = JSON.parse(read('package.json')) as Manifest;
const named = { ...manifest.dependencies, ...manifest.devDependencies };

/** Rows of the table of ADR 1, by their first cell. */
const rows = new Map(
  read('docs/adr/0001-dependencies.md')
    .split('\n')
    .filter((line) => line.startsWith('|'))
    .map((line) => line.split('|').map((cell) => cell.trim()))
    .map(([, name = '', ...cells]) => [name, cells] as const),
);

describe('the packages of package.json', () => {
  it.each(Object.keys(named))(
    '%s has a line in ADR 1: replaces what, size, native or not',
    (name) => {
      const [replaces, size, native] = rows.get(name) ?? [];
      expect([replaces, size, native]).toEqual([
        expect.stringMatching(/./u),
        expect.stringMatching(/^\d+\.\d MB$/u),
        expect.stringMatching(/^(no|yes, prebuilt)$/u),
      ]);
    },
  );

  it.each(Object.entries(named))('%s is pinned to one version (%s)', (_name, version) => {
    expect(version).toMatch(/^\d+\.\d+\.\d+$/u);
  });

  it('run no script when they are installed', () => {
    expect(Object.values(manifest.allowScripts).filter((isAllowed) => isAllowed)).toEqual([]);
  });

  it('have no line of a package that is gone', () => {
    const packages = [...rows.keys()].filter((name) => /^@?[a-z]/u.test(name));
    expect(packages.filter((name) => !(name in named))).toEqual([]);
  });
});
