import { withLedger } from '../session.js';
import { CloudEventLines } from './cloud-event-lines.js';
import { rowOf, type Row } from './figure.js';
import { batchesOf, sendBatches } from './http-batches.js';
import { percentile } from './percentile.js';
import { summarise } from './rounds.js';
import { initialised } from './sealed-ledger.js';
import { whileServed, type ServedLedger } from './served-ledger.js';
import type { Workbench } from './workbench.js';
import { assertSame } from './wrong-answer.js';

const EVENTS = 50_000;
const SUBJECTS = 20_000;

/** P3: the whole path over HTTP, in batches of a hundred on eight connections, to a service in its own process. */
export async function measureOverHttp(bench: Workbench): Promise<readonly Row[]> {
  const events = bench.events(EVENTS);
  const lines = new CloudEventLines(Math.min(SUBJECTS, Math.ceil(events / 2)));
  const data = await initialised(bench.folder());
  const p99s: number[] = [];
  let first = 0;
  const rates = await whileServed(data, async (served) => {
    await prepare(served, lines);
    return bench.measure('p3', async () => {
      const bodies = batchesOf(lines.operations(first, events));
      first += events;
      const { ms, each } = await sendBatches(served, bodies, events);
      p99s.push(percentile(each, 0.99));
      return (events / ms) * 1000;
    });
  });
  await assertRecorded(data, lines, first);
  const title = 'whole path over HTTP, batches of 100';
  const rate = { name: 'p3', title, unit: 'events/s', bar: { of: 'ours', least: 15_000 } } as const;
  const p99 = { name: 'p3', title: `${title}, p99 of a batch`, unit: 'ms' };
  return [rowOf(rate, rates), rowOf({ ...p99, bar: { of: 'ours', most: 100 } }, summarise(p99s))];
}

/** Registrations and consents, before anything is measured. */
async function prepare(served: ServedLedger, lines: CloudEventLines): Promise<void> {
  // A person's consent must not overtake the registration: the former are sent when the latter are there.
  const all = [...lines.registrations()];
  for (const part of [0, 1]) {
    const mine = all.filter((_, n) => n % 2 === part);
    await sendBatches(served, batchesOf(mine), mine.length);
  }
}

/** What the log has of it, once the service has ended. */
async function assertRecorded(
  data: string,
  lines: CloudEventLines,
  operations: number,
): Promise<void> {
  const found = await withLedger({ data }, async (ledger) => {
    const counts = new Map<string, number>();
    for await (const batch of ledger.parts.store.readAll())
      for (const { type } of batch) counts.set(type, (counts.get(type) ?? 0) + 1);
    return counts;
  });
  const collects = lines.collectsOf(0, operations);
  assertSame('ours', 'registrations', found.get('SubjectRegistered'), lines.subjects);
  assertSame('ours', 'collects in the log', found.get('DataCollected'), collects);
  assertSame('ours', 'uses in the log', found.get('DataUsed'), operations - collects);
}
