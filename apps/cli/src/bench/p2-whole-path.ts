import { join } from 'node:path';
import {
  SubmitBatch,
  SystemClock,
  importLines,
  initLedger,
  ledgerFiles,
  shippedPolicies,
  type ImportSummary,
} from '#ledger';
import { linesOf } from '#ledger/intake';
import { speaker, withLedger, type Session } from '../session.js';
import { CloudEventLines } from './cloud-event-lines.js';
import { rowOf, type Row } from './figure.js';
import type { Workbench } from './workbench.js';
import { assertSame } from './wrong-answer.js';

const EVENTS = 100_000;
const SUBJECTS = 50_000;

/** P2: lines checked, decided, sealed, appended and durable, as `pdl import` does it, without the views. */
export async function measureWholePath(bench: Workbench): Promise<readonly Row[]> {
  const events = bench.events(EVENTS);
  const lines = new CloudEventLines(Math.min(SUBJECTS, Math.ceil(events / 2)));
  const data = join(bench.folder(), 'ledger');
  const files = ledgerFiles(data);
  const clock = new SystemClock();
  await initLedger({ files, clock, policies: shippedPolicies(), by: 'bench' });
  const outcome = await withLedger({ data }, async (session) => {
    const registered = await imported(session, lines.registrations());
    assertTaken(registered.summary, lines.subjects * 2);
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
  const { summary, seconds } = await imported(session, lines.operations(first, events));
  assertTaken(summary, events);
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

async function imported(
  { commands }: Session,
  lines: Iterable<string>,
): Promise<{ readonly summary: ImportSummary; readonly seconds: number }> {
  const chunks = chunked(lines);
  const by = speaker('emitter');
  const began = performance.now();
  const summary = await importLines(linesOf(streamOf(chunks)), {
    submit: async (submissions) => commands.execute(new SubmitBatch(submissions, by, 'enforce')),
    onFailed: () => undefined,
    onSettled: () => undefined,
  });
  return { summary, seconds: (performance.now() - began) / 1000 };
}

const CHUNK = 65_536;

/** As a file is read: in pieces of 64 KiB, whatever the lines. */
function chunked(lines: Iterable<string>): readonly Uint8Array[] {
  const bytes = Buffer.from([...lines].join(''));
  const count = Math.ceil(bytes.length / CHUNK);
  return Array.from({ length: count }, (_, n) => bytes.subarray(n * CHUNK, (n + 1) * CHUNK));
}

async function* streamOf(chunks: readonly Uint8Array[]): AsyncIterable<Uint8Array> {
  yield* chunks;
}

function assertTaken(summary: ImportSummary, events: number): void {
  assertSame('ours', 'the number of accepted lines', summary.accepted, events);
}
