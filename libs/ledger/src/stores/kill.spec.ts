import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { SCHEMA_VERSION, type SubjectCommand, type Submission } from '#domain';
import type { SealedEvent } from '#vault';
import { Clock } from '../clock.js';
import { rotateKeys } from '../commands/rotate-keys.js';
import { decideOn } from '../commands/decide-on.js';
import { settled } from '../commands/settle.js';
import { submit } from '../commands/submit.js';
import { submissionOf } from '../intake/testing/submission-of.js';
import { decodeRecorded } from '../decode-recorded.js';
import type { Ledger } from '../ledger.js';
import { readData, type DataAnswer } from '../queries/read-data.js';
import { subjectStream } from '../recording/subjects.js';
import { ledgerIn, reopened } from '../testing/ledger-in.js';
import { verifyLedger } from '../verification/verify-ledger.js';
import type { Work } from './kill-child.js';
import { runToWrite } from './killed-child.js';
import { ledgerFiles } from './ledger-files.js';

const CHILD = fileURLToPath(new URL('./kill-child.js', import.meta.url));
const START = '2026-03-02T09:00:00Z';
const NEXT_DAY = '2026-03-03T10:00:00Z';
const PURPOSE = 'quicklid:3.1';
const CATEGORIES = ['quicklid:name', 'quicklid:iin'];
const IINS: Readonly<Record<string, string>> = { aigul: '791119300072', bolat: '900101300017' };
const AT_ONCE = 3;

class FixedClock extends Clock {
  constructor(private readonly at: string) {
    super();
  }

  now(): Date {
    return new Date(this.at);
  }
}

/** What is left of one person's values: the value, or why there is none. */
interface Found {
  readonly name: unknown;
  readonly iin: unknown;
}

const AIGUL: Found = { name: 'aigul', iin: IINS['aigul'] };
const BOLAT: Found = { name: 'bolat', iin: IINS['bolat'] };
const NOBODY: Found = { name: 'destroyed', iin: 'destroyed' };

