import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ELSEWHERE, EXPIRED, LOCALHOST } from '#event-store/testing/eventstoredb';
import { KeyDirectory, type SealedEvent } from '#vault';
import { PostgresVault } from '#vault/postgres';
import { onPostgres } from './server-for-tests.js';

const NOW = new Date('2026-03-02T09:00:00Z');
const LATER = new Date('2026-03-04T09:00:00Z');
const LEDGER = '99999999-9999-4999-8999-999999999999';
const OPERATOR = 'akjet';
const NAME = 'Аманова Айгүл';

onPostgres('a vault in a database', (server) => {
  let folder: string;
  let keys: KeyDirectory;
  let url: string;
  let vault: PostgresVault;
  /** Every subject's key in clear: what a vault draws while it stages a subject, nonces aside. */
  let clearKeys: Buffer[];
  let isMakingKey = false;
  const opened: PostgresVault[] = [];
  beforeEach(async () => {
    clearKeys = [];
    folder = mkdtempSync(join(tmpdir(), 'pdl-vault-keys-'));
    keys = KeyDirectory.create(join(folder, 'keys'));
    keys.addOperator(OPERATOR);
    url = await server.database();
    vault = await open();
    await vault.addOperator(OPERATOR, NOW);
  });
  afterEach(async () => {
    for (const each of opened.splice(0)) await each.close().catch(() => undefined);
    rmSync(folder, { recursive: true });
  });

  describe('whose server fails', () => {
    it.each(['fast', 'crash'] as const)(
      'says so, keeps what it had, leaves nothing half behind, and goes on when it is back (%s)',
      async (how) => {
        const before = await person('before');
        await vault.commit();
        vault.confirm([before.eventId], seen(1n));
        const lost = await person('lost');
        await server.own.stop(how);
        await expect(vault.commit()).rejects.toMatchObject({ name: 'VaultError', code: 'IO' });
        await vault.discard([lost.eventId]);
        await expect(vault.check(before)).rejects.toMatchObject({ code: 'IO' });
        await server.own.start();
        expect(await vault.check(before)).toBe('ok');
        const after = await person('after');
        await vault.commit();
        vault.confirm([after.eventId], seen(2n));
        expect(await vault.check(after)).toBe('ok');
        await vault.close();
        vault = await open();
        expect(await vault.sweep(async () => true)).toBe(0);
        await vault.ahead({ references: [named('lost'), named('after')] });
        expect(vault.resolve('urn:t', 'lost')).toEqual([]);
        expect(vault.resolve('urn:t', 'after')).toHaveLength(1);
      },
    );

    it('says of which events it lost the rows when something else was to write them first', async () => {
      const { subject } = await committed('destroyed');
      const lost = await person('lost');
      await server.own.stop();
      await expect(vault.destroy([orderOn(subject)], NOW)).rejects.toMatchObject({ code: 'IO' });
      await server.own.start();
      const kept = await person('kept');
      expect(await vault.commit([lost.eventId, kept.eventId])).toEqual([lost.eventId]);
      await vault.discard([lost.eventId]);
      expect(await vault.commit([lost.eventId])).toEqual([]);
      expect(await vault.check(kept)).toBe('ok');
    });

    it('forgets rows that were discarded while it was away, though they had been written', async () => {
      const written = await person('written');
      await vault.commit();
      await server.own.stop();
      await vault.discard([written.eventId]);
      await server.own.start();
      await person('next');
      await vault.commit();
      expect(await count('envelopes', `event = '${written.eventId}'`)).toBe(0);
      expect(await count('subjects', `subject = '${String(written.subject)}'`)).toBe(0);
      expect(await count('refs', `event = '${written.eventId}'`)).toBe(0);
      expect(await count('envelopes', 'true')).toBe(1);
    });
  });

  describe('that forgets', () => {
    it('has no row left, and in its files no key that was not wrapped', async () => {
      const { subject, event } = await committed('forgotten');
      const kept = await committed('kept');
      const [row] = await server.run(
        `SELECT encode(ciphertext, 'hex') AS text FROM pdl_vault.envelopes WHERE id = '${event.sealed.envelope}'`,
        url,
      );
      const ciphertext = Buffer.from(String(row?.['text']), 'hex');
      await server.run('CHECKPOINT');
      expect(filesWith('base', ciphertext)).toBeGreaterThan(0);
      await vault.destroy([orderOn(subject)], NOW);
      for (const table of ['envelopes', 'identifiers', 'subjects'])
        expect(await count(table, `subject = '${subject}'`)).toBe(0);
      await server.run('VACUUM FULL', url);
      await server.run('CHECKPOINT');
      expect(filesWith('base', ciphertext)).toBe(0);
      const epoch = keys.epochKey(OPERATOR, 1);
      const secrets = [...clearKeys, epoch, keys.indexKey(OPERATOR, 1)];
      expect(clearKeys).toHaveLength(2);
      for (const secret of secrets) expect(filesWith('', secret)).toBe(0);
      expect(await vault.rotate(LATER, 'soon')).toMatchObject([{ epoch: 1, survivors: 1 }]);
      expect(await vault.check(kept.event)).toBe('ok');
    });
  });

  describe('that is not to be used', () => {
    const failing = async (change: (at: URL) => void): Promise<unknown> => {
      const other = new URL(url);
      change(other);
      return open(other.href).catch((error: unknown) => error);
    };

    it('names a refused password, a missing database and a connection that is not safe', async () => {
      await server.askPasswords();
      const wrong = await failing((at) => {
        at.username = 'visitor';
        at.password = 'marked-password';
      });
      expect(wrong).toMatchObject({ name: 'VaultError', code: 'ACCESS_DENIED' });
      expect(String(wrong)).not.toContain('marked-password');
      expect(await failing((at) => void (at.pathname = '/none'))).toMatchObject({
        code: 'ACCESS_DENIED',
      });
      expect(await failing((at) => at.searchParams.set('sslmode', 'require'))).toMatchObject({
        code: 'TLS',
      });
    });

    it('names a certificate file that cannot be read', async () => {
      const missing = await failing((at) => {
        at.searchParams.set('sslmode', 'verify-full');
        at.searchParams.set('sslrootcert', '/no/such.pem');
      });
      expect(missing).toMatchObject({
        code: 'TLS',
        message: 'a certificate file of the database cannot be read: /no/such.pem (ENOENT)',
      });
    });

    it.each([
      ['that nobody it trusts vouches for', LOCALHOST, ELSEWHERE],
      ['of another name', ELSEWHERE, ELSEWHERE],
      ['that is out of date', EXPIRED, EXPIRED],
    ])('refuses a certificate %s (verify-full)', async (_what, shown, trusted) => {
      await server.show(shown);
      await expect(open(server.trusting(trusted, url))).rejects.toMatchObject({ code: 'TLS' });
      await server.show(LOCALHOST);
      expect(await open(server.trusting(LOCALHOST, url))).toBeInstanceOf(PostgresVault);
    });

    it('refuses a server that acknowledges before it is durable', async () => {
      const { pathname } = new URL(url);
      await server.run(`ALTER DATABASE ${pathname.slice(1)} SET synchronous_commit = off`);
      await expect(open()).rejects.toMatchObject({ code: 'NOT_DURABLE' });
    });

    it('refuses another ledger’s vault, a newer one, and to open what is not there', async () => {
      const other = { url, keys, canonicalJson, mode: 'write' } as const;
      await expect(PostgresVault.open({ ...other, ledgerId: randomUUID() })).rejects.toMatchObject({
        code: 'WRONG_LOG',
      });
      await server.run("INSERT INTO pdl_vault.kysely_migration VALUES ('9999-next', 'now')", url);
      await expect(open()).rejects.toMatchObject({ code: 'NEWER_FORMAT' });
      const empty = await server.database();
      for (const mode of ['read', 'write'] as const) {
        const none = PostgresVault.open({ ...other, url: empty, mode, ledgerId: LEDGER });
        await expect(none).rejects.toMatchObject({ code: 'NOT_FOUND' });
      }
    });
  });

  async function open(at = url): Promise<PostgresVault> {
    const made = await PostgresVault.open({
      url: at,
      mode: 'create',
      keys,
      ledgerId: LEDGER,
      canonicalJson,
      random: (size) => {
        const bytes = randomBytes(size);
        if (isMakingKey && size === 32) clearKeys.push(bytes);
        return bytes;
      },
    });
    opened.push(made);
    return made;
  }

  /** Registers somebody and stages a value. */
  async function person(reference: string): Promise<SealedEvent> {
    const subject = randomUUID();
    const eventId = randomUUID();
    await vault.ahead({ references: [named(reference)] });
    vault.stageReference(OPERATOR, 'urn:t', reference, { kind: 'subject', id: subject, eventId });
    isMakingKey = true;
    vault.stageSubject(OPERATOR, subject, eventId, [{ scheme: 'PHONE', value: reference }]);
    isMakingKey = false;
    return seal(subject, eventId);
  }

  async function committed(
    reference: string,
  ): Promise<{ readonly subject: string; readonly event: SealedEvent }> {
    const event = await person(reference);
    await vault.commit();
    vault.confirm([event.eventId], seen(1n));
    return { subject: String(event.subject), event };
  }

  function seal(subject: string, eventId: string = randomUUID()): SealedEvent {
    const at = { ...context(subject), eventId };
    const values = { 'akjet:name': NAME, 'akjet:phone': '+77000000001' };
    return { ...at, scope: 'subject', sealed: vault.seal('subject', at, values) };
  }

  async function count(table: string, where: string): Promise<number> {
    return (await server.run(`SELECT 1 FROM pdl_vault.${table} WHERE ${where}`, url)).length;
  }

  /** How many files below a folder of the data directory hold these bytes. */
  function filesWith(below: string, bytes: Buffer): number {
    const root = join(server.own.data, below);
    const paths = readdirSync(root, { recursive: true, withFileTypes: true });
    const files = paths.filter((entry) => entry.isFile());
    return files.filter(({ parentPath, name }) => {
      return readFileSync(join(parentPath, name)).includes(bytes);
    }).length;
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
