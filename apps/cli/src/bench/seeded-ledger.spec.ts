import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { replayDigest, verifyLedger } from '#ledger';
import { SeededLedger } from './seeded-ledger.js';

describe('a seeded ledger', () => {
  let folder: string;
  let seeded: SeededLedger;
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'pdl-seeded-'));
    seeded = await SeededLedger.make(folder, 400);
  });
  afterEach(async () => {
    await seeded.close();
    rmSync(folder, { recursive: true, maxRetries: 20, retryDelay: 50 });
  });

  it('passes verification but for the values, which were never sealed', async () => {
    await seeded.close();
    const { checked, faults } = await verifyLedger(seeded.ledger.parts.files, { now: new Date() });
    expect(checked).toMatchObject({ events: 400, keys: true });
    expect(checked.verdicts).toBeGreaterThan(300);
    expect([...new Set(faults.map(({ reason }) => reason))]).toEqual([
      'the envelope is missing or cannot be opened',
    ]);
    seeded = await SeededLedger.make(join(folder, 'another'), 60);
  });

  it('tells of every subject a whole story', async () => {
    const types = new Set<string>();
    for await (const batch of seeded.ledger.parts.store.readAll())
      for (const { type } of batch) types.add(type);
    expect([...types]).toEqual(
      expect.arrayContaining(['ConsentGiven', 'DataCollected', 'DataProvided', 'OperationRefused']),
    );
  });

  it('says of each subject how many events it has', async () => {
    const { store } = seeded.ledger.parts;
    await store.append(seeded.next());
    const counts = new Map<string, number>();
    for await (const batch of store.readAll())
      for (const { stream } of batch) counts.set(stream, (counts.get(stream) ?? 0) + 1);
    const found = [...counts].filter(([stream]) => stream.startsWith('subject-'));
    const expected = Array.from({ length: seeded.subjects }, (_, n) => seeded.eventsOf(n));
    expect(found.map(([, count]) => count)).toEqual(expected);
  });

  it('has views that equal a fold from scratch', async () => {
    const views = await seeded.ledger.views();
    const { views: digests } = await replayDigest(seeded.ledger.parts.store);
    expect((await views.state()).digests).toEqual(digests);
  });
});
