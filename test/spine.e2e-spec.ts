import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import {
  copyFileSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Mode, Submission } from '#domain';
import {
  decodeRecorded,
  initLedger,
  ledgerFiles,
  openLedger,
  replayDigest,
  shippedPolicies,
  submit,
  destroySubject,
  readData,
  foldedLogOf,
  rebuild,
  showConsents,
  showTrail,
  verifyLedger,
  type Answer,
  type Ledger,
} from '#ledger';
import { parseEvent } from '#ledger/intake';
import { TestClock } from './test-clock.js';

const SOURCE = 'urn:test';
const NAME = 'Аманова Айгүл';
const IIN = '791119300072';
const PURPOSE = 'quicklid:3.1';
const OFFICER = 'officer Дана';
const CONSENT = {
  purpose: PURPOSE,
  categories: ['quicklid:name', 'quicklid:iin'],
  thirdParties: false,
  crossBorder: false,
  publication: false,
  channel: 'WRITTEN',
  evidence: { kind: 'written', textSha256: 'a'.repeat(64), language: 'kk' },
};
const OPERATION = { purpose: PURPOSE, basis: { code: 'KZ-CONSENT' }, medium: 'automated' };
const COLLECT = {
  ...OPERATION,
  dataSource: { kind: 'subject' },
  data: { 'quicklid:name': NAME, 'quicklid:iin': IIN },
};
const USE = { ...OPERATION, categories: ['quicklid:name'] };

