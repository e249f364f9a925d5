import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  Clock,
  destroySubject,
  initLedger,
  ledgerFiles,
  openLedger,
  readData,
  rotateKeys,
  shippedPolicies,
  submit,
  verifyLedger,
  type Answer,
  type Ledger,
} from '#ledger';
import { parseEvent } from '#ledger/intake';

const NOW = new Date('2026-03-02T09:00:00Z');
const PURPOSE = 'quicklid:3.1';
const SOURCE = 'urn:test';
const OPERATOR = 'quicklid';

const CONSENT = {
  purpose: PURPOSE,
  categories: ['quicklid:name'],
  thirdParties: false,
  crossBorder: false,
  publication: false,
  channel: 'WRITTEN',
  evidence: { kind: 'written', language: 'kk' },
};

const COLLECTION = {
  purpose: PURPOSE,
  basis: { code: 'KZ-CONSENT' },
  medium: 'automated',
  dataSource: { kind: 'subject' },
};

class FixedClock extends Clock {
  now(): Date {
    return NOW;
  }
}

/** What of a ledger can be put back by itself: the log with its anchor, each file with the WAL beside it. */
const PARTS = [
  { name: 'log', files: /^log\.db/u },
  { name: 'vault', files: /^vault\.db/u },
  { name: 'keys', files: /^keys$/u },
  { name: 'views', files: /^views\.db/u },
] as const;

/** What becomes of a ledger of which some parts are those of before a destruction. */
interface Row {
  readonly parts: string;
  /** The first fault that `verify` names, before any start. */
  readonly named: RegExp | null;
  /** Code with which a start refuses; absent: it starts, and the person is still destroyed. */
  readonly refuses?: string;
  /** What `verify` still names after a start and a close. */
  readonly left?: RegExp;
}

const NOT_CARRIED_OUT = /order of destruction that is not carried out/u;
const OLDER_LOG = /^log /u;
const OLDER_VIEWED_LOG = /^views .* an older log was put back/u;
const ACT_LOST = /the envelope is missing/u;
const OLDER_KEYS = /older key directory/u;
const KEY_BACK = /key file of a retired epoch is there/u;

/** `KZ-24.1.5` carried out, the epoch of the key not yet retired. */
const DESTROYED: readonly Row[] = [
  // Vault, keys and views each remember how long the log was; one of them that is not put back is enough.
  { parts: 'log', named: OLDER_LOG, refuses: 'ROLLED_BACK' },
  { parts: 'log vault', named: OLDER_LOG, refuses: 'ROLLED_BACK' },
  { parts: 'log keys', named: OLDER_LOG, refuses: 'ROLLED_BACK' },
  { parts: 'log views', named: OLDER_LOG, refuses: 'ROLLED_BACK' },
  { parts: 'log vault keys', named: OLDER_VIEWED_LOG, refuses: 'ROLLED_BACK' },
  { parts: 'log vault views', named: OLDER_LOG, refuses: 'ROLLED_BACK' },
  { parts: 'log keys views', named: OLDER_LOG, refuses: 'ROLLED_BACK' },
  // An older vault meets the order in the log, and carries it out again before anything is opened. What was filed since
  // (the act's number) is lost with the newer vault, and is named until that is put back.
  { parts: 'vault', named: NOT_CARRIED_OUT, left: ACT_LOST },
  { parts: 'vault views', named: NOT_CARRIED_OUT, left: ACT_LOST },
  { parts: 'vault keys', named: NOT_CARRIED_OUT, left: ACT_LOST },
  { parts: 'vault keys views', named: NOT_CARRIED_OUT, left: ACT_LOST },
  // The same keys as today's, but their mark of the log is behind; the next close moves it on.
  { parts: 'keys', named: OLDER_KEYS },
  { parts: 'keys views', named: OLDER_KEYS },
  // Views are a fold: older ones catch up.
  { parts: 'views', named: null },
];

/** The same, after the epoch that wrapped the key was retired and the survivor's key wrapped by the next. */
const ROTATED: readonly Row[] = [
  { parts: 'log', named: OLDER_LOG, refuses: 'ROLLED_BACK' },
  { parts: 'log vault', named: OLDER_LOG, refuses: 'ROLLED_BACK' },
  { parts: 'log keys', named: OLDER_LOG, refuses: 'ROLLED_BACK' },
  { parts: 'log views', named: OLDER_LOG, refuses: 'ROLLED_BACK' },
  { parts: 'log vault keys', named: OLDER_VIEWED_LOG, refuses: 'ROLLED_BACK' },
  { parts: 'log vault views', named: OLDER_LOG, refuses: 'ROLLED_BACK' },
  { parts: 'log keys views', named: OLDER_LOG, refuses: 'ROLLED_BACK' },
  // What the older vault wraps, no key of today opens: nobody is readable, and nothing starts on it.
  { parts: 'vault', named: /older vault/u, refuses: 'NO_KEY' },
  { parts: 'vault views', named: /older vault/u, refuses: 'NO_KEY' },
  // The retired key is back, the one in use is gone.
  { parts: 'keys', named: KEY_BACK, refuses: 'NO_KEY' },
  { parts: 'keys views', named: KEY_BACK, refuses: 'NO_KEY' },
  // They fit each other and open everybody again; the log knows better: destroyed again, the epoch named until retired.
  { parts: 'vault keys', named: /in use again/u, left: /in use again/u },
  { parts: 'vault keys views', named: /in use again/u, left: /in use again/u },
  { parts: 'views', named: null },
];

