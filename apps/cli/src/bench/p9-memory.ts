import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Child } from './child.js';
import { CloudEventLines } from './cloud-event-lines.js';
import { rowOf, type Row } from './figure.js';
import { chunked } from './in-process-import.js';
import { subjectId } from './leaf-template.js';
import { initialised } from './sealed-ledger.js';
import { SeededLedger } from './seeded-ledger.js';
import { whileServed, type ServedLedger } from './served-ledger.js';
import type { Workbench } from './workbench.js';
import { assertSame } from './wrong-answer.js';

const SERVED = 1_000_000;
const IMPORTED = 300_000;
const READS = 500;

/** P9: the largest resident set of a service with many events, and of an import of many. */
export async function measureMemory(bench: Workbench): Promise<readonly Row[]> {
  const served = bench.events(SERVED);
  const imported = bench.events(IMPORTED);
  const seeded = await SeededLedger.make(bench.folder(), served);
  await seeded.close();
  const serving = await bench.measure('p9 serve', async () => servingMb(seeded));
  const importing = await bench.measure('p9 import', async () =>
    importingMb(bench.folder(), imported),
  );
  const row = (title: string, most: number, outcome: typeof serving): Row =>
    rowOf({ name: 'p9', title, unit: 'MB', bar: { of: 'ours', most } }, outcome);
  return [
    row(`largest resident set: serve with ${served} events, and read`, 300, serving),
    row(`largest resident set: import of ${imported} lines`, 400, importing),
  ];
}

/** A fresh service that answers for the history of subjects all over the ledger, of both operators. */
async function servingMb(seeded: SeededLedger): Promise<number> {
  const read = async (served: ServedLedger): Promise<number> => {
    for (let n = 0; n < Math.min(READS, seeded.subjects); n += 1) {
      const number = (n * 7919) % seeded.subjects;
      const path = `/v1/subjects/${subjectId(number)}/audit-trail?limit=1000`;
      const { status, text } = await served.ask({ method: 'GET', path });
      assertSame('ours', 'the status of a trail', status, 200);
      const { entries } = JSON.parse(text) as { readonly entries: readonly unknown[] };
      assertSame('ours', 'the length of a trail', entries.length, seeded.eventsOf(number));
    }
    return (await served.look()).peakMb;
  };
  return whileServed(seeded.ledger.parts.files.directory, read, {
    role: 'auditor',
    actor: 'bench',
  });
}

async function importingMb(folder: string, events: number): Promise<number> {
  const data = await initialised(folder);
  const lines = new CloudEventLines(Math.ceil(events / 20));
  const file = join(folder, 'events.ndjson');
  await pipeline(Readable.from(chunked(all(lines, events))), createWriteStream(file));
  const child = new Child(data, ['import', file], {});
  try {
    const { read, accepted } = await child.answer();
    assertSame('ours', 'the number of lines', Number(read), events);
    assertSame('ours', 'the number of accepted lines', Number(accepted), events);
    return (await child.end()).peakMb;
  } finally {
    child.kill();
  }
}

function* all(lines: CloudEventLines, events: number): Generator<string> {
  yield* lines.registrations();
  yield* lines.operations(0, events - lines.subjects * 2);
}