describe('a process killed at any of its writes', () => {
  let base: string;
  /** Two people who gave, withdrew and gave their consent again. */
  let before: string;
  /** Her destruction is ordered and nothing of it done: a copy of the living files, as a crash leaves them. */
  let ordered: string;
  /** She is destroyed, the epoch of her key is due for retirement. */
  let destroyed: string;
  beforeAll(async () => {
    base = mkdtempSync(join(tmpdir(), 'pdl-kill-'));
    [before, ordered, destroyed] = [join(base, 'a'), join(base, 'b'), join(base, 'c')];
    await twoPeople(before);
    cpSync(before, destroyed, { recursive: true });
    const ledger = await open(destroyed);
    const data = { ground: 'KZ-24.1.5', act: 'act 7' };
    const subject = subjectOf(ledger, 'aigul');
    const command = said('aigul', 'operation.destroy', data).command as SubjectCommand;
    const decided = decideOn(ledger, subject, command, {
      subject: await ledger.subjects.load(subject),
      stored: undefined,
      recipients: new Map(),
      past: undefined,
      asking: {
        operator: 'quicklid',
        source: 'urn:test',
        actor: await ledger.actor('quicklid', 'officer', 'officer'),
        mode: 'enforce',
        time: undefined,
        firstId: randomUUID(),
      },
    });
    if (decided === undefined) throw new Error('the order was not decided');
    await ledger.recorder.settled();
    cpSync(destroyed, ordered, { recursive: true });
    expect(await settled(decided)).toMatchObject({ status: 'accepted' });
    await ledger.close();
  });
  afterAll(() => rmSync(base, { recursive: true }));

  it('leaves a destruction that has not begun, or one that the next start completes', async () => {
    const subject = await idOf(before, 'aigul');
    const work = { kind: 'destroy', operator: 'quicklid', subject } as const;
    const orders = await killedEverywhere({ template: before, work }, async (restarted) => {
      const ordered = await countOf(restarted, 'DestructionOrdered');
      expect(await countOf(restarted, 'DataDestroyed')).toBe(ordered);
      expect(await found(restarted, 'aigul')).toEqual(ordered === 0 ? AIGUL : NOBODY);
      if (ordered === 1) {
        const shown = { code: 'DESTROYED', certificate: { stage: 'shredded', subject } };
        expect(await readOf(restarted, subject)).toMatchObject(shown);
      }
      return ordered;
    });
    expect(new Set(orders)).toEqual(new Set([0, 1]));
  });

  it('leaves a category untouched, or destroyed while the others stay', async () => {
    const data = { ground: 'KZ-24.1.5', act: 'act 7', categories: ['quicklid:iin'] };
    const work = { kind: 'submit', submission: said('aigul', 'operation.destroy', data) } as const;
    const orders = await killedEverywhere({ template: before, work }, async (restarted) => {
      const ordered = await countOf(restarted, 'DestructionOrdered');
      expect(await countOf(restarted, 'DataDestroyed')).toBe(ordered);
      expect(await found(restarted, 'aigul')).toEqual(
        ordered === 0 ? AIGUL : { ...AIGUL, iin: 'destroyed' },
      );
      return ordered;
    });
    expect(new Set(orders)).toEqual(new Set([0, 1]));
  });

  it('completes an open order also when the start that does so is killed', async () => {
    const work = { kind: 'nothing' } as const;
    await killedEverywhere({ template: ordered, work }, async (restarted) => {
      expect(await countOf(restarted, 'DataDestroyed')).toBe(1);
      expect(await found(restarted, 'aigul')).toEqual(NOBODY);
    });
  });

  it('leaves an epoch whole, or retired and recorded by the next rotation', async () => {
    const work = { kind: 'rotate' } as const;
    const started = await killedEverywhere(
      { template: destroyed, work, now: NEXT_DAY },
      async (restarted) => {
        const [epoch] = await epochs(restarted);
        expect(epochFilesOf(restarted)).toEqual([epoch]);
        expect(await found(restarted, 'aigul')).toEqual(NOBODY);
        expect(await found(restarted, 'bolat')).toEqual(BOLAT);
        await rotateKeys(restarted, 'soon', { name: 'test' });
        expect(await countOf(restarted, 'KeyEpochRetired')).toBe(1);
        expect(epochFilesOf(restarted)).not.toContain(1);
        return epoch;
      },
    );
    expect(new Set(started.map((epoch) => epoch === 1))).toEqual(new Set([true, false]));
  });

  async function epochs(ledger: Ledger): Promise<readonly number[]> {
    const ours = (await ledger.parts.vault.epochs()).filter(
      ({ operator }) => operator === 'quicklid',
    );
    return ours.map(({ epoch }) => epoch);
  }

  function epochFilesOf(ledger: Ledger): readonly number[] {
    const files = ledger.parts.keys.epochFiles();
    return files.filter(({ operator }) => operator === 'quicklid').map(({ epoch }) => epoch);
  }

  /** What a read gives out, which must be exactly what the vault would open. */
  async function found(ledger: Ledger, who: string): Promise<Found> {
    const subject = subjectOf(ledger, who);
    const answer = await readOf(ledger, subject);
    const shown = 'data' in answer ? answer.data : {};
    const from = await collectedFrom(ledger, subject);
    const requests = CATEGORIES.map((category) => ({ from, category }));
    const opened = await ledger.parts.vault.open(randomUUID(), requests);
    const [name, iin] = opened.map((each, n) => {
      const read = shown[CATEGORIES[n] ?? ''];
      if (each.status === 'value') expect(read).toMatchObject({ value: each.value });
      else expect(read).toBeUndefined();
      return each.status === 'value' ? each.value : each.status;
    });
    return { name, iin };
  }

  /** Kills the work at its first, second … write until it ends by itself; what each next start found. */
  async function killedEverywhere<T>(
    scene: Scene,
    check: (restarted: Ledger) => Promise<T>,
  ): Promise<readonly T[]> {
    const { now = START } = scene;
    const answers: T[] = [];
    // The next ones work while these are checked.
    let next = killedAt(scene, 1);
    for (let from = 1 + AT_ONCE; ; from += AT_ONCE) {
      const runs = await next;
      const isLast = runs.some(({ ended }) => ended);
      if (!isLast) next = killedAt(scene, from);
      next.catch(() => undefined);
      for (const each of runs) answers.push(await restarted(each, now, check));
      if (isLast) return answers;
    }
  }

  async function killedAt(scene: Scene, from: number): Promise<readonly Run[]> {
    const writes = Array.from({ length: AT_ONCE }, (_, n) => from + n);
    return Promise.all(writes.map(async (write) => run(scene, write)));
  }

  async function restarted<T>(
    { write, directory }: Run,
    now: string,
    check: (restarted: Ledger) => Promise<T>,
  ): Promise<T> {
    // A crash is not taken for tampering: verify names nothing but what a start or the due rotation mends.
    const { faults } = await verifyLedger(ledgerFiles(directory), { now: new Date(now) });
    const strange = faults.filter(({ reason }) => !/any start|is overdue/u.test(reason));
    expect([write, strange]).toEqual([write, []]);
    const ledger = await open(directory, now);
    try {
      expect(await found(ledger, 'bolat')).toEqual(BOLAT);
      return await check(ledger);
    } catch (cause) {
      throw new Error(`killed at write ${write}`, { cause });
    } finally {
      await ledger.close();
      const { firstFault } = await verifyLedger(ledgerFiles(directory), { now: new Date(now) });
      expect([write, firstFault]).toEqual([write, null]);
      rmSync(directory, { recursive: true });
    }
  }

  /** One child on a copy of its own. */
  async function run({ template, work, now = START }: Scene, write: number): Promise<Run> {
    const directory = join(base, `run-${write}`);
    cpSync(template, directory, { recursive: true });
    const counter = join(base, `counter-${write}`);
    // A start counts from its first write on, other work only after it.
    if (work.kind === 'nothing') writeFileSync(counter, '');
    const words = [CHILD, directory, now, JSON.stringify(work)];
    const { code, signal } = await runToWrite(write, counter, words);
    expect([code, signal]).toEqual(code === 0 ? [0, null] : [null, 'SIGKILL']);
    return { write, directory, ended: code === 0 };
  }
});

