import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse, stringify } from 'yaml';
import type { Policy } from '#domain';

// Every row of the command table, as a program from outside sees it: stdout, stderr and the exit code.
const ROOT = new URL('../../', import.meta.url);
const CLI = fileURLToPath(new URL('scripts/pdl.mjs', ROOT));
const AKJET = fileURLToPath(new URL('policies/akjet-2026-02-26.yaml', ROOT));
const AKJET_VERSION = ['akjet', '2026-02-26'];
const COMMANDS = [
  ...['init', 'policy', 'policy show', 'policy check', 'policy publish', 'policy activate'],
  ...['import', 'show', 'replay', 'rebuild', 'destroy', 'keys', 'verify', 'doctor', 'token'],
  ...['bench', 'demo', 'completion', 'migrate'],
];
const REFERENCE = ['--ref', 'urn:cli', 'case-1'];
const PURPOSE = 'quicklid:3.1';
const NAME = 'Аманова Айгүл';
const DIGEST = /^[0-9a-f]{64}$/u;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/u;

type Json = Record<string, unknown>;

const event = (id: string, type: string, data: object): string =>
  JSON.stringify({
    specversion: '1.0',
    id,
    source: 'urn:cli',
    subject: 'case-1',
    time: '2024-09-30T19:45:13Z',
    type: `kz.pdl.${type}.v1`,
    data,
  });
const CONSENT = {
  purpose: PURPOSE,
  categories: ['quicklid:name', 'quicklid:phone'],
  thirdParties: false,
  crossBorder: false,
  publication: false,
  channel: 'WRITTEN',
  evidence: { kind: 'written', language: 'kk' },
};
const COLLECT = {
  purpose: PURPOSE,
  basis: { code: 'KZ-CONSENT' },
  medium: 'automated',
  dataSource: { kind: 'subject' },
  data: { 'quicklid:name': NAME, 'quicklid:phone': '+77000000001' },
};
const EVENTS = [
  event('1', 'subject.registered', { operator: 'quicklid', kind: 'individual' }),
  event('2', 'consent.given', CONSENT),
  event('3', 'operation.collect', COLLECT),
  event('4', 'operation.collect', { ...COLLECT, purpose: 'quicklid:3.8' }),
  'a line about nobody',
];

