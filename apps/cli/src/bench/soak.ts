import { setTimeout } from 'node:timers/promises';
import { say } from '../output.js';
import { Child } from './child.js';
import { rowOf, type Bar, type Row } from './figure.js';
import { mixedLoad, mixedRequests, type Loaded } from './mixed-load.js';
import { percentile } from './percentile.js';
import { summarise } from './rounds.js';
import { sealedLedger } from './sealed-ledger.js';
import { whileServed, type ServedLedger } from './served-ledger.js';
import { slopeOf, type Sample } from './slope.js';
import type { Workbench } from './workbench.js';
import { assertSame } from './wrong-answer.js';

/** A hundred thousand subjects: registered, with a consent, collected from once and used once. */
const EVENTS = 400_000;
const EVENTS_A_SUBJECT = 4;
const PER_SECOND = 200;
const LOOK_MS = 1_000;

/** A service under mixed load for minutes: what it answers, whether its memory grows, and whether its ledger is whole. */
export async function measureSoak(bench: Workbench): Promise<readonly Row[]> {
  const seconds = bench.size.minutes * 60;
  const sealed = await sealedLedger(bench.folder(), bench.events(EVENTS), EVENTS_A_SUBJECT);
  const { loaded, samples } = await whileServed(sealed.data, async (served) => {
    const stopped = new AbortController();
    const watching = watched(served, stopped.signal);
    const requests = mixedRequests(sealed);
    const loaded = await mixedLoad(served, requests, { perSecond: PER_SECOND, seconds }).finally(
      () => stopped.abort(),
    );
    return { loaded, samples: await watching };
  });
  await assertWhole(sealed.data);
  return rowsOf(loaded, samples, seconds);
}

/** Resident set of the service, once a second. */
async function watched(served: ServedLedger, signal: AbortSignal): Promise<readonly Sample[]> {
  const samples: Sample[] = [];
  const began = performance.now();
  while (!signal.aborted) {
    const { rssMb } = await served.look();
    const minute = (performance.now() - began) / 60_000;
    samples.push({ x: minute, y: rssMb });
    if (samples.length % 30 === 0) say(`soak ${minute.toFixed(1)} min, ${Math.round(rssMb)} MB`);
    await setTimeout(LOOK_MS);
  }
  return samples;
}

/** After the service has ended: every hash, seal and verdict again, and the views folded anew equal the live ones. */
async function assertWhole(data: string): Promise<void> {
  const verified = await answerOf(data, 'verify');
  assertSame('ours', 'whether the ledger verifies', String(verified['ok']), 'true');
  const rebuilt = await answerOf(data, 'rebuild');
  assertSame('ours', 'whether the views equal', String(rebuilt['equalsLive']), 'true');
}

async function answerOf(data: string, word: string): Promise<Readonly<Record<string, unknown>>> {
  const child = new Child(data, [word], {});
  try {
    const answer = await child.answer();
    say(`soak ${word} ${JSON.stringify(answer)}`);
    await child.end();
    return answer;
  } finally {
    child.kill();
  }
}

function rowsOf(
  { requests, seconds, each, statuses }: Loaded,
  samples: readonly Sample[],
  asked: number,
): readonly Row[] {
  const faults = [...statuses].filter(([status]) => status >= 500);
  const warm = samples.filter(({ x }) => x >= asked / 60 / 4);
  const row = (title: string, unit: string, figure: number, bar?: Bar): Row =>
    rowOf(
      { name: 'soak', title, unit, ...(bar === undefined ? {} : { bar }) },
      summarise([figure]),
    );
  return [
    row('mixed requests', 'requests/s', requests / seconds, {
      of: 'ours',
      least: 0.95 * PER_SECOND,
    }),
    row(`answers of 5xx, of ${requests}`, 'answers', sum(faults), { of: 'ours', most: 0 }),
    row('time of an answer, p50', 'ms', percentile(each, 0.5)),
    row('time of an answer, p99', 'ms', percentile(each, 0.99)),
    row('resident set at the end', 'MB', samples.at(-1)?.y ?? 0, { of: 'ours', most: 300 }),
    row('its growth after a quarter of the time', 'MB/min', slopeOf(warm), { of: 'ours', most: 1 }),
  ];
}

function sum(counted: readonly (readonly [number, number])[]): number {
  return counted.reduce((total, [, count]) => total + count, 0);
}
