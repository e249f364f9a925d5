import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SystemClock, initLedger, ledgerFiles, shippedPolicies } from '#ledger';
import { issueToken } from '#ledger/access';
import { registeredIn, serveIn, type Served } from '../served-child.js';

const SENDERS = 16;
const ANSWERS_BEFORE_STOP = 200;

describe('a service that is told to stop under load', () => {
  const directory = join(mkdtempSync(join(tmpdir(), 'pdl-stopped-')), 'data');
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

  it('answers what it records, records what it answers, and exits 0', async () => {
    const claims = { role: 'emitter', operator: 'quicklid', actor: 'loans' } as const;
    const issued = await issueToken({ files }, claims, { now: clock.now(), seconds: 600 });
    const asked = {
      method: 'POST',
      headers: { authorization: `Bearer ${issued.token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ operator: 'quicklid', kind: 'individual' }),
    };
    const positions: bigint[] = [];
    const others = new Set<number>();
    const ended = once(service.child, 'exit');

    const send = async (): Promise<void> => {
      for (;;) {
        const answer = await fetch(`${service.url}/v1/subjects`, asked).catch(() => undefined);
        if (answer === undefined) return;
        const { position } = (await answer.json()) as { position?: string };
        if (position === undefined) others.add(answer.status);
        else positions.push(BigInt(position));
        if (positions.length === ANSWERS_BEFORE_STOP) service.child.kill('SIGTERM');
      }
    };
    await Promise.all(Array.from({ length: SENDERS }, send));

    expect(await ended).toEqual([0, null]);
    // What comes while it closes is turned away, and is not recorded.
    expect([...others].filter((status) => status !== 503)).toEqual([]);
    expect(positions.length).toBeGreaterThanOrEqual(ANSWERS_BEFORE_STOP);
    expect(await registeredIn(directory)).toEqual(positions.sort((a, b) => Number(a - b)));
  });
});
