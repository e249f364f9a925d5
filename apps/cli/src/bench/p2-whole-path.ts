import { withSession, type Session } from '../session.js';
import { CloudEventLines } from './cloud-event-lines.js';
import { rowOf, type Row } from './figure.js';
import { chunked, imported } from './in-process-import.js';
import { initialised } from './sealed-ledger.js';
import type { Workbench } from './workbench.js';
import { assertSame } from './wrong-answer.js';

const EVENTS = 100_000;
const SUBJECTS = 50_000;

/** P2: lines checked, decided, sealed, appended and durable, as `pdl import` does it, without the views. */
export async function measureWholePath(bench: Workbench): Promise<readonly Row[]> {
  const events = bench.events(EVENTS);
  const lines = new CloudEventLines(Math.min(SUBJECTS, Math.ceil(events / 2)));
  const data = await initialised(bench.folder());
  const outcome = await withSession({ data }, async (session) => {
    await imported(session, chunked(lines.registrations()), lines.subjects * 2);
    let first = 0;
    return bench.measure('p2', async () => {
      const round = first;
      first += events;
      return measured(session, lines, round, events);
    });
  });
  const title = 'whole path: validate, decide, seal, append, durable';
  const subject = { name: 'p2', title, unit: 'events/s' };
  return [rowOf({ ...subject, bar: { of: 'ours', least: 25_000 } }, outcome)];
}

async function measured(
  session: Session,
  lines: CloudEventLines,
  first: number,
  events: number,
): Promise<number> {
  const { store } = session.ledger.parts;
  const before = await store.head();
  const chunks = [...chunked(lines.operations(first, events))];
  const began = performance.now();
  await imported(session, chunks, events);
  const seconds = (performance.now() - began) / 1000;
  const found = new Map<string, number>();
  for await (const batch of store.readAll(before.size))
    for (const { type } of batch) found.set(type, (found.get(type) ?? 0) + 1);
  const collects = lines.collectsOf(first, events);
  assertSame('ours', 'the number of collects', found.get('DataCollected') ?? 0, collects);
  assertSame('ours', 'the number of uses', found.get('DataUsed') ?? 0, events - collects);
  const { size } = await store.head();
  assertSame('ours', 'the size of the log', size, before.size + BigInt(events));
  return events / seconds;
}
