import { binaryEvent, EventStoreDBClient, NO_STREAM } from '@eventstore/db-client';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { OnDouble, type EventStoreDbDouble } from '../testing/eventstoredb/index.js';

/** What the official client does wrong, and what this adapter is built around: a newer client that does not is told here. */
describe('the client, version 6.2.1,', () => {
  let on: OnDouble;
  let double: EventStoreDbDouble;
  const event = () => binaryEvent({ type: 'DataUsed', data: Buffer.from('{}') });

  beforeEach(async () => {
    on = new OnDouble();
    double = await on.server();
  });
  afterEach(async () => on.end());

  it('says revision 1 of any conflict that it does not throw: such connection strings are refused', async () => {
    const client = EventStoreDBClient.connectionString(`${double.url}&throwOnAppendFailure=false`);
    for (let n = 0; n < 5; n += 1) await client.appendToStream('a', event());
    const conflict = await client.appendToStream('a', event(), { expectedRevision: NO_STREAM });
    expect(conflict).toMatchObject({ success: false, nextExpectedRevision: 1n });
    await client.dispose();
  });

  it('lets no deadline end a batch append or a read: the adapter has timers of its own', async () => {
    const client = EventStoreDBClient.connectionString(double.url);
    await client.appendToStream('a', event());
    double.faults = () => 'swallow';
    double.isReading = false;
    const reading = client.readStream('a', { deadline: 20 });
    reading.on('error', () => undefined);
    const settled = Promise.race([
      client.appendToStream('a', event(), { deadline: 20 }).catch(() => 'rejected'),
      new Promise((resolve) => reading.on('close', resolve)),
      new Promise((resolve) => setTimeout(resolve, 200, 'pending')),
    ]);
    expect(await settled).toBe('pending');
    await client.dispose();
  });

  const child = (scene: string, client: 'bare' | 'guarded') => {
    const file = new URL('../testing/eventstoredb/client-fault-child.js', import.meta.url);
    const options = { encoding: 'utf8', timeout: 60_000 } as const;
    return spawnSync(process.execPath, [fileURLToPath(file), scene, client], options);
  };

  it('rejects appends of one client when a call of another one fails, and ends the process when they are answered', () => {
    const { status, stderr } = child('late', 'bare');
    expect(stderr).toMatch(/TypeError: undefined is not iterable/u);
    expect(status).not.toBe(0);
  });

  it('does not end the process so when it is guarded, and goes on', () => {
    const { status, stdout } = child('late', 'guarded');
    expect(stdout).toBe('rejected, next answered, written 3\n');
    expect(status).toBe(0);
  });

  it('ends the process when a call fails for which writes are waiting', () => {
    const { status, stderr } = child('stalled', 'bare');
    expect(stderr).toMatch(/UNAVAILABLE/u);
    expect(status).not.toBe(0);
  });

  it('does not end the process so when it is guarded, rejects the appends, and goes on', () => {
    const { status, stdout } = child('stalled', 'guarded');
    expect(stdout).toBe('rejected, next answered\n');
    expect(status).toBe(0);
  });

  it('ends the process when a call fails while no member of the cluster is found', () => {
    const { status, stderr } = child('undiscovered', 'bare');
    expect(stderr).toMatch(/Failed to discover/u);
    expect(status).not.toBe(0);
  });

  it('does not end the process so when it is guarded; but finds no member ever again, and must be replaced', () => {
    const { status, stdout } = child('undiscovered', 'guarded');
    expect(stdout).toBe('rejected, next rejected\n');
    expect(status).toBe(0);
  });

  it('still ends the process by any other error of its own', () => {
    const { status, stderr } = child('other', 'guarded');
    expect(stderr).toMatch(/TypeError: .*getTypeName/u);
    expect(status).not.toBe(0);
  });
});
