import { decodeRecorded } from '#ledger';
import { comparedRow, type Row } from './figure.js';
import { subjectId } from './leaf-template.js';
import { SeededLedger, seededLedger } from './seeded-ledger.js';
import type { Workbench } from './workbench.js';
import { assertSame } from './wrong-answer.js';

const APPENDERS = 64;
const READS = 500;
const LAST_ENTRIES = 50;
const BAR = { of: 'ratio', most: 1.5 } as const;

/** P10: what an append and a read of one subject cost in a large ledger, beside one of a hundredth of its events. */
export async function measureGrowth(bench: Workbench): Promise<readonly Row[]> {
  const large = await seededLedger(bench);
  const events = Math.max(500, Math.ceil(bench.events(1_000_000) / 100));
  const small = await bench.keep('small ledger', async () =>
    SeededLedger.make(bench.folder(), events),
  );
  const against = `the same at ${events} events`;
  const appends = Math.ceil(events / 5);
  const rowFor = async (
    title: string,
    measure: (ledger: SeededLedger, round: number) => Promise<number>,
  ): Promise<Row> => {
    let [inLarge, inSmall] = [0, 0];
    const outcomes = await bench.alternate(`p10 ${title}`, [
      { name: 'ours', round: async () => measure(large, inLarge++) },
      { name: against, round: async () => measure(small, inSmall++) },
    ]);
    const none = { reason: 'not measured' };
    const [ours = none, peer = none] = outcomes.values();
    return comparedRow({ name: 'p10', title, unit: 'µs', bar: BAR }, ours, against, peer);
  };
  // Reads first: as long as nothing was appended, a subject has as many events in the one as in the other.
  return [
    await rowFor('read of one subject in a large ledger', readRound),
    await rowFor('append in a large ledger', async (ledger) => appendRound(ledger, appends)),
  ];
}

/** Microseconds an append, 64 under way at once. */
async function appendRound(seeded: SeededLedger, count: number): Promise<number> {
  const { store } = seeded.ledger.parts;
  const before = await store.head();
  const appends = Array.from({ length: count }, () => seeded.next());
  const began = performance.now();
  await Promise.all(
    Array.from({ length: APPENDERS }, async () => {
      for (let next = appends.shift(); next !== undefined; next = appends.shift())
        await store.append(next);
    }),
  );
  const microseconds = (performance.now() - began) * 1000;
  const { size } = await store.head();
  assertSame('ours', 'the size of the log', size, before.size + BigInt(count));
  return microseconds / count;
}

/** Microseconds a subject: its current data and its last 50 trail entries, without opening values. */
async function readRound(seeded: SeededLedger, round: number): Promise<number> {
  const { ledger, subjects } = seeded;
  const { store } = ledger.parts;
  const views = await ledger.views();
  const chosen = Array.from({ length: READS }, (_, n) => ((round * READS + n) * 7919) % subjects);
  const read: { readonly held: number; readonly entries: readonly string[] }[] = [];
  const began = performance.now();
  for (const number of chosen) {
    const where = { subject: subjectId(number) };
    const held = (await views.select('current-data', { where })).length;
    const trail = { where, descending: true, limit: LAST_ENTRIES };
    const last = await views.select('audit-trail', trail);
    const ordinals = last.map(({ ordinal }) => ordinal);
    const entries = (await store.readAt(ordinals)).map((one) => decodeRecorded(one).revision);
    read.push({ held, entries });
  }
  const microseconds = (performance.now() - began) * 1000;
  for (const [n, number] of chosen.entries()) {
    const last = seeded.eventsOf(number) - 1;
    const expected = Array.from({ length: Math.min(LAST_ENTRIES, last + 1) }, (_, at) => last - at);
    assertSame('ours', 'the trail', read[n]?.entries.join(), expected.join());
    assertSame('ours', 'whether data is held', Number((read[n]?.held ?? 0) > 0), Number(last > 1));
  }
  return microseconds / READS;
}
