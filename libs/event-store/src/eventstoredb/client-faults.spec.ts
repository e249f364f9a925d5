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

  const child = (mode: string) => {
    const file = new URL('../testing/eventstoredb/late-answer-child.js', import.meta.url);
    return spawnSync(process.execPath, [fileURLToPath(file), mode], {
      encoding: 'utf8',
      timeout: 60_000,
    });
  };

  it('rejects appends of one client when a call of another one fails, and ends the process when they are answered', () => {
    const { status, stdout, stderr } = child('bare');
    expect(stdout).toMatch(/second rejected/u);
    expect(stderr).toMatch(/TypeError: undefined is not iterable/u);
    expect(status).not.toBe(0);
  });

  it('does not end the process when it is guarded, and goes on', () => {
    const { status, stdout } = child('guarded');
    expect(stdout).toMatch(/second rejected\nnext answered\nwritten 3\nalive/u);
    expect(status).toBe(0);
  });

  it('still ends the process by any other error of its own', () => {
    const { status, stderr } = child('other');
    expect(stderr).toMatch(/TypeError: .*getTypeName/u);
    expect(status).not.toBe(0);
  });
});
