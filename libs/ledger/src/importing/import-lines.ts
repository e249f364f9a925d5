import { setImmediate as turn } from 'node:timers/promises';
import type { Answer } from '../commands/answer.js';
import type { Submitted } from '../commands/submit.js';
import { parseLine, type ParsedLine } from '../intake/parse-line.js';
import type { Line } from '../intake/lines.js';
import type { Submission } from '#domain';

/** What an import answers at its end (contract §2). */
export interface ImportSummary {
  readonly read: number;
  readonly accepted: number;
  readonly duplicates: number;
  readonly refused: number;
  readonly refusedByCode: Readonly<Record<string, number>>;
  readonly violations: number;
  readonly failed: number;
}

/** A line that was not taken: where and why, never what it said. */
export interface FailedLine {
  readonly line: number;
  readonly code: string;
  readonly path?: string;
  readonly message: string;
}

/** How an import runs. */
export interface ImportOptions {
  readonly submit: (submissions: readonly Submission[]) => Promise<Submitted>;
  readonly onFailed: (failed: FailedLine) => void;
  /** When all lines up to this one are settled: how much of the input need not be read again. */
  readonly onSettled: (last: Line) => void;
}

/** Enough to decide while a group of destructions is carried out, which takes a fifth of a second from order to answer. */
const LINES_IN_FLIGHT = 8192;

/** Submits lines in order, many under way at once; reads on only as fast as the ledger records. */
export async function importLines(
  source: AsyncIterable<readonly Line[]>,
  options: ImportOptions,
): Promise<ImportSummary> {
  const tally = new Tally();
  const batches: Batch[] = [];
  let inFlight = 0;
  const settleOldest = async (): Promise<void> => {
    const oldest = batches.shift();
    if (oldest === undefined) return;
    inFlight -= oldest.lines.length;
    await settle(oldest, tally, options);
  };
  for await (const lines of source) {
    while (inFlight > LINES_IN_FLIGHT) await settleOldest();
    batches.push(await submitted(lines, tally, options));
    inFlight += lines.length;
    // A source that is always ready would keep what was decided from its way into the log.
    await turn();
  }
  while (batches.length > 0) await settleOldest();
  return tally.summary();
}

/** Lines that are on their way, and which of them were taken. */
interface Batch {
  readonly lines: readonly Line[];
  readonly taken: readonly Line[];
  readonly answers: Promise<readonly Answer[]>;
}

async function submitted(
  lines: readonly Line[],
  tally: Tally,
  options: ImportOptions,
): Promise<Batch> {
  tally.read += lines.length;
  const taken: Line[] = [];
  const submissions: Submission[] = [];
  for (const line of lines) {
    const parsed = line.bytes === undefined ? TOO_LONG : parseLine(line.bytes);
    if (parsed.ok) {
      taken.push(line);
      submissions.push(parsed.submission);
      continue;
    }
    tally.failed += 1;
    for (const fault of parsed.faults.slice(0, 1)) options.onFailed(failedAt(line, fault));
  }
  const { answers } = await options.submit(submissions);
  return { lines, taken, answers };
}

async function settle(
  { lines, taken, answers }: Batch,
  tally: Tally,
  options: ImportOptions,
): Promise<void> {
  for (const [n, answer] of (await answers).entries()) {
    tally.add(answer);
    if (answer.status === 'invalid') options.onFailed(failedAt(taken[n], answer));
  }
  const last = lines.at(-1);
  if (last !== undefined) options.onSettled(last);
}

function failedAt(
  line: Line | undefined,
  { code = 'INVALID_REQUEST', path = '', message = '' }: Partial<Omit<FailedLine, 'line'>>,
): FailedLine {
  return { line: line?.number ?? 0, code, ...(path === '' ? {} : { path }), message };
}

const TOO_LONG: ParsedLine = {
  ok: false,
  faults: [{ code: 'TOO_LARGE', path: '', message: 'the line is longer than 256 KiB: split it' }],
};

class Tally {
  read = 0;
  failed = 0;
  #accepted = 0;
  #duplicates = 0;
  #violations = 0;
  readonly #refused = new Map<string, number>();

  add({ status, code = '' }: Answer): void {
    if (status === 'accepted') this.#accepted += 1;
    else if (status === 'duplicate') this.#duplicates += 1;
    else if (status === 'violation') this.#violations += 1;
    else if (status === 'refused') this.#refused.set(code, (this.#refused.get(code) ?? 0) + 1);
    else this.failed += 1;
  }

  summary(): ImportSummary {
    const refused = [...this.#refused.values()].reduce((sum, count) => sum + count, 0);
    return {
      read: this.read,
      accepted: this.#accepted,
      duplicates: this.#duplicates,
      refused,
      refusedByCode: Object.fromEntries([...this.#refused].sort()),
      violations: this.#violations,
      failed: this.failed,
    };
  }
}
