import { CliError, EXIT } from '../exit.js';
import { absentRow, type Measure, type Row, type Subject } from './figure.js';
import { Workbench, type BenchSize } from './workbench.js';

/** Figures in the order of their table; loaded when they are asked for. */
const FIGURES: Readonly<Record<string, () => Promise<Measure>>> = {
  p1: async () => (await import('./p1-append.js')).measureAppend,
  p2: async () => (await import('./p2-whole-path.js')).measureWholePath,
  p3: async () => (await import('./p3-over-http.js')).measureOverHttp,
  p4: async () => (await import('./p4-replay.js')).measureReplay,
  p5: async () => (await import('./p5-rebuild.js')).measureRebuild,
  p6: async () => (await import('./p6-one-subject.js')).measureOneSubject,
  p7: async () => (await import('./p7-gate.js')).measureGate,
  p8: absent({ name: 'p8', title: 'Merkle tree', unit: 'leaves/s' }, 'the tiles'),
  p9: async () => (await import('./p9-memory.js')).measureMemory,
  p10: async () => (await import('./p10-growth.js')).measureGrowth,
  p11: async () => (await import('./p11-event-loop.js')).measureEventLoop,
  p12: absent({ name: 'p12', title: 'disk per event', unit: '×' }, 'the tiles'),
};

/** What is measured only when it is named: it takes minutes, or needs a server. */
const TRIALS: Readonly<Record<string, () => Promise<Measure>>> = {
  es: async () => (await import('./es-append.js')).measureEventStoreDb,
  soak: async () => (await import('./soak.js')).measureSoak,
};

/**
 * Measures figures one after the other, all when none is named, and tells each row as it is known.
 * @throws {CliError} USAGE for a figure that is not in the table; WRONG_ANSWER when a side was fast and wrong.
 */
export async function runBench(
  names: readonly string[],
  size: BenchSize,
  onRow: (row: Row) => void,
): Promise<void> {
  const wanted = names.length === 0 ? Object.keys(FIGURES) : names.map(known);
  const bench = new Workbench(size);
  try {
    for (const name of wanted) {
      const measure = await (FIGURES[name] ?? TRIALS[name])?.();
      for (const row of (await measure?.(bench)) ?? []) onRow(row);
    }
  } finally {
    await bench.close();
  }
}

function known(name: string): string {
  const figure = name.toLowerCase();
  if (Object.hasOwn(FIGURES, figure) || Object.hasOwn(TRIALS, figure)) return figure;
  throw new CliError(
    EXIT.usage,
    'that is no figure: name some of p1 … p12, none for all, es or soak',
  );
}

function absent(subject: Subject, needs: string): () => Promise<Measure> {
  return async () => async () => [absentRow(subject, `not measured yet: needs ${needs}`)];
}
