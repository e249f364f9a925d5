import { expect } from '@jest/globals';
import { cpSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { EventStore, RecordedEvent } from '#event-store';
import {
  SystemClock,
  initLedger,
  ledgerFiles,
  openLedger,
  readData,
  rotateKeys,
  shippedPolicies,
  submit,
  type DataAnswer,
  type Ledger,
  type LedgerFiles,
} from '#ledger';
import { parseEvent } from '#ledger/intake';
import { MARKED_SOURCE, linesOf, markedPerson } from '../marked-people.js';

const BY = { name: 'backend', role: 'emitter', mode: 'enforce' } as const;
/** All fates of marked people: withdrawn, blocked, destroyed, held, clarified, a category destroyed. */
export const PEOPLE = 6;
export const [DESTROYED, IN_PART] = [2, 5] as const;

/** Makes an embedded ledger in which everything happened that a vault and a log can hold. */
export async function makeEmbedded(directory: string): Promise<void> {
  const files = ledgerFiles(directory);
  const clock = new SystemClock();
  await initLedger({ files, clock, policies: shippedPolicies(), by: 'test' });
  await withLedger(files, async (ledger) => {
    await told(ledger, interleaved());
    await rotateKeys(ledger, 'all', { name: 'test' });
    await told(ledger, lateLines());
  });
}

/** Copies a data directory whose ledger is closed. */
export function copyOf(directory: string, to: string): LedgerFiles {
  cpSync(directory, to, { recursive: true });
  return ledgerFiles(to);
}

/** Opens for writing, works, closes. */
export async function withLedger<T>(
  files: LedgerFiles,
  work: (ledger: Ledger) => Promise<T>,
): Promise<T> {
  const onFatal = (error: Error): never => {
    throw error;
  };
  const ledger = await openLedger({ files, clock: new SystemClock(), onFatal });
  try {
    return await work(ledger);
  } finally {
    await ledger.close();
  }
}

/** Submits lines of CloudEvents, one after another. */
export async function told(ledger: Ledger, lines: readonly string[]): Promise<readonly string[]> {
  const answers: string[] = [];
  for (const line of lines) {
    const parsed = parseEvent(JSON.parse(line));
    if (parsed.ok) answers.push((await submit(ledger, parsed.submission, BY)).status);
  }
  return answers;
}

/** One more use of somebody who can be used. */
export function oneMore(id: string): readonly string[] {
  return [line(id, 'case-zzmark-4', 'operation.use', { ...OPERATION, categories: NAME })];
}

/** Ends the relations with somebody and destroys them. */
export async function destroyOne(ledger: Ledger): Promise<readonly string[]> {
  const end = { contract: 'zzmark contract 4' };
  const act = { ground: 'KZ-18.2', act: 'zzmark act' };
  return told(ledger, [
    line('e1', 'case-zzmark-4', 'contract.ended', end),
    line('e2', 'case-zzmark-4', 'operation.destroy', act),
  ]);
}

/** What a read of each person answers, without what every read makes anew. */
export async function answersOf(ledger: Ledger): Promise<readonly unknown[]> {
  const { vault } = ledger.parts;
  const actor = await ledger.actor('quicklid', 'officer', 'officer');
  const answers: unknown[] = [];
  for (let n = 0; n < PEOPLE; n += 1) {
    const { reference, iin } = markedPerson(n);
    await vault.ahead({ references: [{ source: MARKED_SOURCE, reference }] });
    const [found] = vault.resolve(MARKED_SOURCE, reference);
    const query = { operator: 'quicklid', subject: found?.id ?? '', purpose: PURPOSE };
    const byNumber = await vault.lookup('quicklid', { scheme: 'KZ-IIN', value: iin });
    answers.push({ found, byNumber, told: lasting(await readData(ledger, query, actor)) });
  }
  return answers;
}

/** Every event of a log. */
export async function eventsOf(store: EventStore): Promise<readonly RecordedEvent[]> {
  const events: RecordedEvent[] = [];
  for await (const batch of store.readAll()) events.push(...batch);
  await store.close();
  return events;
}

/** Every file of a directory but those that reading makes, to see that nothing changed. */
export function bytesOf(directory: string): ReadonlyMap<string, string> {
  const names = readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !/-shm$|-wal$|index|ledger\.lock/u.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name));
  return new Map(names.sort().map((name) => [name, readFileSync(name, 'base64')]));
}

/** Whether a process was ended by SIGKILL, and not before or after it. */
export function expectKilled(ended: {
  readonly code: number | null;
  readonly signal: string | null;
}): void {
  expect(ended).toEqual({ code: null, signal: 'SIGKILL' });
}

const PURPOSE = 'quicklid:3.1';
const NAME = ['quicklid:name'];
const OPERATION = { purpose: PURPOSE, basis: { code: 'KZ-CONSENT' }, medium: 'automated' };

function lasting(answer: DataAnswer): unknown {
  if ('code' in answer) {
    const { code, codes, certificate } = answer;
    return { code, codes, certificate };
  }
  return { data: answer.data, withheld: answer.withheld };
}

/** What is told of all, a line of each in turn: events of one stream seldom follow one another. */
function interleaved(): readonly string[] {
  const lives = Array.from({ length: PEOPLE }, (_, n) => linesOf(n));
  const longest = Math.max(...lives.map((life) => life.length));
  return Array.from({ length: longest }, (_, at) =>
    lives.flatMap((life) => life.slice(at, at + 1)),
  ).flat();
}

/** A recipient and what is provided to it, and somebody whose key is wrapped by the newer epoch. */
function lateLines(): readonly string[] {
  const bank = {
    operator: 'quicklid',
    name: 'zzmark bank',
    class: 'quicklid:7.1.1',
    country: 'KZ',
  };
  const consent = {
    ...{ purpose: PURPOSE, categories: NAME, thirdParties: true, crossBorder: false },
    ...{ publication: false, channel: 'WRITTEN', evidence: { kind: 'written', language: 'kk' } },
  };
  const collect = { ...OPERATION, dataSource: { kind: 'subject' } };
  const provide = { ...OPERATION, categories: NAME, recipient: 'zzmark-bank' };
  return [
    line('r1', 'zzmark-bank', 'recipient.registered', { ...bank, contractSha256: 'ab'.repeat(32) }),
    line('l1', 'zzmark-late', 'subject.registered', { operator: 'quicklid', kind: 'individual' }),
    line('l2', 'zzmark-late', 'consent.given', consent),
    line('l3', 'zzmark-late', 'operation.collect', {
      ...collect,
      data: { 'quicklid:name': 'zzmark' },
    }),
    line('l4', 'zzmark-late', 'operation.provide', provide),
  ];
}

function line(id: string, subject: string, type: string, data: object): string {
  const event = { specversion: '1.0', id, source: MARKED_SOURCE, type: `kz.pdl.${type}.v1` };
  return JSON.stringify({ ...event, subject, time: '2025-03-02T09:00:00Z', data });
}