describe('the spine', () => {
  let directory: string;
  let clock: TestClock;
  let ledger: Ledger;
  let serial = 0;
  const files = () => ledgerFiles(directory);
  const open = async (): Promise<Ledger> =>
    openLedger({
      files: files(),
      clock,
      onFatal: (error) => {
        throw error;
      },
    });
  const parsed = (type: string, data: object, more: object = {}): Submission => {
    serial += 1;
    const event = {
      specversion: '1.0',
      id: `e${serial}`,
      source: SOURCE,
      subject: 'case-1',
      data,
      ...more,
    };
    const line = parseEvent({ ...event, type: `kz.pdl.${type}.v1` });
    if (!line.ok)
      throw new Error(line.faults.map(({ path, message }) => `${path} ${message}`).join());
    return line.submission;
  };
  const tell = async (submission: Submission, mode: Mode = 'enforce'): Promise<Answer> =>
    submit(ledger, submission, { name: 'backend', role: 'emitter', mode });
  const say = async (type: string, data: object, more: object = {}): Promise<Answer> =>
    tell(parsed(type, data, more));
  const subjectOf = (): string => ledger.parts.vault.resolve(SOURCE, 'case-1')[0]?.id ?? '';
  const officer = async () => ledger.actor('quicklid', OFFICER, 'officer');
  const read = async () =>
    readData(
      ledger,
      { operator: 'quicklid', subject: subjectOf(), purpose: PURPOSE },
      await officer(),
    );
  const collected = async (): Promise<void> => {
    await say('subject.registered', {
      operator: 'quicklid',
      kind: 'individual',
      identifiers: [{ scheme: 'KZ-IIN', value: IIN }],
    });
    await say('consent.given', CONSENT);
    expect(await say('operation.collect', COLLECT)).toMatchObject({ status: 'accepted' });
  };

  beforeEach(async () => {
    directory = mkdtempSync(join(tmpdir(), 'pdl-spine-'));
    clock = new TestClock();
    await initLedger({ files: files(), clock, policies: shippedPolicies(), by: 'test' });
    ledger = await open();
  });
  afterEach(async () => {
    await ledger.close();
    rmSync(directory, { recursive: true });
  });

  it('takes a person in, gives the values out under a purpose, and records the reading', async () => {
    await collected();
    const before = (await ledger.parts.store.head()).size;
    expect(await read()).toMatchObject({
      data: { 'quicklid:name': { value: NAME }, 'quicklid:iin': { value: IIN } },
    });
    expect((await ledger.parts.store.head()).size).toBe(before + 1n);
    const query = { operator: 'quicklid', subject: subjectOf() };
    const trail = await showTrail(ledger, query, await officer());
    expect(trail.entries.map(({ type }) => type)).toEqual([
      'SubjectRegistered',
      'ConsentGiven',
      'DataCollected',
      'DataRetrieved',
    ]);
  });

  it('refuses a collection before consent and keeps nothing of its values', async () => {
    await say('subject.registered', { operator: 'quicklid', kind: 'individual' });
    const answer = await say('operation.collect', COLLECT);
    expect(answer).toMatchObject({ status: 'refused', code: 'CONSENT_NOT_GIVEN' });
    expect(answer.clauses?.length).toBeGreaterThan(0);
    expect(bytesHold(directory, NAME)).toEqual([]);
  });

  it('answers a repeat with what the first was told, and a reused id with a conflict', async () => {
    await collected();
    const again = parsed('operation.collect', COLLECT);
    const first = await tell(again);
    expect(await tell(again)).toMatchObject({ status: 'duplicate', event: first.event });
    const other = {
      ...again,
      command: { ...again.command, data: { 'quicklid:name': 'Other' } },
    } as Submission;
    expect(await tell(other)).toMatchObject({ status: 'invalid', code: 'CONFLICT' });
    const refused = parsed('operation.use', { ...USE, purpose: 'quicklid:9.9' });
    await tell(refused);
    expect(await tell(refused)).toMatchObject({
      status: 'duplicate',
      code: 'PURPOSE_NOT_DECLARED',
    });
  });

  it('answers 64 concurrent repeats with one event', async () => {
    await collected();
    const use = parsed('operation.use', USE);
    const answers = await Promise.all(Array.from({ length: 64 }, async () => tell(use)));
    expect(answers.filter(({ status }) => status === 'accepted')).toHaveLength(1);
    expect(new Set(answers.map(({ event }) => event)).size).toBe(1);
  });

  it('records a breach that is reported as a violation, and seals nothing for it', async () => {
    await say('subject.registered', { operator: 'quicklid', kind: 'individual' });
    const answer = await tell(parsed('operation.collect', COLLECT), 'record');
    expect(answer).toMatchObject({ status: 'violation', code: 'CONSENT_NOT_GIVEN' });
    expect(await read()).not.toHaveProperty('data');
    expect(bytesHold(directory, NAME)).toEqual([]);
    expect(
      await tell(parsed('operation.forget', { categories: ['quicklid:name'] }), 'record'),
    ).toMatchObject({
      status: 'refused',
      code: 'UNKNOWN_OPERATION',
    });
  });

  it('names the operations that a late withdrawal overturns', async () => {
    await collected();
    clock.move(3_600_000);
    const used = await say('operation.use', USE);
    await say('consent.withdrawn', { purpose: PURPOSE }, { time: '2026-03-02T09:30:00Z' });
    const late = (await all()).find(({ type }) => type === 'ViolationDetected');
    expect(late?.data).toMatchObject({ codes: ['LATE_NOTICE'], operations: [used.event] });
    expect(await say('operation.use', USE)).toMatchObject({ code: 'CONSENT_WITHDRAWN' });
  });

  it('shows the past as it was known, and expiry by the moment asked for', async () => {
    await collected();
    const given = (await ledger.parts.store.head()).size - 1n;
    await say('consent.withdrawn', { purpose: PURPOSE });
    const query = { operator: 'quicklid', subject: subjectOf() };
    const now = await showConsents(ledger, query, await officer());
    const then = await showConsents(ledger, { ...query, asOf: String(given) }, await officer());
    expect(now).toMatchObject({ consents: [{ status: 'withdrawn' }] });
    expect(then).toMatchObject({ consents: [{ status: 'given', withdrawnAt: null }] });
  });

  it('refuses a time in the future and a wrong check digit, and uses up nothing', async () => {
    await collected();
    const future = parsed('operation.use', USE, { time: '2026-03-02T10:00:00Z' });
    expect(await tell(future)).toMatchObject({ status: 'invalid', code: 'INVALID_REQUEST' });
    const wrong = { ...COLLECT, data: { 'quicklid:iin': '791119300073' } };
    const answer = await say('operation.collect', wrong);
    expect(answer).toMatchObject({ status: 'invalid', code: 'INVALID_VALUE' });
    expect(JSON.stringify(answer)).not.toContain('791119300073');
  });

  it('destroys a person for good while the history still verifies', async () => {
    await collected();
    await say('consent.withdrawn', { purpose: PURPOSE });
    const request = { subject: subjectOf(), ground: 'KZ-24.1.5', act: 'act 7' };
    const dry = await destroySubject(
      ledger,
      { ...request, dryRun: true },
      await officer(),
      'quicklid',
    );
    expect(dry).toMatchObject({ status: 'accepted' });
    const answer = await destroySubject(ledger, request, await officer(), 'quicklid');
    expect(answer.certificate).toMatchObject({ stage: 'shredded', subject: subjectOf() });
    expect(await read()).toMatchObject({
      code: 'DESTROYED',
      certificate: { order: answer.certificate?.order },
    });
    expect(await say('operation.use', USE)).toMatchObject({ code: 'DESTROYED' });
    const again = await say('subject.registered', { operator: 'quicklid', kind: 'individual' });
    expect(again).toMatchObject({ status: 'refused', code: 'DESTROYED' });
    await ledger.close();
    expect(await verifyLedger(files(), { now: clock.now() })).toMatchObject({
      ok: true,
      firstFault: null,
    });
    ledger = await open();
  });

  it('does not resurrect anyone from an old vault', async () => {
    await collected();
    await ledger.close();
    copyFileSync(files().vault, `${files().vault}.old`);
    ledger = await open();
    await say('consent.withdrawn', { purpose: PURPOSE });
    await destroySubject(
      ledger,
      { subject: subjectOf(), ground: 'KZ-24.1.5', act: 'a' },
      await officer(),
      'quicklid',
    );
    await ledger.close();
    copyFileSync(`${files().vault}.old`, files().vault);
    ledger = await open();
    expect(await read()).toMatchObject({ code: 'DESTROYED' });
  });

  it.each([
    ['the log', ['log']],
    ['the log and its anchor', ['log', 'anchor']],
    ['the log and the vault', ['log', 'anchor', 'vault']],
    ['the log and the keys', ['log', 'anchor', 'keys']],
  ])('refuses to start when %s of before a destruction are put back', async (_what, parts) => {
    await collected();
    await ledger.close();
    const saved = snapshot(directory);
    ledger = await open();
    await say('consent.withdrawn', { purpose: PURPOSE });
    await destroySubject(
      ledger,
      { subject: subjectOf(), ground: 'KZ-24.1.5', act: 'a' },
      await officer(),
      'quicklid',
    );
    await ledger.close();
    const current = snapshot(directory);
    putBack(saved, parts);
    await expect(open()).rejects.toMatchObject({ code: 'ROLLED_BACK' });
    expect((await verifyLedger(files(), { now: clock.now() })).ok).toBe(false);
    putBack(current, ['log', 'anchor', 'vault', 'keys']);
    ledger = await open();
  });

  it('rebuilds the views byte for byte, and replays to the same digest', async () => {
    await collected();
    await say('operation.use', USE);
    const before = await replayDigest(ledger.parts.store);
    const { equalsLive, views } = await rebuild(foldedLogOf(ledger));
    expect(equalsLive).toBe(true);
    expect(views).toEqual(before.views);
    expect(await replayDigest(ledger.parts.store)).toEqual(before);
  });

  it('keeps values, references, ids and free text out of every file', async () => {
    await collected();
    await say('operation.block', { reason: 'a secret reason' });
    await ledger.views();
    for (const secret of [
      NAME,
      IIN,
      'case-1',
      SOURCE,
      'a secret reason',
      OFFICER,
      'a'.repeat(64),
    ]) {
      expect([secret, bytesHold(directory, secret)]).toEqual([secret, []]);
    }
  });

  async function all() {
    const events = [];
    for await (const batch of ledger.parts.store.readAll())
      events.push(...batch.map(decodeRecorded));
    return events;
  }
});

