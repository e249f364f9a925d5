import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { spawn } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  watch,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { MARKED_SOURCE, MARKS, badLines, linesOf, markedPerson } from './marked-people.js';

const CLI = fileURLToPath(new URL('../../scripts/pdl.mjs', import.meta.url));
const PEOPLE = 2_000;
/** Blocked, held, and one whose IIN alone was destroyed: the last two can be read. */
const SHOWN = [1, 3, 5];

/** What a run of the program said; what `show data` gives out is its purpose, all else is searched. */
interface Said {
  readonly args: readonly string[];
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

describe('an import of thousands of people', () => {
  let base: string;
  let data: string;
  const spoken: Said[] = [];
  const known = new Set<string>();

  beforeAll(async () => {
    base = mkdtempSync(join(tmpdir(), 'pdl-clear-'));
    data = join(base, 'data');
    for (let n = 0; n < PEOPLE; n += 1) {
      const { iin, phone } = markedPerson(n);
      known.add(iin).add(phone.slice(1));
    }
    const lines = Array.from({ length: PEOPLE }, (_, n) => [
      ...linesOf(n),
      ...(n % 20 === 0 ? badLines(n) : []),
    ]).flat();
    writeFileSync(join(base, 'people.ndjson'), `${lines.join('\n')}\n`);
    await pdl('init');
  });
  afterAll(() => rmSync(base, { recursive: true }));

  it('leaves no value in any file when it is killed half way', async () => {
    const child = start('import', join(base, 'people.ndjson'));
    mkdirSync(join(data, 'imports'), { recursive: true });
    // The first note of how far it came: log, vault and their WALs are full of people by then.
    const noted = watch(join(data, 'imports'), () => child.process.kill('SIGKILL'));
    expect(await child.said).toMatchObject({ code: null });
    noted.close();
    const names = filesOf(data);
    for (const name of ['vault.db-wal', 'log.db-wal', 'imports']) {
      expect(names.filter((each) => each.includes(name))).not.toEqual([]);
    }
    expect(found()).toEqual([]);
  });

  it('leaves no value in any file or any word of the program', async () => {
    const errors = join(base, 'errors.ndjson');
    const imported = await pdl('import', join(base, 'people.ndjson'), '--errors', errors);
    expect(imported.code).toBe(1);
    for (const n of SHOWN) {
      const { reference, name } = markedPerson(n);
      const ref = ['--ref', MARKED_SOURCE, reference];
      const shown = await pdl('show', 'data', ...ref, '--purpose', 'quicklid:3.1');
      expect(shown.stdout.includes(name)).toBe(n !== 1);
      await pdl('show', 'trail', ...ref);
    }
    await pdl('show', 'consents', '--ref', MARKED_SOURCE, 'zzmark nobody');
    expect((await pdl('rebuild')).code).toBe(0);
    expect((await pdl('verify')).code).toBe(0);
    expect(found()).toEqual([]);
    expect(marksIn(readFileSync(errors))).toEqual([]);
  });

  it('is searched by a search that finds what is there', () => {
    const { name, iin, phone } = markedPerson(5);
    for (const value of [name, `x${iin}7`, `9${phone}`, 'zzmark']) {
      const utf16 = Buffer.from(value, 'utf16le');
      for (const bytes of [Buffer.from(value), utf16, Buffer.from(utf16).swap16()]) {
        for (const before of [[], [0xd0], [0x04, 0x31, 0x04]]) {
          const around = Buffer.concat([Buffer.from(before), bytes, Buffer.of(0xff)]);
          expect([value, marksIn(around).length > 0]).toEqual([value, true]);
        }
      }
    }
    writeFileSync(join(data, 'planted'), `…${iin}…`);
    spoken.push({ args: ['planted'], code: 0, stdout: '', stderr: name });
    expect(found().map((each) => each.name)).toEqual(['planted', 'said by planted']);
  });

  /** Every mark and known number in the data directory and in what the program said. */
  function found(): readonly { readonly name: string; readonly what: readonly string[] }[] {
    const files = filesOf(data).map((name) => ({ name, bytes: readFileSync(join(data, name)) }));
    const words = spoken.map(({ args, stdout, stderr }) => ({
      name: `said by ${args[0]}`,
      bytes: Buffer.from(args[1] === 'data' ? stderr : stdout + stderr),
    }));
    return [...files, ...words]
      .map(({ name, bytes }) => ({ name, what: marksIn(bytes) }))
      .filter(({ what }) => what.length > 0);
  }

  /** Marks and known numbers in bytes, read as UTF-8 and as UTF-16 of either order at either offset. */
  function marksIn(bytes: Buffer): readonly string[] {
    // Whole units only: Node 24 writes over its own memory when it decodes an odd number of bytes at an odd address.
    const units = [0, 1].map((from) =>
      bytes.subarray(from, from + 2 * Math.floor((bytes.length - from) / 2)),
    );
    const texts = units.flatMap((each) => [
      each.toString('utf16le'),
      Buffer.from(each).swap16().toString('utf16le'),
    ]);
    texts.push(bytes.toString('utf8'));
    return texts.flatMap(marksInText);
  }

  function marksInText(text: string): readonly string[] {
    const marks = MARKS.filter((mark) => text.includes(mark));
    const numbers = [...text.matchAll(/\d{11,}/gu)].flatMap(([run]) =>
      Array.from(run, (_, at) => [run.slice(at, at + 11), run.slice(at, at + 12)])
        .flat()
        .filter((digits) => known.has(digits)),
    );
    return [...marks, ...numbers];
  }

  async function pdl(...args: readonly string[]): Promise<Said> {
    return start(...args).said;
  }

  function start(...args: readonly string[]): {
    readonly process: ReturnType<typeof spawn>;
    readonly said: Promise<Said>;
  } {
    const child = spawn(process.execPath, [CLI, '--data', data, '--json', ...args]);
    let [stdout, stderr] = ['', ''];
    child.stdout.on('data', (chunk) => (stdout += String(chunk)));
    child.stderr.on('data', (chunk) => (stderr += String(chunk)));
    const said = new Promise<Said>((resolve) => {
      child.once('close', (code) => {
        const all = { args, code, stdout, stderr };
        spoken.push(all);
        resolve(all);
      });
    });
    return { process: child, said };
  }
});

/** Paths of all files in a directory. */
function filesOf(directory: string): readonly string[] {
  return readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(directory.length + 1));
}
