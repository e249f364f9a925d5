import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const require = createRequire(import.meta.url);
const { faultsOfParts } = require(join(ROOT, 'scripts', 'parts.cjs')) as {
  faultsOfParts(root: string, arrows: Readonly<Record<string, readonly string[]>>): string[];
};

describe('the parts of the tree', () => {
  let root: string;
  const write = (path: string, text = ''): void => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  };
  const door = (file: string) => ({ types: `./${file}.ts`, default: `./dist/${file}.js` });
  const list = (imports: object): void => write('package.json', JSON.stringify({ imports }));

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'pdl-parts-'));
    write('libs/vault/src/index.ts');
    list({ '#vault': door('libs/vault/src/index') });
  });
  afterEach(() => rmSync(root, { recursive: true }));

  it('are well when each has arrows and each door is listed', () => {
    expect(faultsOfParts(root, { 'libs/vault': [] })).toEqual([]);
  });

  it('fail when a part has no arrows, an app too', () => {
    write('apps/console/src/index.ts');
    expect(faultsOfParts(root, { 'libs/vault': [] })).toEqual([
      expect.stringContaining('apps/console has no arrows'),
    ]);
  });

  it('fail when arrows are of a part that is gone', () => {
    expect(faultsOfParts(root, { 'libs/vault': [], 'libs/gone': [] })).toEqual([
      expect.stringContaining('libs/gone'),
    ]);
  });

  it('fail when a door is listed and is not there, or leads elsewhere', () => {
    list({
      '#vault': door('libs/vault/src/index'),
      '#vault/gone': door('libs/vault/src/gone/index'),
      '#vault/aside': door('libs/vault/src/index'),
    });
    expect(faultsOfParts(root, { 'libs/vault': [] })).toEqual([
      expect.stringContaining('#vault/aside must lead to'),
      expect.stringContaining('libs/vault/src/gone/index.ts, which does not exist'),
      expect.stringContaining('libs/vault/src/aside/index.ts, which does not exist'),
    ]);
  });

  it('fail when a door is there and is not listed', () => {
    write('libs/vault/src/sqlite/index.ts');
    expect(faultsOfParts(root, { 'libs/vault': [] })).toEqual([
      'libs/vault/src/sqlite/index.ts is a door that package.json does not list',
    ]);
  });
});