/** Names of files that hold a text, in UTF-8 or UTF-16. */
function bytesHold(directory: string, secret: string): readonly string[] {
  return readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .filter((entry) => {
      const bytes = readFileSync(join(entry.parentPath, entry.name));
      return bytes.includes(secret) || bytes.includes(Buffer.from(secret, 'utf16le'));
    })
    .map((entry) => entry.name);
}

const PART: Readonly<Record<string, RegExp>> = {
  log: /^log\.db$/u,
  anchor: /^log\.db\.anchor$/u,
  vault: /^vault\.db$/u,
  keys: /^keys\//u,
};

function snapshot(directory: string): ReadonlyMap<string, Buffer> & { readonly directory: string } {
  const files = new Map<string, Buffer>();
  for (const entry of readdirSync(directory, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    files.set(path.slice(directory.length + 1), readFileSync(path));
  }
  return Object.assign(files, { directory });
}

function putBack(saved: ReturnType<typeof snapshot>, parts: readonly string[]): void {
  const temporary = join(saved.directory, '..', 'pdl-part');
  for (const [name, bytes] of saved) {
    if (!parts.some((part) => PART[part]?.test(name) === true)) continue;
    const target = join(saved.directory, name);
    writeFileSync(temporary, bytes, { mode: 0o600 });
    copyFileSync(temporary, target);
    rmSync(temporary);
  }
}
