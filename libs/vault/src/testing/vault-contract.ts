import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { KeyDirectory } from '../keys/key-directory.js';
import type { CanonicalJson } from '../sealing/envelope.js';
import type { Sealed, SealedEvent, Vault } from '../vault.js';

/** How a suite gets a vault: `open` again after `close` must find what was committed. */
export interface VaultUnderTest {
  open(options: {
    readonly keys: KeyDirectory;
    readonly ledgerId: string;
    readonly canonicalJson: CanonicalJson;
  }): Promise<Vault>;
  /** Everything the adapter has stored anywhere, so that it can be searched. */
  stored(): Promise<readonly Uint8Array[]>;
  /** Puts a row into the table of tombstones, past the vault: what the subject has is there again. */
  bury(subject: string, order: string, receipt: string): Promise<void>;
  remove(): Promise<void>;
}

const NOW = new Date('2026-03-02T09:00:00Z');
const LEDGER = '99999999-9999-4999-8999-999999999999';
const id = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
const AIGUL = id(1);
const NAME = 'Аманова Айгүл';
const IIN = '791119300072';
const PHONE = '+77000000001';
const REFERENCE = 'case-173688';

/** What every vault promises. */
export function vaultContract(name: string, make: () => Promise<VaultUnderTest>): void {
  describe(`${name} as a vault`, () => {
    let place: VaultUnderTest;
    let folder: string;
    let keys: KeyDirectory;
    let vault: Vault;
    const open = async (): Promise<Vault> =>
      place.open({
        keys,
        ledgerId: LEDGER,
        canonicalJson: (value) => Buffer.from(JSON.stringify(value)),
      });
    const context = (n: number) =>
      ({
        operator: 'akjet',
        subject: AIGUL,
        eventId: id(n),
        eventType: 'DataCollected',
        schemaVersion: '1',
      }) as const;
    const at = (n: number, sealed: Sealed): SealedEvent => ({
      ...context(n),
      scope: 'subject',
      sealed,
    });
    const order = { order: id(50), ordinal: 7n, operator: 'akjet', subject: AIGUL, generation: 1 };
    const keyFile = (epoch: number): string => join(folder, 'keys', `epoch-akjet-${epoch}.key`);
    let collected: SealedEvent;

    beforeEach(async () => {
      place = await make();
      folder = mkdtempSync(join(tmpdir(), 'pdl-vault-keys-'));
      keys = KeyDirectory.create(join(folder, 'keys'));
      keys.addOperator('akjet');
      vault = await open();
      await vault.addOperator('akjet', NOW);
      await atHand(REFERENCE);
      vault.stageReference('akjet', 'urn:loans', REFERENCE, {
        kind: 'subject',
        id: AIGUL,
        eventId: id(10),
      });
      vault.stageSubject('akjet', AIGUL, id(10), [{ scheme: 'KZ-IIN', value: IIN }]);
      collected = at(
        11,
        vault.seal('subject', context(11), { 'akjet:name': NAME, 'akjet:phone': PHONE }),
      );
      await vault.commit();
      vault.confirm([id(10), id(11)], { ledgerId: LEDGER, size: 2n, hash: Buffer.alloc(32) });
    });
    afterEach(async () => {
      await vault.close();
      await place.remove();
      rmSync(folder, { recursive: true });
    });
    const atHand = async (reference: string, source = 'urn:loans'): Promise<void> =>
      vault.ahead({ references: [{ source, reference }], subjects: [AIGUL] });
    const resolved = async (source: string, reference: string) => {
      await atHand(reference, source);
      return vault.resolve(source, reference);
    };
    const read = async (category: string, permit = 90): Promise<unknown> =>
      (await vault.open(id(permit), [{ from: collected, category }]))[0];

    it('opens a value for one acknowledged event, once', async () => {
      expect(await read('akjet:name')).toEqual({ status: 'value', value: NAME });
      await expect(read('akjet:name')).rejects.toMatchObject({ name: 'VaultError' });
    });

    it('finds references and identifiers, also before they are committed', async () => {
      expect(await resolved('urn:loans', REFERENCE)).toEqual([
        { operator: 'akjet', kind: 'subject', id: AIGUL, destroyed: false },
      ]);
      await atHand('new');
      vault.stageReference('akjet', 'urn:loans', 'new', {
        kind: 'recipient',
        id: id(2),
        eventId: id(12),
      });
      expect(await resolved('urn:loans', 'new')).toHaveLength(1);
      expect(await resolved('urn:other', REFERENCE)).toEqual([]);
      expect(await vault.lookup('akjet', { scheme: 'KZ-IIN', value: IIN })).toEqual([AIGUL]);
      expect(await vault.lookup('akjet', { scheme: 'KZ-BIN', value: IIN })).toEqual([]);
    });

    it('derives ids of commands that depend on every part and never repeat a boundary', () => {
      const ids = [
        ['a', 'bc'],
        ['ab', 'c'],
        ['a', 'b'],
      ].map(([source = '', own = '']) => vault.commandId('akjet', source, own));
      expect(new Set(ids).size).toBe(3);
      expect(vault.commandId('akjet', 'a', 'bc')).toBe(ids[0]);
      expect(ids[0]).toMatch(
        /^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
      );
    });

    it('compares a repeat without giving anything out', async () => {
      expect(await vault.same(collected, { 'akjet:name': NAME, 'akjet:phone': PHONE })).toBe(
        'equal',
      );
      expect(await vault.same(collected, { 'akjet:name': NAME, 'akjet:phone': '+7' })).toBe(
        'different',
      );
    });

    it('calls a value unavailable when it is not what the log committed to', async () => {
      const commitments = { ...collected.sealed.commitments, 'akjet:name': 'x'.repeat(43) };
      const wrong = { ...collected, sealed: { ...collected.sealed, commitments } };
      const [answer] = await vault.open(id(91), [{ from: wrong, category: 'akjet:name' }]);
      expect(answer).toMatchObject({ status: 'unavailable' });
      expect(await vault.check(wrong)).toMatchObject({ item: collected.sealed.envelope });
      expect(await vault.check(collected)).toBe('ok');
    });

    it('forgets a subject for good, and says by which order', async () => {
      await vault.destroy([order], NOW);
      expect(await read('akjet:name')).toEqual({ status: 'destroyed', order: id(50) });
      expect(await vault.check(collected)).toBe('destroyed');
      expect(await vault.lookup('akjet', { scheme: 'KZ-IIN', value: IIN })).toEqual([]);
      expect((await resolved('urn:loans', REFERENCE))[0]?.destroyed).toBe(true);
      expect(() => vault.seal('subject', context(12), { 'akjet:name': NAME })).toThrow('destroyed');
      expect(() => vault.stageSubject('akjet', AIGUL, id(12), [])).toThrow('destroyed');
      expect(await vault.appliedThrough()).toBe(7n);
    });

    it('carries out an order once, however often it is told', async () => {
      const [first] = await vault.destroy([order], NOW);
      expect(await vault.destroy([order], NOW)).toEqual([first]);
      expect(first).toMatchObject({ envelopes: 1, method: 'crypto-shred' });
    });

    it('knows every order that it carried out, also where a later one names the same, and makes no key anew', async () => {
      const orders = [
        { ...order, categories: ['akjet:phone'] },
        { ...order, order: id(51), generation: 2, categories: ['akjet:phone', 'akjet:name'] },
        { ...order, order: id(52), generation: 3 },
      ];
      const receipts = [];
      for (const one of orders) receipts.push(...(await vault.destroy([one], NOW)));
      // What a start does after a crash.
      expect(await vault.destroy(orders, NOW)).toEqual(receipts);
      const late = { ...order, order: id(53), categories: ['akjet:photo'] };
      expect(await vault.destroy([late], NOW)).toMatchObject([{ envelopes: 0 }]);
      expect(await vault.epochs()).toMatchObject([{ epoch: 1, subjects: 0 }]);
    });

    it.each(['a start', 'a rotation'])(
      'names what came back of the destroyed, and shreds it at %s: no epoch wraps its key again',
      async (when) => {
        const [receipt] = await vault.destroy([{ ...order, subject: id(8) }], NOW);
        await place.bury(AIGUL, id(52), JSON.stringify({ ...receipt, order: id(52) }));
        expect(await vault.faults(NOW)).toContainEqual({
          item: AIGUL,
          reason: 'was destroyed and has rows in the vault again: any start shreds them',
        });
        if (when === 'a start') await vault.sweep(async () => true);
        const [retired] = await vault.rotate(NOW, 'all');
        expect(retired).toMatchObject({ survivors: 0 });
        expect(await vault.lookup('akjet', { scheme: 'KZ-IIN', value: IIN })).toEqual([]);
        expect(await vault.epochs()).toMatchObject([{ epoch: 2, subjects: 0 }]);
        expect(await vault.faults(NOW)).toEqual([]);
      },
    );

    it('forgets one category and keeps the others under their old commitments', async () => {
      await vault.destroy([{ ...order, categories: ['akjet:phone'] }], NOW);
      expect(await read('akjet:phone', 92)).toEqual({ status: 'destroyed', order: id(50) });
      expect(await read('akjet:name', 93)).toEqual({ status: 'value', value: NAME });
      expect(await vault.check(collected)).toBe('ok');
    });

    it('finds somebody by an identifier after a category is forgotten and the epoch retired', async () => {
      await vault.destroy([{ ...order, categories: ['akjet:phone'] }], NOW);
      expect(await vault.faults(NOW)).toEqual([]);
      await vault.rotate(NOW, 'all');
      expect(await vault.lookup('akjet', { scheme: 'KZ-IIN', value: IIN })).toEqual([AIGUL]);
      expect(await vault.faults(NOW)).toEqual([]);
    });

    it('keeps what is filed when the subject is gone', async () => {
      const filed = vault.seal('operator', context(13), { 'pdl:act': '12/2026' });
      await vault.destroy([order], NOW);
      const from: SealedEvent = { ...context(13), scope: 'operator', sealed: filed };
      expect(await vault.open(id(94), [{ from, category: 'pdl:act' }])).toEqual([
        { status: 'value', value: '12/2026' },
      ]);
    });

    it('retires the epoch of a destruction long before it is due, when it is asked to', async () => {
      await vault.addOperator('quicklid', NOW);
      await vault.destroy([order], NOW);
      const retired = [{ operator: 'akjet', epoch: 1, survivors: 0 }];
      expect(await vault.rotate(NOW, 'due')).toEqual(retired);
      expect(await vault.rotate(NOW, 'due')).toEqual(retired);
      expect(await vault.epochs()).toMatchObject([
        { operator: 'akjet', epoch: 2, retireBy: null },
        { operator: 'quicklid', epoch: 1, retireBy: null },
      ]);
    });

    it('retires the epoch of a destruction when it is due: survivors stay readable, its key file is gone', async () => {
      const bolat = id(3);
      vault.stageSubject('akjet', bolat, id(14), [{ scheme: 'PHONE', value: PHONE }]);
      await vault.destroy([order], NOW);
      expect(await vault.rotate(NOW, 'soon')).toEqual([]);
      const due = new Date(NOW.getTime() + 24 * 60 * 60 * 1000);
      expect(await vault.faults(due)).toHaveLength(1);
      const anHourBefore = due.getTime() - 60 * 60 * 1000;
      expect(await vault.rotate(new Date(anHourBefore - 1), 'soon')).toEqual([]);
      expect(await vault.rotate(new Date(anHourBefore), 'soon')).toEqual([
        { operator: 'akjet', epoch: 1, survivors: 1 },
      ]);
      expect(readdirSync(join(folder, 'keys'))).not.toContain('epoch-akjet-1.key');
      expect(await vault.lookup('akjet', { scheme: 'PHONE', value: PHONE })).toEqual([bolat]);
      expect(await vault.faults(due)).toEqual([]);
    });

    it('names a retired epoch key that comes back', async () => {
      const copy = join(folder, 'epoch-copy');
      copyFileSync(keyFile(1), copy);
      await vault.rotate(NOW, 'all');
      copyFileSync(copy, keyFile(1));
      chmodSync(keyFile(1), 0o600);
      expect(await vault.faults(NOW)).toEqual([
        {
          item: 'epoch-akjet-1',
          reason: 'the key file of a retired epoch is there: any start shreds it',
        },
      ]);
      await vault.rotate(NOW, 'soon');
      expect(await vault.faults(NOW)).toEqual([]);
    });

    it('sweeps what was pending on events that never came into the log', async () => {
      await atHand('lost');
      vault.stageReference('akjet', 'urn:loans', 'lost', {
        kind: 'subject',
        id: id(4),
        eventId: id(15),
      });
      vault.stageSubject('akjet', id(4), id(15), []);
      await vault.commit();
      expect(await vault.sweep(async (event) => event !== id(15))).toBe(1);
      await vault.close();
      vault = await open();
      expect(await resolved('urn:loans', 'lost')).toEqual([]);
      expect(await resolved('urn:loans', REFERENCE)).toHaveLength(1);
    });

    it('remembers the log, in its file and beside the keys', async () => {
      const log = { ledgerId: LEDGER, size: 9n, hash: new Uint8Array(32).fill(5) };
      await vault.rememberLog(log, true);
      await vault.close();
      vault = await open();
      expect(await vault.seenLogs()).toEqual([log, log]);
      expect(await vault.completedThrough()).toBe(9n);
    });

    it('holds no value, identifier or reference in clear, anywhere', async () => {
      await vault.actor('akjet', 'Дана Оспанова');
      await vault.destroy([{ ...order, categories: ['akjet:phone'] }], NOW);
      const files = readdirSync(join(folder, 'keys')).map((each) =>
        readFileSync(join(folder, 'keys', each)),
      );
      const stored = [...files, ...(await place.stored())].map((bytes) => Buffer.from(bytes));
      expect(stored.length).toBeGreaterThan(files.length);
      for (const secret of [NAME, IIN, PHONE, REFERENCE, 'urn:loans', 'Дана Оспанова']) {
        const utf16 = Buffer.from(secret, 'utf16le');
        const found = stored.filter((bytes) => bytes.includes(secret) || bytes.includes(utf16));
        expect([secret, found.length]).toEqual([secret, 0]);
      }
    });

    it('names every epoch it ever retired, so that none goes unrecorded', async () => {
      const first = { operator: 'akjet', epoch: 1, survivors: 1 };
      expect(await vault.rotate(NOW, 'all')).toEqual([first]);
      expect(await vault.rotate(NOW, 'all')).toEqual([first, { ...first, epoch: 2 }]);
      await vault.close();
      vault = await open();
      expect(await vault.rotate(NOW, 'soon')).toHaveLength(2);
    });

    it('shreds the key file of a retired epoch that came back, at the next start', async () => {
      const copy = readFileSync(keyFile(1));
      await vault.rotate(NOW, 'all');
      writeFileSync(keyFile(1), copy, { mode: 0o600 });
      await vault.sweep(async () => true);
      expect(existsSync(keyFile(1))).toBe(false);
      expect(await read('akjet:name')).toEqual({ status: 'value', value: NAME });
    });

    it('never touches a key file that is newer than itself: it may be an older copy', async () => {
      keys.createEpoch('akjet', 2);
      const newer = readFileSync(keyFile(2));
      expect(await vault.faults(NOW)).toMatchObject([{ item: 'epoch-akjet-2' }]);
      await vault.sweep(async () => true);
      await vault.rotate(NOW, 'all');
      expect(readFileSync(keyFile(2))).toEqual(newer);
      expect(await vault.epochs()).toMatchObject([{ epoch: 3 }]);
      expect(await read('akjet:name')).toEqual({ status: 'value', value: NAME });
    });

    it('gives nothing out for a subject whose key it never had', async () => {
      const strange = { ...collected, subject: id(77) };
      const [answer] = await vault.open(id(95), [{ from: strange, category: 'akjet:name' }]);
      expect(answer).toMatchObject({ status: 'unavailable' });
    });

    it('seals what is on its way under the right key when something else is discarded meanwhile', async () => {
      const waiting = at(13, vault.seal('subject', context(13), { 'akjet:name': NAME }));
      await vault.discard([id(14)]);
      await vault.commit();
      expect(await vault.check(waiting)).toBe('ok');
    });

    it('keeps the key of whoever is just being registered when something else is discarded', async () => {
      vault.stageSubject('akjet', id(6), id(20), []);
      await vault.discard([id(21)]);
      const sealed = vault.seal(
        'subject',
        { ...context(22), subject: id(6) },
        { 'akjet:name': NAME },
      );
      await vault.commit();
      const waiting = { ...at(22, sealed), subject: id(6) };
      expect(await vault.check(waiting)).toBe('ok');
      await vault.discard([id(20)]);
      expect(() =>
        vault.seal('subject', { ...context(23), subject: id(6) }, { 'akjet:name': NAME }),
      ).toThrow(expect.objectContaining({ code: 'UNKNOWN_SUBJECT' }));
    });

    it('keeps values over a restart, and forgets what was discarded', async () => {
      vault.stageSubject('akjet', id(5), id(16), [{ scheme: 'PHONE', value: PHONE }]);
      await vault.commit();
      await vault.discard([id(16)]);
      await vault.close();
      vault = await open();
      expect(await read('akjet:name')).toEqual({ status: 'value', value: NAME });
      expect(await vault.lookup('akjet', { scheme: 'PHONE', value: PHONE })).toEqual([]);
    });
  });
}
