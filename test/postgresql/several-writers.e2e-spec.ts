import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { KeyDirectory, type SealedEvent } from '#vault';
import { PostgresVault } from '#vault/postgres';
import { onPostgres } from './server-for-tests.js';

const NOW = new Date('2026-03-02T09:00:00Z');
const LEDGER = '99999999-9999-4999-8999-999999999999';
const OPERATOR = 'akjet';
const NAME = 'Аманова Айгүл';
const MINUTE = 60_000;
const faster = { name: 'VaultError', code: 'NOT_AT_HAND' };

onPostgres('a vault in a database that several nodes write', (server) => {
  let folder: string;
  let keys: KeyDirectory;
  let url: string;
  let vault: PostgresVault;
  let other: PostgresVault;
  const opened: PostgresVault[] = [];
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'pdl-vault-keys-'));
    keys = KeyDirectory.create(join(folder, 'keys'));
    keys.addOperator(OPERATOR);
    url = await server.database();
    vault = await open();
    await vault.addOperator(OPERATOR, NOW);
    other = await open();
  });
  afterEach(async () => {
    for (const each of opened.splice(0)) await each.close().catch(() => undefined);
    rmSync(folder, { recursive: true });
  });

  it('is made once by two that start at once', async () => {
    url = await server.database();
    const [one, two] = await Promise.all([open(), open()]);
    const made = await server.run('SELECT name FROM pdl_vault.kysely_migration', url);
    expect(new Set(made.map((row) => row['name'])).size).toBe(made.length);
    await one.addOperator(OPERATOR, NOW);
    expect(await two.epochs()).toHaveLength(1);
  });

  it('keeps what each of them writes, at the same time', async () => {
    const written: SealedEvent[] = [];
    for (let n = 0; n < 8; n += 1) {
      const both = [await person(vault, `a${n}`), await person(other, `b${n}`)] as const;
      await Promise.all([vault.commit([both[0].eventId]), other.commit([both[1].eventId])]);
      vault.confirm([both[0].eventId], seen(BigInt(2 * n)));
      other.confirm([both[1].eventId], seen(BigInt(2 * n + 1)));
      written.push(...both);
    }
    await vault.close();
    await other.close();
    const again = await open();
    for (const event of written) expect(await again.check(event)).toBe('ok');
    expect(await again.sweep(async () => false)).toBe(0);
    expect(await again.seenLogs()).toMatchObject([{ size: 15n }]);
  });

  it('lets one of them record an id, and the other discard nothing of it', async () => {
    const id = vault.commandId(OPERATOR, 'urn:t', 'once');
    const first = await person(vault, 'one', id);
    await vault.commit([id]);
    await person(other, 'two', id);
    // What is written together with it is written.
    const third = await person(other, 'three');
    expect(await other.commit([id, third.eventId])).toEqual([id]);
    await other.discard([id]);
    expect(await other.check(third)).toBe('ok');
    expect(await count('envelopes', `event = '${id}'`)).toBe(1);
    expect(await vault.check(first)).toBe('ok');
    vault.confirm([id], seen(1n));
    await person(vault, 'four');
    await vault.commit();
    // Also when it is in the log: the other node may not have read so far.
    expect(await other.commit([id])).toEqual([id]);
    // A random id is nobody else's, and costs nothing.
    const random = randomUUID();
    expect(await vault.commit([random])).toEqual([]);
    expect(await other.commit([random])).toEqual([]);
  });

  it('takes for its own what a destruction wrote with its own', async () => {
    const { subject } = await committed('destroyed');
    const id = vault.commandId(OPERATOR, 'urn:t', 'early');
    const early = await person(vault, 'early', id);
    await vault.destroy([orderOn(subject)], NOW);
    expect(await other.commit([id])).toEqual([id]);
    await other.discard([id]);
    expect(await vault.commit([id])).toEqual([]);
    expect(await vault.check(early)).toBe('ok');
    // Once it is on its way nobody begins it again.
    expect(await vault.commit([id])).toEqual([id]);
  });

  it('has one of two registrations of a reference, and the other finds it', async () => {
    await person(vault, 'same');
    const lost = await person(other, 'same');
    await vault.commit();
    expect(await other.commit([lost.eventId])).toEqual([lost.eventId]);
    await other.discard([lost.eventId]);
    await other.ahead({ references: [named('same')] });
    expect(other.resolve('urn:t', 'same')).toHaveLength(1);
    expect(await count('envelopes', `event = '${lost.eventId}'`)).toBe(0);
  });

  it('is not swept of what another one is recording, but of what nobody records any more', async () => {
    const event = await person(other, 'under way');
    await other.commit();
    expect(await vault.sweep(async () => false, MINUTE)).toBe(0);
    expect(await other.check(event)).toBe('ok');
    await server.run(`UPDATE pdl_vault.claims SET since = since - interval '61 seconds'`, url);
    expect(await vault.sweep(async () => true, MINUTE)).toBe(0);
    expect(await other.check(event)).toBe('ok');
    const gone = await person(other, 'gone');
    await other.commit();
    await server.run(`UPDATE pdl_vault.claims SET since = since - interval '61 seconds'`, url);
    expect(await vault.sweep(async () => false, MINUTE)).toBe(1);
    expect(await count('envelopes', `event = '${gone.eventId}'`)).toBe(0);
    expect(await count('subjects', `subject = '${String(gone.subject)}'`)).toBe(0);
    expect(await other.check(event)).toBe('ok');
  });

  it('begins no epoch whose key file another one may have shredded', async () => {
    const { event } = await committed('kept');
    const holder = new pg.Client({ connectionString: url });
    await holder.connect();
    await holder.query(
      "BEGIN; SELECT pg_advisory_xact_lock_shared(hashtextextended('pdl_vault', 0))",
    );
    const rotated = vault.rotate(NOW, 'all');
    rotated.catch(() => undefined);
    // It has made its key file, and waits for the transaction that another one holds.
    await server.until("SELECT 1 FROM pdl_vault.meta WHERE key LIKE 'begun/%'", url);
    await holder.query("DELETE FROM pdl_vault.meta WHERE key LIKE 'begun/%'");
    await holder.query('COMMIT');
    await holder.end();
    await expect(rotated).rejects.toMatchObject(faster);
    expect(await other.check(event)).toBe('ok');
    expect(await other.epochs()).toMatchObject([{ epoch: 1 }]);
    expect(await other.rotate(NOW, 'all')).toMatchObject([{ epoch: 1, survivors: 1 }]);
    expect(await vault.check(event)).toBe('ok');
  });

  it('writes nothing under the key of somebody whom another node destroyed', async () => {
    const { subject, event } = await committed('gone');
    await other.destroy([orderOn(subject)], NOW);
    const { eventId } = seal(subject);
    const beside = await person(vault, 'beside');
    expect(await vault.commit([eventId, beside.eventId])).toEqual([eventId]);
    expect(await vault.check(beside)).toBe('ok');
    await vault.ahead({ subjects: [subject] });
    expect(() => seal(subject)).toThrow(expect.objectContaining({ code: 'DESTROYED' }));
    expect(await count('envelopes', `subject = '${subject}'`)).toBe(0);
    expect(await vault.check(event)).toBe('destroyed');
  });

  it('writes nothing under a generation that another node replaced, and opens by the new one', async () => {
    const { subject, event } = await committed('kept');
    await other.destroy([{ ...orderOn(subject), categories: ['akjet:phone'] }], NOW);
    const { eventId } = seal(subject);
    expect(await vault.commit([eventId])).toEqual([eventId]);
    expect(await vault.check(event)).toBe('ok');
    await vault.ahead({ subjects: [subject] });
    const next = seal(subject);
    await vault.commit();
    expect(await other.check(next)).toBe('ok');
  });

  it('wraps no key by an epoch that another node retired', async () => {
    await committed('first');
    const staged = await person(vault, 'staged');
    await other.rotate(NOW, 'all');
    expect(await vault.commit([staged.eventId])).toEqual([staged.eventId]);
    await vault.discard([staged.eventId]);
    const again = await person(vault, 'again');
    await vault.commit();
    expect(await other.check(again)).toBe('ok');
    expect(await other.epochs()).toMatchObject([{ epoch: 2, subjects: 2 }]);
  });

  it('knows nothing that was not read ahead, rather than that there is nothing', async () => {
    const { subject } = await committed('somebody');
    const fresh = await open();
    const notAtHand = expect.objectContaining({ code: 'NOT_AT_HAND' });
    expect(() => fresh.resolve('urn:t', 'somebody')).toThrow(notAtHand);
    expect(() => fresh.seal('subject', context(subject), { 'akjet:name': NAME })).toThrow(
      notAtHand,
    );
  });

  async function open(): Promise<PostgresVault> {
    const parts = { url, keys, ledgerId: LEDGER, canonicalJson };
    const made = await PostgresVault.open({ ...parts, mode: 'create' });
    opened.push(made);
    return made;
  }

  /** Registers somebody and stages a value. */
  async function person(
    on: PostgresVault,
    reference: string,
    eventId: string = randomUUID(),
  ): Promise<SealedEvent> {
    const subject = randomUUID();
    await on.ahead({ references: [named(reference)] });
    on.stageReference(OPERATOR, 'urn:t', reference, { kind: 'subject', id: subject, eventId });
    on.stageSubject(OPERATOR, subject, eventId, [{ scheme: 'PHONE', value: reference }]);
    return seal(subject, on, eventId);
  }

  async function committed(
    reference: string,
  ): Promise<{ readonly subject: string; readonly event: SealedEvent }> {
    const event = await person(vault, reference);
    await vault.commit();
    vault.confirm([event.eventId], seen(1n));
    return { subject: String(event.subject), event };
  }

  function seal(subject: string, on = vault, eventId: string = randomUUID()): SealedEvent {
    const at = { ...context(subject), eventId };
    const values = { 'akjet:name': NAME, 'akjet:phone': '+77000000001' };
    return { ...at, scope: 'subject', sealed: on.seal('subject', at, values) };
  }

  async function count(table: string, where: string): Promise<number> {
    return (await server.run(`SELECT 1 FROM pdl_vault.${table} WHERE ${where}`, url)).length;
  }
});

function canonicalJson(value: unknown): Uint8Array {
  return Buffer.from(JSON.stringify(value));
}

function named(reference: string): { readonly source: string; readonly reference: string } {
  return { source: 'urn:t', reference };
}

function context(subject: string) {
  const about = { operator: OPERATOR, eventType: 'DataCollected', schemaVersion: '1' };
  return { ...about, subject, eventId: randomUUID() };
}

function orderOn(subject: string) {
  return { order: randomUUID(), ordinal: 7n, operator: OPERATOR, subject, generation: 1 };
}

function seen(size: bigint) {
  return { ledgerId: LEDGER, size, hash: new Uint8Array(32) };
}