describe('a ledger put together from before and after a destruction', () => {
  let base: string;
  beforeAll(async () => {
    base = mkdtempSync(join(tmpdir(), 'pdl-restore-'));
    await twoPeople(join(base, 'before'));
    cpSync(join(base, 'before'), join(base, 'destroyed'), { recursive: true });
    await destroy(join(base, 'destroyed'));
    cpSync(join(base, 'destroyed'), join(base, 'rotated'), { recursive: true });
    await rotate(join(base, 'rotated'));
  });
  afterAll(() => rmSync(base, { recursive: true }));

  it.each(DESTROYED)('starts or refuses with $parts of before', async (row) =>
    check('destroyed', row),
  );

  it.each(ROTATED)(
    'starts or refuses with $parts of before, once the epoch was retired',
    async (row) => check('rotated', row),
  );

  it.each(['destroyed', 'rotated'])(
    'cannot tell that all four are of before: only a checkpoint kept elsewhere can (%s)',
    async (state) => {
      const directory = mixed(state, 'log vault keys views');
      expect(await verified(directory)).toBeNull();
      const ledger = await open(directory);
      expect(await read(ledger, 'aigul')).toBe('aigul');
      await ledger.close();
    },
  );

  it('names a retired epoch that is in use again until it is retired once more', async () => {
    const directory = mixed('rotated', 'vault keys');
    const ledger = await open(directory);
    await rotateKeys(ledger, 'all', { name: 'test' });
    expect(await read(ledger, 'bolat')).toBe('bolat');
    await ledger.close();
    expect(await verified(directory)).toMatch(ACT_LOST);
  });

  it('completes an order whose shredding failed, although the ledger was closed in order', async () => {
    const directory = mixed('before', '');
    const obstacle = join(directory, 'keys', 'log-mark.new');
    const ledger = await open(directory);
    mkdirSync(obstacle);
    await expect(destroyIn(ledger)).rejects.toThrow();
    rmSync(obstacle, { recursive: true });
    await ledger.close();
    expect(await verified(directory)).toMatch(NOT_CARRIED_OUT);
    await (await open(directory)).close();
    expect(await verified(directory)).toBeNull();
  });

  it('seals nothing for a destroyed category that comes with a living one, and says so', async () => {
    const directory = mixed('before', '');
    const ledger = await open(directory);
    const categories = ['quicklid:name', 'quicklid:iin'];
    const both = { 'quicklid:name': 'bolat', 'quicklid:iin': '900101300017' };
    await tell(ledger, 'bolat', 'consent.given', { ...CONSENT, categories });
    const first = collecting(both, 'first');
    expect(await say(ledger, first)).toMatchObject({ status: 'accepted' });
    const order = { ground: 'KZ-24.1.5', act: 'act 7', categories: ['quicklid:iin'] };
    await tell(ledger, 'bolat', 'operation.destroy', order);
    // Of what was said before, only what lives can still be compared.
    expect(await say(ledger, first)).toMatchObject({ status: 'duplicate' });
    const other = collecting({ ...both, 'quicklid:name': 'other' }, 'first');
    expect(await say(ledger, other)).toMatchObject({ status: 'invalid', code: 'CONFLICT' });

    const withheld = [{ category: 'quicklid:iin', code: 'DESTROYED' }];
    const again = collecting({ ...both, 'quicklid:name': 'bolat again' }, 'second');
    const answer = await say(ledger, again);
    expect(answer).toMatchObject({ status: 'accepted', verdict: 'lawful', withheld });
    expect(await say(ledger, again)).toMatchObject({ status: 'duplicate', withheld });
    const [stored] = await ledger.parts.store.findEvents([answer.event ?? '']);
    const { data } = JSON.parse(Buffer.from(stored?.leaf ?? []).toString());
    expect(data.categories).toEqual(categories);
    expect(Object.keys(data.sealed.commitments)).toEqual(['quicklid:name']);
    expect(await read(ledger, 'bolat')).toBe('bolat again');
    const alone = collecting({ 'quicklid:iin': both['quicklid:iin'] }, 'third');
    expect(await say(ledger, alone)).toMatchObject({ status: 'refused', code: 'DESTROYED' });
    await ledger.close();
    expect(await verified(directory)).toBeNull();
  });

  async function check(state: string, { parts, named, refuses, left }: Row): Promise<void> {
    const directory = mixed(state, parts);
    const before = await verified(directory);
    if (named === null) expect(before).toBeNull();
    else expect(before).toMatch(named);
    if (refuses !== undefined) {
      await expect(open(directory)).rejects.toMatchObject({ code: refuses });
      return;
    }
    const ledger = await open(directory);
    expect(await read(ledger, 'aigul')).toBe('DESTROYED');
    expect(await read(ledger, 'bolat')).toBe('bolat');
    await ledger.close();
    const after = await verified(directory);
    if (left === undefined) expect(after).toBeNull();
    else expect(after).toMatch(left);
  }

  /** A copy of a ledger with some parts replaced by those of before the destruction. */
  function mixed(state: string, parts: string): string {
    const directory = mkdtempSync(join(base, 'mixed-'));
    cpSync(join(base, state), directory, { recursive: true });
    for (const part of PARTS.filter(({ name }) => parts.split(' ').includes(name))) {
      for (const name of readdirSync(directory).filter((each) => part.files.test(each))) {
        rmSync(join(directory, name), { recursive: true });
      }
      for (const name of readdirSync(join(base, 'before')).filter((each) =>
        part.files.test(each),
      )) {
        cpSync(join(base, 'before', name), join(directory, name), { recursive: true });
      }
    }
    return directory;
  }
});