describe('the command line', () => {
  let base: string;
  let data: string;
  const raw = (args: readonly string[], input = '', env: NodeJS.ProcessEnv = {}) =>
    spawnSync(process.execPath, [CLI, '--data', data, ...args], {
      encoding: 'utf8',
      input,
      env: { ...process.env, LC_ALL: 'C', ...env },
    });
  const words = (...args: readonly string[]): string => raw(args).stdout;
  /** The last object on stdout, with the exit code. */
  const json = (...args: readonly string[]): { status: number | null; told: Json } => {
    const { status, stdout } = raw([...args, '--json']);
    const line = stdout.trim().split('\n').at(-1) ?? '';
    return { status, told: JSON.parse(line === '' ? '{}' : line) as Json };
  };
  const complaint = (...args: readonly string[]): { status: number | null; said: Json } => {
    const { status, stdout, stderr } = raw([...args, '--json']);
    expect(stdout).toBe('');
    return { status, said: JSON.parse(stderr) as Json };
  };

  beforeAll(() => {
    base = mkdtempSync(join(tmpdir(), 'pdl-cli-'));
    data = join(base, 'data');
    writeFileSync(join(base, 'events.ndjson'), EVENTS.join('\n'));
  });
  afterAll(() => rmSync(base, { recursive: true }));

  it('inits once, and says which policies are in force by which rulings', () => {
    const { status, told } = json('init');
    expect(status).toBe(0);
    expect(told).toMatchObject({ data, ledgerId: expect.stringMatching(UUID) as unknown });
    expect(told['policies']).toEqual([
      expect.objectContaining({ id: 'akjet', version: '2026-02-26' }),
      expect.objectContaining({ id: 'quicklid', version: '2020-12-22' }),
    ]);
    const [akjet] = told['policies'] as readonly { hash: string; rulings: readonly string[] }[];
    expect(akjet?.hash).toMatch(/^sha256:[0-9a-f]{64}$/u);
    expect(akjet?.rulings).toContain('C-01=R-01');
    const again = complaint('init');
    expect(again.status).toBe(2);
    expect(again.said).toEqual({ code: 'ALREADY_INITIALISED', message: expect.any(String) });
  });

  it('imports: totals of the run on stdout, bad lines in a file without their content', () => {
    const errors = join(base, 'errors.ndjson');
    const { status, told } = json('import', join(base, 'events.ndjson'), '--errors', errors);
    expect(status).toBe(1);
    expect(told).toEqual({
      read: 5,
      accepted: 3,
      duplicates: 0,
      refused: 1,
      refusedByCode: { CONSENT_NOT_GIVEN: 1 },
      violations: 0,
      failed: 1,
      seconds: expect.any(Number),
      eventsPerSecond: expect.any(Number),
    });
    const bad = readFileSync(errors, 'utf8').trim().split('\n');
    expect(bad.map((line) => JSON.parse(line) as Json)).toEqual([
      { line: 5, code: 'INVALID_JSON', message: expect.any(String) },
    ]);
    expect(bad.join()).not.toContain('nobody');
  });

  it('imports standard input from its start, in words too', () => {
    const { status, stdout, stderr } = raw(['import', '-'], EVENTS.join('\n'));
    expect([status, stderr]).toEqual([1, expect.stringContaining('--errors FILE')]);
    expect(stdout).toMatch(/^5 lines in [\d.]+ s/u);
    expect(stdout).toMatch(/duplicates +4\n/u);
    expect(raw(['import', '-'], '').status).toBe(0);
  });

  it.each([
    ['import', 'x', '--errors', '/nonexistent/bad.ndjson'],
    ['import', 'x', '--errors', tmpdir()],
  ])('opens the file of --errors before it imports: %j', (command, _file, flag, place) => {
    const { status, said } = complaint(command, join(base, 'events.ndjson'), flag, place);
    expect([status, said['message']]).toEqual([2, expect.stringContaining('--errors')]);
  });

  it('shows a policy with its table, rulings and findings', () => {
    const { status, told } = json('policy', 'show', 'akjet');
    expect(status).toBe(0);
    expect(told['purposes']).toHaveLength(7);
    expect(told['categories']).toContainEqual(
      expect.objectContaining({
        code: 'akjet:iin',
        clause: expect.any(String) as unknown,
        name: { kk: expect.any(String) as unknown, ru: expect.any(String) as unknown },
      }),
    );
    expect(told['table']).toContainEqual({
      purpose: 'akjet:5.6-mailing',
      kind: 'authorised-person',
      categories: ['akjet:name', 'akjet:phone'],
    });
    expect(told['rulings']).toHaveLength(17);
    expect(told['findings']).toHaveLength(17);
    expect(complaint('policy', 'show', 'nobody').status).toBe(1);
    expect(complaint('policy', 'show', 'akjet', '--version', '1999-01-01').status).toBe(1);
  });

  it('checks a policy file, and names what is missing before it can be put in force', () => {
    const unruled = { ...policyFile(), version: '2027-01-01' };
    const file = join(base, 'unruled.yaml');
    writeFileSync(file, stringify({ ...unruled, rulings: unruled.rulings.slice(1) }));
    expect(json('policy', 'check', AKJET)).toMatchObject({ status: 0, told: { ok: true } });
    const { status, told } = json('policy', 'check', file);
    expect([status, told['ok']]).toEqual([1, false]);
    expect(told['findings']).toContainEqual({
      code: 'RULING_MISSING',
      severity: 'error',
      path: 'contradictions.C-01',
      message: expect.stringContaining('C-01') as unknown,
    });
    expect(json('policy', 'publish', file)).toMatchObject({
      status: 0,
      told: { type: 'PolicyPublished', data: { version: '2027-01-01' } },
    });
    const refused = complaint('policy', 'activate', 'akjet', '2027-01-01');
    expect(refused.status).toBe(1);
    expect(refused.said).toMatchObject({
      code: 'RULING_MISSING',
      message: expect.stringContaining('C-01') as unknown,
    });
  });

  it.each([
    [['--ruling', 'C-01=whatever'], 2, /R-01 or operator-procedure/u],
    [['--ruling', 'C-77=R-01'], 2, /policy show/u],
    [['--ruling', 'C-01'], 2, /CODE=OPTION/u],
    [['--effective-from', 'tomorrow'], 2, /ISO 8601/u],
    [['--effective-from', '2020-01-01T00:00:00Z'], 2, /past/u],
  ] as const)('activates nothing by %j', (flags, status, says) => {
    const { status: got, said } = complaint('policy', 'activate', 'akjet', '2027-01-01', ...flags);
    expect([got, said['message']]).toEqual([status, expect.stringMatching(says)]);
  });

  it('activates a version once its rulings are given', () => {
    const activate = ['policy', 'activate', 'akjet', '2027-01-01', '--ruling', 'C-01=R-01'];
    expect(json(...activate)).toMatchObject({ status: 0, told: { type: 'PolicyActivated' } });
  });

  it('shows only the categories asked for, and records the reading once', () => {
    const before = json('replay', '--digest').told['events'];
    const { status, told } = json(
      ...['show', 'data', ...REFERENCE, '--purpose', PURPOSE],
      ...['--categories', 'quicklid:name'],
    );
    expect(status).toBe(0);
    expect(told).toMatchObject({ asOf: null, withheld: [] });
    expect(Object.keys(told['data'] as Json)).toEqual(['quicklid:name']);
    expect(told['position']).toBe(String(before));
    expect(json('replay', '--digest').told['events']).toBe(Number(before) + 1);
  });

  it('refuses a read outside the purpose with a code, and shows history all the same', () => {
    const refused = json('show', 'data', ...REFERENCE, '--purpose', 'quicklid:3.8');
    expect(refused).toMatchObject({ status: 1, told: { code: 'CONSENT_NOT_GIVEN' } });
    expect(json('show', 'consents', ...REFERENCE).told['consents']).toHaveLength(1);
    expect(json('show', 'disclosures', ...REFERENCE).told).toEqual({ disclosures: [] });
    const page = json('show', 'trail', ...REFERENCE, '--limit', '2').told;
    expect(page['entries']).toHaveLength(2);
    const rest = json('show', 'trail', ...REFERENCE, '--after', String(page['next'])).told;
    expect((rest['entries'] as Json[])[0]).toMatchObject({ type: 'DataCollected' });
    const collected = json('show', 'trail', ...REFERENCE, '--operation', 'collect').told;
    expect((collected['entries'] as Json[]).map(({ verdict }) => verdict)).toEqual([
      'lawful',
      'refused',
    ]);
  });

  it('replays, rebuilds and verifies to one and the same state', () => {
    const replayed = json('replay', '--digest').told;
    expect(replayed['digest']).toMatch(/^sha256:/u);
    const { status, told } = json('rebuild');
    expect([status, told['equalsLive']]).toEqual([0, true]);
    expect(told['views']).toEqual(json('replay', '--digest').told['views']);
    for (const digest of Object.values(told['views'] as Json)) expect(digest).toMatch(DIGEST);
    expect(json('verify')).toMatchObject({ status: 0, told: { ok: true, firstFault: null } });
    expect(json('rebuild', 'consents').told['views']).toEqual({
      consents: (told['views'] as Json)['consents'],
    });
  });

  it('rebuilds without any key', () => {
    const [withKeys, without] = [json('rebuild'), json('rebuild', '--keys', join(base, 'no keys'))];
    expect(without).toMatchObject({ status: 0, told: { equalsLive: true } });
    expect(without.told['views']).toEqual(withKeys.told['views']);
  });

  it('verifies without keys what can be, and says what was left; with some of them that some are missing', () => {
    const [none, some] = [join(base, 'no keys'), join(base, 'some keys')];
    cpSync(join(data, 'keys'), some, { recursive: true });
    rmSync(join(some, 'root.key'));
    const without = raw(['verify', '--json', '--keys', none]);
    expect(without.status).toBe(0);
    expect(JSON.parse(without.stdout)).toMatchObject({ ok: true, checked: { keys: false } });
    expect(without.stderr).toMatch(
      /without keys, envelopes and the anchor MAC were left unchecked/u,
    );
    const missing = raw(['verify', '--json', '--keys', some]);
    expect(missing.status).toBe(1);
    expect(JSON.parse(missing.stdout)).toMatchObject({ firstFault: { item: 'keys' } });
  });

  it('destroys: the ground first, then the certificate, then DESTROYED for ever', () => {
    const subject = subjectId();
    const destroy = ['destroy', '--subject', subject, '--act', '7/2026', '--ground'];
    const unshown = json(...destroy, 'KZ-18.3', '--dry-run');
    expect(unshown).toMatchObject({ status: 1, told: { code: 'EVIDENCE_MISSING' } });
    const withdrawal = event('9', 'consent.withdrawn', { purpose: PURPOSE });
    expect(raw(['import', '-'], withdrawal).status).toBe(0);
    expect(json(...destroy, 'KZ-24.1.5', '--dry-run')).toMatchObject({ status: 0 });
    const { status, told } = json(...destroy, 'KZ-24.1.5', '--approved-by', 'Дана');
    expect([status, told['certificate']]).toEqual([
      0,
      expect.objectContaining({ stage: 'shredded', subject, categories: null }),
    ]);
    expect(json('show', 'data', ...REFERENCE, '--purpose', PURPOSE)).toMatchObject({
      status: 1,
      told: { code: 'DESTROYED', certificate: told['certificate'] },
    });
    expect(json('show', 'trail', ...REFERENCE).status).toBe(0);
    expect(words('show', 'data', ...REFERENCE, '--purpose', PURPOSE, '--lang', 'ru')).toMatch(
      /Данные уничтожены[^]*Свидетельство об уничтожении/u,
    );
  });

  it('names key epochs, and what a rotation retired', () => {
    const due = json('keys', 'status').told['epochs'] as Json[];
    expect(due.find(({ operator }) => operator === 'quicklid')?.['retireBy']).not.toBeNull();
    const { status, told } = json('keys', 'rotate');
    expect(status).toBe(0);
    expect(told['retired']).toContainEqual({ operator: 'quicklid', epoch: 1, survivors: 0 });
    expect(words('keys', 'status')).toMatch(/operator +epoch[^]*quicklid +2/u);
  });

  it('looks for keys where PDL_KEYS says, unless --keys says otherwise', () => {
    const elsewhere = { PDL_KEYS: join(base, 'elsewhere') };
    expect(raw(['keys', 'status'], '', elsewhere).status).toBe(3);
    expect(raw(['--keys', join(data, 'keys'), 'keys', 'status'], '', elsewhere).status).toBe(0);
    expect(raw(['keys', 'status'], '', { PDL_KEYS: '' }).status).toBe(0);
  });

  it.each([
    [['imprt'], /unknown command 'imprt' \(Did you mean import\?\)/u],
    [['import', '--colour'], /unknown option '--colour'/u],
    [['policy', 'foo'], /unknown command 'foo'/u],
    [['show'], /missing required argument 'what'/u],
    [['show', 'data', '--subject', 'Айгүл'], /uuid/u],
    [['show', 'data', '--purpose', PURPOSE], /--subject UUID or by --ref/u],
    [['show', 'data', ...REFERENCE], /--purpose/u],
    [['show', 'trail', ...REFERENCE, '--after', 'x'], /position/u],
    [['show', 'trail', ...REFERENCE, '--limit', '0'], /whole number/u],
    [['import', '-', '--mode', 'guess'], /enforce, record/u],
    [['policy', 'check', '/nonexistent.yaml'], /not there/u],
    [['policy', 'check', CLI], /not YAML \(line \d+\)/u],
    [['--lang', 'de', 'init'], /kk, ru, en/u],
    [['init'], /nothing was touched: use it/u],
    [['import', '/nonexistent.ndjson'], /check its path/u],
    [['replay', '--as-of', 'March 2026'], /a position or an ISO 8601 time/u],
    [['replay', '--as-of', '2026-03-01T09:00:00', '--digest'], /a position or an ISO 8601 time/u],
    [['show', 'trail', ...REFERENCE, '--to', '2026-02-31T00:00:00Z'], /take a time such as/u],
    [
      ['policy', 'activate', ...AKJET_VERSION, '--effective-from', '2099-02-31T00:00:00Z'],
      /ISO 8601/u,
    ],
  ] as const)('answers %j with 2 and one sentence that says what to do', (args, says) => {
    const { status, said } = complaint(...args);
    expect([status, said]).toEqual([
      2,
      { code: expect.any(String), message: expect.stringMatching(says) },
    ]);
    expect(String(said['message'])).not.toContain('\n');
  });

  it.each([
    [['show', 'trail', '--ref', 'urn:cli', 'nobody'], /check source and subject/u],
    [['show', 'trail', '--subject', '11111111-1111-4111-8111-111111111111'], /check the id/u],
    [['policy', 'show', 'akjet', '--version', '1'], /check id and version/u],
  ] as const)('answers %j with 1 and one sentence that says what to do', (args, says) => {
    const { status, said } = complaint(...args);
    expect([status, said['message']]).toEqual([1, expect.stringMatching(says)]);
  });

  it('takes an empty PDL_DATA for none', () => {
    const { status, stderr } = spawnSync(process.execPath, [CLI, 'doctor'], {
      cwd: base,
      encoding: 'utf8',
      env: { ...process.env, PDL_DATA: '' },
    });
    expect([status, stderr]).toEqual([0, '']);
  });

  it('answers with 3 where there is no ledger, or where it cannot write', () => {
    const elsewhere = spawnSync(
      process.execPath,
      [CLI, '--data', join(base, 'nowhere'), 'verify', '--json'],
      { encoding: 'utf8' },
    );
    expect([elsewhere.status, elsewhere.stderr]).toEqual([3, expect.stringContaining('pdl init')]);
    const full = spawnSync('sh', ['-c', `"${process.execPath}" "${CLI}" --help >/dev/full`]);
    expect(full.status).toBe(3);
  });

  it('goes quietly when nobody reads on', () => {
    const cut = `"${process.execPath}" "${CLI}" --data "${data}" replay --json | head -n 1`;
    const { stdout, stderr } = spawnSync('sh', ['-c', cut], { encoding: 'utf8' });
    expect([stdout.startsWith('{"position":"0"'), stderr]).toEqual([true, '']);
  });

  it.each(COMMANDS)('explains pdl %s with an example', (command) => {
    const { status, stdout } = raw([...command.split(' '), '--help']);
    expect(status).toBe(0);
    expect(stdout).toMatch(/Examples?:\n .*pdl /u);
  });

  it('explains itself in less than 0.3 s, the better of five', () => {
    const milliseconds = Array.from({ length: 5 }, () => {
      const began = performance.now();
      raw(['--help']);
      return performance.now() - began;
    });
    expect(Math.min(...milliseconds)).toBeLessThan(300);
  });

  it.each([
    [{ LC_ALL: 'kk_KZ.UTF-8' }, [], 'Мақсаттар'],
    [{ LC_ALL: '', LANG: 'ru_RU.UTF-8' }, [], 'Цели'],
    [{ LC_ALL: 'de_DE.UTF-8' }, [], 'Purposes'],
    [{ LC_ALL: 'kk_KZ.UTF-8' }, ['--lang', 'en'], 'Purposes'],
  ] as const)('speaks the language of %j and %j', (env, flags, heading) => {
    expect(raw(['policy', 'show', 'akjet', ...flags], '', env).stdout).toContain(`\n${heading}\n`);
  });

  it('keeps --json free of language', () => {
    const told = ['kk', 'ru', 'en'].map(
      (lang) => raw(['policy', 'show', 'akjet', '--json', '--lang', lang]).stdout,
    );
    expect(new Set(told).size).toBe(1);
  });

  function subjectId(): string {
    const registered = raw(['replay', '--json'])
      .stdout.trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { event: { type: string; data: { subject: string } } })
      .find(({ event: { type } }) => type === 'SubjectRegistered');
    return registered?.event.data.subject ?? '';
  }
});

function policyFile(): Policy {
  return parse(readFileSync(AKJET, 'utf8')) as Policy;
}
