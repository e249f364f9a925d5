import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { DatabaseSync } from '@photostructure/sqlite';
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { KeyDirectory } from '../keys/key-directory.js';
import type { Opened, SealedEvent } from '../vault.js';
import { SqliteVault } from './sqlite-vault.js';

const NOW = new Date('2026-03-02T09:00:00Z');
const LEDGER = '99999999-9999-4999-8999-999999999999';
const SUBJECT = '00000000-0000-4000-8000-000000000001';
const OTHER = '00000000-0000-4000-8000-000000000002';
const uuid = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
const ORDER = { order: uuid(50), ordinal: 7n, operator: 'akjet', subject: SUBJECT, generation: 1 };

describe('a vault file that was damaged', () => {
  let directory: string;
  let vault: SqliteVault;
  let sealed: SealedEvent;
  let permits = 100;
  beforeEach(async () => {
    directory = mkdtempSync(join(tmpdir(), 'pdl-vault-'));
    const keys = KeyDirectory.create(join(directory, 'keys'));
    keys.addOperator('akjet');
    vault = open();
    await vault.addOperator('akjet', NOW);
    vault.stageSubject('akjet', SUBJECT, uuid(10), []);
    sealed = sealing(11);
    await vault.commit();
  });
  afterEach(async () => {
    await vault.close();
    rmSync(directory, { recursive: true });
  });

  const DAMAGES: readonly (readonly [string, string])[] = [
    ['an envelope', 'UPDATE envelopes SET ciphertext = zeroblob(64)'],
    ['a wrapped key', 'UPDATE subjects SET key = zeroblob(60)'],
    ['a missing key', 'DELETE FROM subjects'],
  ];

  it.each(DAMAGES)('is no obstacle to the destruction of a subject (%s)', async (_what, sql) => {
    await damage(sql);
    const [receipt] = await vault.destroy([ORDER], NOW);
    expect(receipt).toMatchObject({ epoch: 1, envelopes: 1 });
    expect(await read('akjet:name')).toEqual({ status: 'destroyed', order: ORDER.order });
    expect(await vault.epochs()).toMatchObject([{ retireBy: '2026-03-03T09:00:00.000Z' }]);
  });

  it.each(DAMAGES)('is no obstacle to the destruction of a category (%s)', async (_what, sql) => {
    await damage(sql);
    await vault.destroy([{ ...ORDER, categories: ['akjet:phone'] }], NOW);
    expect(await read('akjet:phone')).toEqual({ status: 'destroyed', order: ORDER.order });
    expect(await read('akjet:name')).toMatchObject({ status: 'unavailable' });
    sealed = sealing(12);
    await vault.commit();
    await vault.close();
    vault = open();
    expect(await read('akjet:name')).toEqual({ status: 'value', value: 'Айгүл' });
  });

  it('does not keep an epoch alive: the others survive its retirement', async () => {
    vault.stageSubject('akjet', OTHER, uuid(13), []);
    await vault.commit();
    await damage(`UPDATE subjects SET key = zeroblob(60) WHERE subject = '${OTHER}'`);
    const [retired] = await vault.rotate(NOW, 'all');
    expect(retired).toEqual({ operator: 'akjet', epoch: 1, survivors: 1 });
    expect(readdirSync(join(directory, 'keys'))).not.toContain('epoch-akjet-1.key');
    expect(await read('akjet:name')).toEqual({ status: 'value', value: 'Айгүл' });
  });

  it('is not opened when a bit of the text of its tables was flipped', async () => {
    await vault.close();
    const file = join(directory, 'vault.db');
    const whole = readFileSync(file, 'latin1');
    const renamed = whole.replace(
      'event TEXT NOT NULL, hash BLOB',
      'evens TEXT NOT NULL, hash BLOB',
    );
    expect(renamed).not.toBe(whole);
    writeFileSync(file, renamed, 'latin1');
    expect(() => open()).toThrow('does not hold the tables');
    writeFileSync(file, whole, 'latin1');
    vault = open();
  });

  it('waits for a damaged epoch key to be put back, and loses nothing by it', async () => {
    const file = join(directory, 'keys', 'epoch-akjet-1.key');
    const whole = readFileSync(file);
    writeFileSync(file, Buffer.alloc(whole.length));
    await damage('SELECT 1');
    const category = { ...ORDER, categories: ['akjet:phone'] };
    await expect(vault.destroy([category], NOW)).rejects.toMatchObject({ code: 'NO_KEY' });
    await expect(vault.rotate(NOW, 'all')).rejects.toMatchObject({ code: 'NO_KEY' });
    writeFileSync(file, whole);
    await vault.destroy([category], NOW);
    expect(await read('akjet:name')).toEqual({ status: 'value', value: 'Айгүл' });
  });

  it('keeps the old key when an order of the same group cannot be carried out', async () => {
    const category = { ...ORDER, categories: ['akjet:phone'] };
    const impossible = { ...category, order: uuid(51), operator: 'nobody', subject: OTHER };
    await expect(vault.destroy([category, impossible], NOW)).rejects.toThrow();
    expect(await read('akjet:name')).toEqual({ status: 'value', value: 'Айгүл' });
  });

  function open(): SqliteVault {
    return SqliteVault.open({
      file: join(directory, 'vault.db'),
      mode: 'write',
      keys: KeyDirectory.open(join(directory, 'keys')),
      ledgerId: LEDGER,
      canonicalJson: (value) => Buffer.from(JSON.stringify(value)),
    });
  }

  function sealing(n: number): SealedEvent {
    const context = {
      operator: 'akjet',
      subject: SUBJECT,
      eventId: uuid(n),
      eventType: 'DataCollected',
      schemaVersion: '1',
    };
    const values = { 'akjet:name': 'Айгүл', 'akjet:phone': '+77000000001' };
    return { ...context, scope: 'subject', sealed: vault.seal('subject', context, values) };
  }

  async function read(category: string): Promise<Opened | undefined> {
    const [answer] = await vault.open(uuid((permits += 1)), [{ from: sealed, category }]);
    return answer;
  }

  async function damage(sql: string): Promise<void> {
    await vault.close();
    const database = new DatabaseSync(join(directory, 'vault.db'));
    database.exec(sql);
    database.close();
    vault = open();
  }
});