/** The first fault that verify names, as one line. */
async function verified(directory: string): Promise<string | null> {
  const { firstFault } = await verifyLedger(ledgerFiles(directory), { now: NOW });
  return firstFault === null ? null : `${firstFault.item} ${firstFault.reason}`;
}

async function open(directory: string): Promise<Ledger> {
  return openLedger({
    files: ledgerFiles(directory),
    clock: new FixedClock(),
    onFatal: (error) => {
      throw error;
    },
  });
}

/** Two people with one value each; consent given, withdrawn and given again, so that both can be read and destroyed. */
async function twoPeople(directory: string): Promise<void> {
  const files = ledgerFiles(directory);
  await initLedger({ files, clock: new FixedClock(), policies: shippedPolicies(), by: 'test' });
  const ledger = await open(directory);
  for (const who of ['aigul', 'bolat']) {
    await tell(ledger, who, 'subject.registered', { operator: OPERATOR, kind: 'individual' });
    await tell(ledger, who, 'consent.given', CONSENT);
    await tell(ledger, who, 'consent.withdrawn', { purpose: PURPOSE });
    await tell(ledger, who, 'consent.given', CONSENT);
    await tell(ledger, who, 'operation.collect', { ...COLLECTION, data: { 'quicklid:name': who } });
  }
  // Views know what is in the log once they were asked.
  await ledger.views();
  await ledger.close();
}

async function tell(ledger: Ledger, who: string, type: string, data: object): Promise<void> {
  const { size } = await ledger.parts.store.head();
  const event = { id: `e${size}`, subject: who, type: `kz.pdl.${type}.v1`, data };
  expect(await say(ledger, event)).toMatchObject({ status: 'accepted' });
}

async function say(ledger: Ledger, event: object): Promise<Answer> {
  const line = parseEvent({ specversion: '1.0', source: SOURCE, ...event });
  if (!line.ok) throw new Error(JSON.stringify(line.faults));
  return submit(ledger, line.submission, { name: 'officer', role: 'officer', mode: 'enforce' });
}

function collecting(data: object, id: string): object {
  const type = 'kz.pdl.operation.collect.v1';
  return { id, subject: 'bolat', type, data: { ...COLLECTION, data } };
}

async function destroy(directory: string): Promise<void> {
  const ledger = await open(directory);
  await destroyIn(ledger);
  await ledger.views();
  await ledger.close();
}

async function destroyIn(ledger: Ledger): Promise<void> {
  const actor = await ledger.actor(OPERATOR, 'officer', 'officer');
  const request = { subject: subjectOf(ledger, 'aigul'), ground: 'KZ-24.1.5', act: 'act 7' };
  const answer = await destroySubject(ledger, request, actor, OPERATOR);
  expect(answer).toMatchObject({ status: 'accepted', certificate: { stage: 'shredded' } });
}

async function rotate(directory: string): Promise<void> {
  const ledger = await open(directory);
  const { retired } = await rotateKeys(ledger, 'all', { name: 'test' });
  expect(retired).toContainEqual({ operator: OPERATOR, epoch: 1, survivors: 1 });
  await ledger.close();
}

/** What a read gives out: the name, or the code of the refusal. */
async function read(ledger: Ledger, who: string): Promise<unknown> {
  const actor = await ledger.actor(OPERATOR, 'officer', 'officer');
  const query = { operator: OPERATOR, subject: subjectOf(ledger, who), purpose: PURPOSE };
  const answer = await readData(ledger, query, actor);
  if ('code' in answer) return answer.code;
  const shown = answer.data['quicklid:name'] as { readonly value?: unknown };
  return shown.value ?? shown;
}

function subjectOf(ledger: Ledger, who: string): string {
  return ledger.parts.vault.resolve(SOURCE, who)[0]?.id ?? '';
}
