import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { Emitter } from '#client';
import {
  SystemClock,
  initLedger,
  issueToken,
  ledgerFiles,
  openLedger,
  shippedPolicies,
} from '#ledger';
import { registrations } from './events-of.js';

const CLI = fileURLToPath(new URL('../../../scripts/pdl.mjs', import.meta.url));
const EVENTS = 2_000;

describe('an emitter whose service is killed', () => {
  const directory = join(mkdtempSync(join(tmpdir(), 'pdl-killed-')), 'data');
  const files = ledgerFiles(directory);
  const clock = new SystemClock();
  let service: { readonly child: ChildProcess; readonly url: string };

  const start = async (port: string): Promise<typeof service> => {
    const child = spawn(process.execPath, [CLI, '--data', directory, 'serve', '--port', port], {
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    const [line] = (await once(createInterface(child.stdout), 'line')) as [string];
    return { child, url: (JSON.parse(line) as { listening: string }).listening };
  };

  beforeAll(async () => {
    await initLedger({ files, clock, policies: shippedPolicies(), by: 'test' });
    service = await start('0');
  });
  afterAll(() => {
    service.child.kill('SIGKILL');
    rmSync(join(directory, '..'), { recursive: true });
  });

  it('loses no event and doubles none', async () => {
    const now = clock.now();
    const claims = { role: 'emitter', operator: 'quicklid', actor: 'loans' } as const;
    const { token } = await issueToken({ files }, claims, { now, seconds: 600 });
    const { url } = service;
    let dead: Promise<unknown> | undefined;
    let restarts = 0;
    const restart = async (): Promise<void> => {
      if (dead === undefined) return;
      await dead;
      dead = undefined;
      service = await start(new URL(url).port);
      restarts += 1;
    };
    const emitter = new Emitter({
      url,
      token: () => token,
      timing: { wait: restart, random: () => 1 },
    });
    const told = new Map<string, string>();
    let count = 0;
    for await (const { id, status, position = '' } of emitter.emitAll(registrations(EVENTS))) {
      expect(['accepted', 'duplicate']).toContain(status);
      told.set(id ?? '', position);
      count += 1;
      // The next batch is on its way when the results of this one come.
      if (count % 1_000 !== 500) continue;
      dead = once(service.child, 'exit');
      service.child.kill('SIGKILL');
    }
    expect([count, told.size, new Set(told.values()).size]).toEqual([EVENTS, EVENTS, EVENTS]);
    expect(restarts).toBe(2);

    const ended = once(service.child, 'exit');
    service.child.kill('SIGTERM');
    expect(await ended).toEqual([0, null]);
    expect(await registeredIn(directory)).toEqual(
      [...told.values()].map(BigInt).sort((a, b) => Number(a - b)),
    );
  });
});

/** Positions of all registrations in the log. */
async function registeredIn(directory: string): Promise<readonly bigint[]> {
  const ledger = await openLedger({
    files: ledgerFiles(directory),
    clock: new SystemClock(),
    onFatal: (error) => {
      throw error;
    },
  });
  const found: bigint[] = [];
  for await (const batch of ledger.parts.store.readAll())
    for (const { type, ordinal } of batch) if (type === 'SubjectRegistered') found.push(ordinal);
  await ledger.close();
  return found;
}
