import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chmodSync,
  chownSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { lockFile } from '#event-store/sqlite';
import { BAD_LINES, BAD_NAME, CONSENT, collect, person } from './bad-lines.js';

const CLI = fileURLToPath(new URL('../../scripts/pdl.mjs', import.meta.url));
const NOBODY = 65_534;
const NIL = '00000000-0000-4000-8000-000000000000';
const isRoot = process.getuid?.() === 0;

describe('bad input and bad places', () => {
  let base: string;
  let data: string;

  beforeAll(() => {
    base = mkdtempSync(join(tmpdir(), 'pdl-bad-'));
    chmodSync(base, 0o755);
    writeFileSync(join(base, 'known.ndjson'), `${JSON.stringify(person('known', 'known'))}\n`);
    const fresh = join(base, 'fresh');
    expect(pdl(fresh, 'init').status).toBe(0);
    expect(pdl(fresh, 'import', join(base, 'known.ndjson')).status).toBe(0);
  });
  afterAll(() => rmSync(base, { recursive: true, force: true }));
  beforeEach(() => {
    data = mkdtempSync(join(base, 'data-'));
    cpSync(join(base, 'fresh'), data, { recursive: true });
  });

  it('names every bad line by number and code, never by its content, and takes the good ones', () => {
    const file = join(base, 'lines.ndjson');
    const lines = BAD_LINES.map(([, line]) => Buffer.from(line));
    const good = Buffer.from(JSON.stringify(person('good', 'good')));
    writeFileSync(
      file,
      Buffer.concat([...lines, good].flatMap((line) => [line, Buffer.from('\n')])),
    );
    const errors = join(data, 'errors.ndjson');
    const said = pdl(data, 'import', file, '--errors', errors);
    expect(said.status).toBe(1);
    const summary = JSON.parse(said.stdout) as Record<string, unknown>;
    const refused = [
      'PURPOSE_NOT_DECLARED',
      'CATEGORY_NOT_FOR_SUBJECT_KIND',
      'UNKNOWN_OPERATION',
      'NO_LAWFUL_BASIS',
    ];
    expect(summary).toMatchObject({
      accepted: 1,
      refused: refused.length,
      failed: BAD_LINES.length - refused.length,
      refusedByCode: Object.fromEntries(refused.map((code) => [code, 1])),
    });
    const written = readFileSync(errors, 'utf8');
    const codes = new Map(
      written
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as { line: number; code: string })
        .map(({ line, code }) => [line, code]),
    );
    for (const [index, [what, , code]] of BAD_LINES.entries()) {
      if (refused.includes(code)) continue;
      expect([what, codes.get(index + 1)]).toEqual([what, code === '' ? expect.any(String) : code]);
    }
    expect(written).toContain('"path":"data.operator","message":"is not an operator');
    expect(`${said.stdout}${said.stderr}${written}`).not.toContain('зызмарк');
    expect(pdl(data, 'verify').status).toBe(0);
  });

  const PLACES: readonly (readonly [string, () => readonly string[], number, RegExp])[] = [
    [
      'a file that is not there',
      () => ['import', join(base, 'nothing')],
      2,
      /does not exist or is no file/,
    ],
    ['a directory in place of a file', () => ['import', base], 2, /does not exist or is no file/],
    ['a directory without a ledger', () => ['doctor', '--data', base], 3, /init/],
    [
      'a data directory that is a file',
      () => ['verify', '--data', join(base, 'known.ndjson')],
      3,
      /init|directory/,
    ],
    ['a view that is none', () => ['rebuild', 'subject'], 2, /subjects/],
    [
      'a time that is none',
      () => ['show', 'trail', '--ref', 'urn:bad', 'known', '--from', 'yesterday'],
      2,
      /take a time/,
    ],
    [
      'a position that is none',
      () => ['show', 'trail', '--ref', 'urn:bad', 'known', '--as-of', 'yesterday'],
      2,
      /as-of/i,
    ],
    ['an unknown command', () => ['imprt'], 2, /unknown command/],
    ['an unknown flag', () => ['import', '--colour'], 2, /unknown option/],
  ];
  it.each(PLACES)(
    'refuses %s with a sentence that says what to do',
    (_what, args, status, says) => {
      const said = pdl(data, ...args());
      expect([said.status, said.stderr]).toEqual([status, expect.stringMatching(says)]);
    },
  );

  const DAMAGES: readonly (readonly [string, () => void, RegExp])[] = [
    ['another root key', () => writeFileSync(key(), Buffer.alloc(32, 7)), /root key/],
    ['no root key', () => rmSync(key()), /key/],
    ['a root key that others may read', () => chmodSync(key(), 0o644), /0600/],
    ['no key directory', () => rmSync(at('keys'), { recursive: true }), /key directory/],
    ['a file in place of the key directory', () => replaced('keys'), /key directory/],
    ['a ledger of a newer program', () => identity({ format: 99, ledgerId: 'x' }), /update the pr/],
    ['a damaged identity', () => writeFileSync(at('ledger.json'), '{'), /restore a copy/],
    ['another ledger’s identity', () => identity({ format: 1, ledgerId: NIL }), /put back/],
    ['a log of a newer program', () => raiseFormat('log.db'), /update the program/],
    ['a vault of a newer program', () => raiseFormat('vault.db'), /update the program/],
    ['a log cut off in the middle', () => cut('log.db'), /log.*verify/],
    ['no log', () => rmSync(at('log.db')), /log file is missing: restore/],
    ['no anchor', () => rmSync(at('log.db.anchor')), /anchor.*put back/],
    ['an anchor that is none', () => writeFileSync(at('log.db.anchor'), '?'), /anchor.*put back/],
    ['a vault that is no database', () => writeFileSync(at('vault.db'), 'vault'), /vault.*verify/],
    ['a vault cut off in the middle', () => cut('vault.db'), /vault.*restore/],
    ['no vault', () => rmSync(at('vault.db')), /vault file is missing: restore/],
    ['a directory in place of the lock', () => folder('ledger.lock'), /locked: check/],
    ['a directory in place of the views', () => folder('views.db'), /EISDIR.*check the path/],
    ['a file in place of the folder of positions', () => replaced('imports'), /check the path/],
  ];
  it.each(DAMAGES)('does not start on %s, and touches nothing', (_what, damage, says) => {
    damage();
    const before = digests(data);
    const said = pdl(data, 'import', join(base, 'known.ndjson'));
    expect([said.status, said.stdout, said.stderr]).toEqual([3, '', expect.stringMatching(says)]);
    expect(JSON.parse(said.stderr)).toEqual({
      code: expect.stringMatching(/^[A-Z_]+$/u),
      message: expect.any(String),
    });
    expect(digests(data)).toEqual(before);
  });

  it.each([
    ['are of a newer program', () => raiseFormat('views.db')],
    ['are cut off', () => cut('views.db')],
    ['are no database', () => writeFileSync(at('views.db'), 'views')],
  ])('makes the views anew when they %s: they hold nothing of their own', (_what, damage) => {
    damage();
    expect(JSON.parse(pdl(data, 'import', join(base, 'known.ndjson')).stdout)).toMatchObject({
      duplicates: 1,
      failed: 0,
    });
    expect(JSON.parse(pdl(data, 'rebuild').stdout)).toMatchObject({ equalsLive: true });
  });

  it('names an epoch key that is cut off, and seals nothing under it', () => {
    cut(join('keys', 'epoch-quicklid-1.key'));
    const terms = { ...CONSENT, evidence: { kind: 'otp', textSha256: 'a'.repeat(64) } };
    const lines = [
      person('known', 'cut-1', { type: 'kz.pdl.consent.given.v1', data: terms }),
      collect('cut-2', { 'quicklid:name': BAD_NAME }),
    ];
    const input = lines.map((line) => JSON.stringify(line)).join('\n');
    const said = pdlWith(input, data, 'import', '-');
    expect([said.status, said.stdout]).toEqual([3, '']);
    expect(said.stderr).toMatch(/key/u);
    expect(`${said.stdout}${said.stderr}`).not.toContain('зызмарк');
    expect(JSON.parse(pdl(data, 'verify').stdout)).toMatchObject({ ok: false });
  });

  it('refuses to write while another process does, and names it', () => {
    const lock = lockFile(join(data, 'ledger.lock'));
    const said = pdl(data, 'import', join(base, 'known.ndjson'));
    expect([said.status, said.stderr]).toEqual([3, expect.stringMatching(/another process/)]);
    expect(pdl(data, 'doctor').status).toBe(0);
    lock.release();
    expect(pdl(data, 'import', join(base, 'known.ndjson')).status).toBe(0);
  });

  const readOnly = canRunAsNobody() || !isRoot ? it : it.skip;
  readOnly(
    'says that a disk is read-only, and changes nothing (skipped where root cannot step down)',
    () => {
      const paths = readdirSync(data, { recursive: true, encoding: 'utf8' });
      if (isRoot) for (const path of ['.', ...paths]) chownSync(join(data, path), NOBODY, NOBODY);
      for (const path of paths.filter((each) => /-(?:wal|shm)$/u.test(each)))
        rmSync(join(data, path));
      chmodSync(data, 0o555);
      const inIt = (...args: readonly string[]): ReturnType<typeof run> =>
        run(data, isRoot ? { uid: NOBODY, gid: NOBODY } : {}, args);
      const said = inIt('import', join(base, 'known.ndjson'));
      const verified = inIt('verify');
      chmodSync(data, 0o755);
      expect([said.status, said.stderr]).toEqual([3, expect.stringMatching(/writable/)]);
      expect([verified.status, verified.stdout]).toEqual([
        1,
        expect.stringMatching(/check the disk, or read a copy of the directory/),
      ]);
    },
  );

  const small = join(tmpdir(), `pdl-full-${process.pid}`);
  const full = isRoot && mountSmall(small) ? it : it.skip;
  full(
    'says that a disk is full, and loses nothing that it acknowledged (skipped where no tmpfs can be mounted)',
    () => {
      try {
        cpSync(data, join(small, 'data'), { recursive: true });
        const file = join(base, 'many.ndjson');
        const many = Array.from({ length: 8_000 }, (_, n) =>
          JSON.stringify(person(`m${n}`, `m${n}`)),
        );
        writeFileSync(file, many.join('\n'));
        const said = pdl(join(small, 'data'), 'import', file);
        expect([said.status, said.stderr]).toEqual([3, expect.stringMatching(/disk/)]);
        const roomy = join(base, 'roomy');
        cpSync(join(small, 'data'), roomy, { recursive: true });
        expect(pdl(roomy, 'import', file).status).toBe(0);
        expect(JSON.parse(pdl(roomy, 'import', file).stdout)).toMatchObject({ duplicates: 8_000 });
        expect(pdl(roomy, 'verify').status).toBe(0);
      } finally {
        spawnSync('umount', [small]);
        rmSync(small, { recursive: true, force: true });
      }
    },
  );

  const at = (name: string): string => join(data, name);
  const key = (): string => at(join('keys', 'root.key'));
  const identity = (content: object): void =>
    writeFileSync(at('ledger.json'), JSON.stringify(content));
  const replaced = (name: string): void => {
    rmSync(at(name), { recursive: true, force: true });
    writeFileSync(at(name), 'a file');
  };
  const folder = (name: string): void => {
    rmSync(at(name), { force: true });
    mkdirSync(at(name));
  };
  const cut = (name: string): void => {
    const bytes = readFileSync(join(data, name));
    writeFileSync(join(data, name), bytes.subarray(0, Math.floor(bytes.length / 2)));
  };
  /** The format is SQLite's user_version: four bytes at offset 60 of the file. */
  const raiseFormat = (name: string): void => {
    const bytes = readFileSync(join(data, name));
    bytes.writeUInt32BE(99, 60);
    writeFileSync(join(data, name), bytes);
  };
});

