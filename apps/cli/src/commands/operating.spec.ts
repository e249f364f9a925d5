import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { decodeJwt, jwtVerify } from 'jose';
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ledgerFiles } from '#ledger';
import { TOKEN_AUDIENCE, localIssuer, openTokenKey } from '#ledger/access';

const CLI = fileURLToPath(new URL('../../../../../scripts/pdl.mjs', import.meta.url));

describe('what an operator of the program uses', () => {
  let data: string;
  const pdl = (...args: readonly string[]) =>
    spawnSync(process.execPath, [CLI, '--data', data, '--json', ...args], { encoding: 'utf8' });
  const token = (...args: readonly string[]): { token: string; expiresAt: string } =>
    JSON.parse(pdl('token', ...args).stdout) as { token: string; expiresAt: string };

  beforeAll(() => {
    data = mkdtempSync(join(tmpdir(), 'pdl-operating-'));
    expect(pdl('init').status).toBe(0);
  });
  afterAll(() => rmSync(data, { recursive: true }));

  it('issues a token that its own ledger accepts, bound to role, operator and sources', async () => {
    const issued = token(
      ...['--role', 'emitter', '--operator', 'quicklid', '--actor', 'backend'],
      ...['--mode', 'record', '--source', 'urn:loans', 'urn:cards', '--ttl', '90s'],
    );
    const { ledgerId } = JSON.parse(readFileSync(join(data, 'ledger.json'), 'utf8')) as {
      ledgerId: string;
    };
    const { payload } = await jwtVerify(issued.token, openTokenKey({ files: ledgerFiles(data) }), {
      issuer: localIssuer(ledgerId),
      audience: TOKEN_AUDIENCE,
      algorithms: ['HS256'],
    });
    expect(payload).toMatchObject({
      sub: 'backend',
      role: 'emitter',
      operator: 'quicklid',
      modes: ['record'],
      sources: ['urn:loans', 'urn:cards'],
    });
    expect((payload.exp ?? 0) - (payload.iat ?? 0)).toBe(90);
    expect(issued.expiresAt).toBe(new Date((payload.exp ?? 0) * 1000).toISOString());
  });

  it('binds no auditor to an operator unless it is told to', () => {
    expect(decodeJwt(token('--role', 'auditor').token)).not.toHaveProperty('operator');
  });

  it.each([
    [['--role', 'king'], 2],
    [['--role', 'emitter'], 2],
    [['--role', 'emitter', '--operator', 'nobody'], 1],
    [['--role', 'subject', '--operator', 'akjet'], 2],
    [['--role', 'subject', '--operator', 'akjet', '--subject', 'Айгүл'], 2],
    [['--role', 'officer', '--operator', 'akjet', '--mode', 'record'], 2],
    [['--role', 'admin', '--ttl', '31d'], 2],
    [['--role', 'admin', '--ttl', 'soon'], 2],
  ] as const)('issues nothing for %j', (args, status) => {
    expect(pdl('token', ...args)).toMatchObject({ status, stdout: '' });
  });

  it('finds nothing wrong with a fresh ledger, and says where the keys lie', () => {
    const { status, stdout } = pdl('doctor');
    const { ok, checks } = JSON.parse(stdout) as { ok: boolean; checks: { name: string }[] };
    expect([status, ok]).toEqual([0, true]);
    expect(checks.map(({ name }) => name)).toEqual([
      'node',
      'time-zone',
      'disk',
      'key-modes',
      'key-place',
      'key-epochs',
      'sqlite',
      'durability',
      'store',
      'views',
    ]);
    expect(stdout).toContain('every copy of it copies the keys');
  });

  it('calls a key file that others may read a fault', () => {
    chmodSync(join(data, 'keys', 'root.key'), 0o640);
    const { status, stdout } = pdl('doctor');
    chmodSync(join(data, 'keys', 'root.key'), 0o600);
    expect([status, stdout]).toEqual([1, expect.stringContaining('others may read root.key')]);
  });

  const shell = (name: string): typeof it | typeof it.skip =>
    spawnSync(name, ['-c', 'true']).status === 0 ? it : it.skip;

  shell('bash')(
    'completes commands, flags and closed choices in bash (skipped where there is no bash)',
    () => {
      const completed = (...words: readonly string[]): string =>
        spawnSync(
          'bash',
          [
            '-c',
            `eval "$(cat)"; COMP_WORDS=(pdl "$@"); COMP_CWORD=${words.length}; _pdl; echo "\${COMPREPLY[@]}"`,
            'bash',
            ...words,
          ],
          { encoding: 'utf8', input: pdl('completion', 'bash').stdout },
        ).stdout.trim();
      expect(completed('imp')).toBe('import');
      expect(completed('import', '--mo')).toBe('--mode');
      expect(completed('import', 'enf')).toBe('enforce');
      expect(completed('--data', 'd', 'policy', 'act')).toBe('activate');
    },
  );

  shell('zsh')('prints zsh completion that zsh can read (skipped where there is no zsh)', () => {
    const { stdout: input } = pdl('completion', 'zsh');
    expect(spawnSync('zsh', ['-n'], { input }).status).toBe(0);
  });

  shell('fish')(
    'prints fish completion that fish can read (skipped where there is no fish)',
    () => {
      const { stdout: input } = pdl('completion', 'fish');
      expect(spawnSync('fish', ['-n'], { input }).status).toBe(0);
    },
  );

  it('names every command in each shell’s completion', () => {
    for (const name of ['bash', 'zsh', 'fish']) {
      const { stdout } = pdl('completion', name);
      for (const command of ['init', 'import', 'verify', 'token', 'doctor', 'completion']) {
        expect(stdout).toContain(command);
      }
    }
  });
});
