import { describe, expect, it } from '@jest/globals';
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');
const under = (folder: string): readonly string[] =>
  readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' }).map((path) =>
    join(folder, path),
  );
const FILES = ['apps', 'libs', 'test', 'docs', 'docker'].flatMap(under);
const DOCUMENTS = [
  ...readdirSync(ROOT).filter((name) => name.endsWith('.md')),
  ...FILES.filter((path) => path.endsWith('.md')),
];
const PARTS = ['apps', 'libs'].flatMap((kind) =>
  readdirSync(join(ROOT, kind)).map((name) => `${kind}/${name}`),
);
const TESTS = FILES.filter((path) => /spec\.ts$|\/testing\//u.test(path)).map((path) =>
  basename(path),
);
const CODE = /`([^`\n]+)`/gu;

describe('the documents', () => {
  it.each(PARTS)('have a README of at most 60 lines for %s', (part) => {
    const lines = read(join(part, 'README.md')).trimEnd().split('\n');
    expect([part, lines.length <= 60]).toEqual([part, true]);
    for (const word of ['**Promises**', '**Refuses**']) expect(lines.join('\n')).toContain(word);
  });

  it.each(DOCUMENTS)('link to what exists (%s)', (document) => {
    const links = [...read(document).matchAll(/\]\(([^)#:]+)\)/gu)].map(([, link = '']) => link);
    expect(links.filter((link) => !existsSync(join(ROOT, dirname(document), link)))).toEqual([]);
  });

  it.each(DOCUMENTS)('name files that exist (%s)', (document) => {
    const named = [...read(document).matchAll(CODE)].map(([, code = '']) => code);
    const specs = named.filter((code) => /^[\w/.-]+(-contract|spec)\.ts$/u.test(code));
    expect(specs.filter((spec) => !TESTS.includes(basename(spec)))).toEqual([]);
    const folders = named.filter((code) => /^(apps|libs|test|docs|scripts)\/[\w/.-]+$/u.test(code));
    expect(folders.filter((path) => !existsSync(join(ROOT, path)))).toEqual([]);
  });

  it('go through all seventeen threats: with a test, or with the reason that there is none', () => {
    const rows = read('docs/threat-model.md')
      .split('\n')
      .filter((line) => /^\| T\d/u.test(line))
      .map((line) => line.split('|').map((cell) => cell.trim()));
    expect(rows.map(([, number]) => number)).toEqual(
      Array.from({ length: 17 }, (_, n) => `T${n + 1}`),
    );
    for (const [, number = '', ...cells] of rows) {
      const [actor, wants, stands, test, open] = cells;
      for (const cell of [actor, wants, stands, open])
        expect([number, cell]).not.toEqual([number, '']);
      const isTested = /spec\.ts|contract\.ts/u.test(test ?? '');
      expect([number, isTested]).toEqual([number, number !== 'T10']);
    }
  });

  it('number the decisions without a gap below 10, and give each a status', () => {
    const decisions = readdirSync(join(ROOT, 'docs/adr')).sort();
    const below = decisions.map((name) => Number(name.slice(0, 4))).filter((number) => number < 10);
    expect(below).toEqual(below.map((_, n) => n + 1));
    for (const name of decisions) expect(read(`docs/adr/${name}`)).toMatch(/^Status: /mu);
  });

  it('name every part of the tree in ARCHITECTURE.md', () => {
    const architecture = read('ARCHITECTURE.md');
    for (const part of PARTS) expect(architecture).toContain(`\`${part}\``);
  });
});

describe('the command line in the documents', () => {
  it('has every command that a document tells to type', () => {
    const help = execFileSync(process.execPath, [join(ROOT, 'scripts', 'pdl.mjs'), '--help'], {
      encoding: 'utf8',
    });
    const told = DOCUMENTS.filter((path) => !path.includes('adr') && path !== 'CHANGELOG.md')
      .flatMap((path) => [...read(path).matchAll(/`(?:npx )?pdl ([a-z]+)/gu)])
      .map(([, command = '']) => command);
    for (const command of new Set(told)) expect(help).toMatch(new RegExp(`^  ${command}\\b`, 'mu'));
  });
});
