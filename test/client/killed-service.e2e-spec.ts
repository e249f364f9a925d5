import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Emitter } from '#client';
import { SystemClock, initLedger, ledgerFiles, shippedPolicies } from '#ledger';
import { issueToken } from '#ledger/access';
import { registeredIn, serveIn, type Served } from '../served-child.js';
import { registrations } from './events-of.js';

const EVENTS = 2_000;

describe('an emitter whose service is killed', () => {
  const directory = join(mkdtempSync(join(tmpdir(), 'pdl-killed-')), 'data');
  const files = ledgerFiles(directory);
  const clock = new SystemClock();
  let service: Served;

  beforeAll(async () => {
    await initLedger({ files, clock, policies: shippedPolicies(), by: 'test' });
    service = await serveIn(directory, '0');
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
      service = await serveIn(directory, new URL(url).port);
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
