import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { KeyDirectory } from '../keys/key-directory.js';
import type { SealedEvent } from '../vault.js';
import { SqliteVault } from './sqlite-vault.js';

const NOW = new Date('2026-03-02T09:00:00Z');
const uuid = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
const [AIGUL, BOLAT] = [uuid(1), uuid(2)] as const;

describe('what is staged while keys change', () => {
  let directory: string;
  let vault: SqliteVault;
  beforeEach(async () => {
    directory = mkdtempSync(join(tmpdir(), 'pdl-vault-'));
    const keys = KeyDirectory.create(join(directory, 'keys'));
    keys.addOperator('akjet');
    vault = SqliteVault.open({
      file: join(directory, 'vault.db'),
      mode: 'write',
      keys,
      ledgerId: '99999999-9999-4999-8999-999999999999',
      canonicalJson: (value) => Buffer.from(JSON.stringify(value)),
    });
    await vault.addOperator('akjet', NOW);
    vault.stageSubject('akjet', AIGUL, uuid(10), []);
  });
  afterEach(async () => {
    await vault.close();
    rmSync(directory, { recursive: true });
  });

  it('is wrapped by an epoch that is in use, and stays readable', async () => {
    const rotating = vault.rotate(NOW, 'all');
    await writing();
    vault.stageSubject('akjet', BOLAT, uuid(11), []);
    const event = sealed(BOLAT, 12);
    expect(await rotating).toMatchObject([{ epoch: 1, survivors: 2 }]);
    await vault.commit();
    expect(await vault.check(event)).toBe('ok');
    expect(await vault.faults(NOW)).toEqual([]);
  });

  it('is sealed under the generation that survives the destruction of a category', async () => {
    const order = { order: uuid(50), ordinal: 7n, operator: 'akjet', subject: AIGUL };
    const categories = ['akjet:phone'];
    const destroying = vault.destroy([{ ...order, generation: 1, categories }], NOW);
    await writing();
    const event = sealed(AIGUL, 13);
    await destroying;
    await vault.commit();
    expect(await vault.check(event)).toBe('ok');
  });

  function sealed(subject: string, event: number): SealedEvent {
    const context = {
      operator: 'akjet',
      subject,
      eventId: uuid(event),
      eventType: 'DataCollected',
      schemaVersion: '1',
    };
    const values = { 'akjet:name': 'Айгүл' };
    return { ...context, scope: 'subject', sealed: vault.seal('subject', context, values) };
  }
});

/** Resolves when what was staged is on its way to the writing thread, whose answer needs another turn. */
async function writing(): Promise<void> {
  for (let turn = 0; turn < 8; turn += 1) await Promise.resolve();
}
