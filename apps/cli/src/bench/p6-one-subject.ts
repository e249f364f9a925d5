import { ReadData, ShowHistory } from '#ledger/bus';
import { speaker, withSession, type Session } from '../session.js';
import { rowOf, type Row } from './figure.js';
import { PURPOSE } from './made-commands.js';
import { percentile } from './percentile.js';
import { summarise } from './rounds.js';
import { sealedLedger, type SealedLedger } from './sealed-ledger.js';
import type { Workbench } from './workbench.js';
import { assertSame } from './wrong-answer.js';

const EVENTS = 200_000;
/** The read itself is the fiftieth, so that the last fifty are all of a subject that is read once. */
const ENTRIES = 50;
const READS = 500;
const OFFICER = { ...speaker('officer'), operator: 'quicklid' };

/** P6: current values and the last fifty trail entries of one subject, both recorded and durable, in a sealed ledger. */
export async function measureOneSubject(bench: Workbench): Promise<readonly Row[]> {
  const events = bench.events(EVENTS);
  const sealed = await sealedLedger(bench.folder(), events, ENTRIES - 1);
  const reads = Math.min(READS, Math.floor(sealed.subjects.length / (bench.size.rounds + 1)));
  const p99s: number[] = [];
  const medians = await withSession({ data: sealed.data }, async (session) => {
    let first = 0;
    const round = async (): Promise<readonly number[]> => {
      first += reads;
      return readRound(session, sealed, first - reads, reads);
    };
    // The first reads load code and fill caches.
    await round();
    return bench.measure('p6', async () => {
      const each = await round();
      p99s.push(percentile(each, 0.99));
      return percentile(each, 0.5);
    });
  });
  const title = `read of one subject: values and last 50 entries, ${events} events in the ledger`;
  const row = (what: string, most: number, outcome: typeof medians): Row =>
    rowOf(
      { name: 'p6', title: `${title}, ${what}`, unit: 'ms', bar: { of: 'ours', most } },
      outcome,
    );
  return [row('p50', 2, medians), row('p99', 10, summarise(p99s))];
}

/** Milliseconds of each read, of subjects all over the ledger, nobody twice. */
async function readRound(
  session: Session,
  { subjects, lines, operations }: SealedLedger,
  first: number,
  reads: number,
): Promise<readonly number[]> {
  const each: number[] = [];
  for (let n = first; n < first + reads; n += 1) {
    const number = scattered(n, subjects.length);
    const began = performance.now();
    const { data, trail } = await read(session, subjects[number] ?? '');
    each.push(performance.now() - began);
    const told = data.data?.['quicklid:residence']?.value;
    const kept = lines.residenceAfter(operations, number);
    assertSame('ours', 'whether the value is the last', String(told === kept), 'true');
    const revisions = trail.entries.map(({ revision }) => revision).join();
    assertSame(
      'ours',
      'the trail',
      revisions,
      Array.from({ length: ENTRIES }, (_, at) => at).join(),
    );
  }
  return each;
}

async function read(
  { commands, queries }: Session,
  subject: string,
): Promise<{ readonly data: Values; readonly trail: Trail }> {
  const data = await commands.execute(new ReadData(subject, PURPOSE.quicklid, OFFICER));
  const query = { subject, limit: ENTRIES };
  const trail = await queries.execute(new ShowHistory('trail', query, OFFICER));
  return { data: data as Values, trail: trail as Trail };
}

interface Values {
  readonly data?: Readonly<Record<string, { readonly value: string }>>;
}

interface Trail {
  readonly entries: readonly { readonly revision: string }[];
}

/** Numbers below `count`, each once, far from each other: 7919 is prime. */
function scattered(n: number, count: number): number {
  return (n * 7919) % count;
}