/** What is done to a copy of which ledger, and when. */
interface Scene {
  readonly template: string;
  readonly work: Work;
  readonly now?: string;
}

/** A child that is gone; `ended` when nothing killed it. */
interface Run {
  readonly write: number;
  readonly directory: string;
  readonly ended: boolean;
}

async function idOf(directory: string, who: string): Promise<string> {
  const ledger = await open(directory);
  const id = subjectOf(ledger, who);
  await ledger.close();
  return id;
}

async function open(directory: string, now = START): Promise<Ledger> {
  return reopened(directory, new FixedClock(now));
}

async function twoPeople(directory: string): Promise<void> {
  const ledger = await ledgerIn(directory, new FixedClock(START));
  for (const who of ['aigul', 'bolat']) {
    for (const submission of storyOf(who)) {
      const speaker = { name: 'backend', role: 'emitter', mode: 'enforce' } as const;
      expect(await submit(ledger, submission, speaker)).toMatchObject({ status: 'accepted' });
    }
  }
  await ledger.close();
}

function storyOf(who: string): readonly Submission[] {
  const identifiers = [{ scheme: 'KZ-IIN', value: IINS[who] }];
  const evidence = { kind: 'written', language: 'kk' };
  const scopes = { thirdParties: false, crossBorder: false, publication: false };
  const operation = { purpose: PURPOSE, basis: { code: 'KZ-CONSENT' }, medium: 'automated' };
  const data = { 'quicklid:name': who, 'quicklid:iin': IINS[who] };
  const consent = { purpose: PURPOSE, categories: CATEGORIES, ...scopes };
  const given = { ...consent, channel: 'WRITTEN', evidence };
  return [
    said(who, 'subject.registered', { operator: 'quicklid', kind: 'individual', identifiers }),
    said(who, 'consent.given', given),
    said(who, 'consent.withdrawn', { purpose: PURPOSE }),
    said(who, 'consent.given', given, 'again'),
    said(who, 'operation.collect', { ...operation, data, dataSource: { kind: 'subject' } }),
  ];
}

function said(who: string, type: string, data: object, nth = ''): Submission {
  const id = `${who} ${type} ${nth}`;
  return submissionOf({ id, subject: who, type, data });
}

function subjectOf(ledger: Ledger, who: string): string {
  return ledger.parts.vault.resolve('urn:test', who)[0]?.id ?? '';
}

async function readOf(ledger: Ledger, subject: string): Promise<DataAnswer> {
  const actor = await ledger.actor('quicklid', 'officer', 'officer');
  return readData(ledger, { operator: 'quicklid', subject, purpose: PURPOSE }, actor);
}

/** The collection of a person, as the vault needs it for opening. */
async function collectedFrom(ledger: Ledger, subject: string): Promise<SealedEvent> {
  for await (const batch of ledger.parts.store.readStream(subjectStream(subject))) {
    for (const event of batch.map(decodeRecorded)) {
      if (event.type !== 'DataCollected' || event.data.sealed === undefined) continue;
      const { id: eventId, type: eventType } = event;
      const { operator, sealed } = event.data;
      const context = { operator, subject, eventId, eventType, schemaVersion: SCHEMA_VERSION };
      return { ...context, scope: 'subject', sealed };
    }
  }
  throw new Error('nothing was collected');
}

async function countOf(ledger: Ledger, type: string): Promise<number> {
  let count = 0;
  for await (const batch of ledger.parts.store.readAll()) {
    count += batch.map(decodeRecorded).filter((event) => event.type === type).length;
  }
  return count;
}