interface Said {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** What a failed start may not change: everything but locks, SQLite's side files and views that never came in place. */
function digests(directory: string): Readonly<Record<string, string>> {
  const files = readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !/\.lock$|-shm$|-wal$|\.new$/u.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
  const digest = (file: string): string =>
    createHash('sha256').update(readFileSync(file)).digest('hex');
  return Object.fromEntries(files.map((file) => [file, digest(file)]));
}

function pdlWith(input: string, data: string, ...args: readonly string[]): Said {
  return spawnSync(process.execPath, [CLI, '--data', data, '--json', ...args], {
    encoding: 'utf8',
    input,
  });
}

function pdl(data: string, ...args: readonly string[]): Said {
  return run(data, {}, args);
}

function run(
  data: string,
  as: { readonly uid?: number; readonly gid?: number },
  args: readonly string[],
): Said {
  return spawnSync(process.execPath, [CLI, '--data', data, '--json', ...args], {
    encoding: 'utf8',
    ...as,
  });
}

function canRunAsNobody(): boolean {
  const probe = spawnSync(process.execPath, [CLI, '--help'], { uid: NOBODY, gid: NOBODY });
  return probe.status === 0;
}

function mountSmall(path: string): boolean {
  mkdirSync(path, { recursive: true });
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=6m', 'tmpfs', path]);
  if (mounted.status !== 0) rmSync(path, { recursive: true, force: true });
  return mounted.status === 0;
}
