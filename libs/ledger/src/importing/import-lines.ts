import type { Answer } from '../commands/answer.js';
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
  readonly submit: (submission: Submission) => Promise<Answer>;
  readonly onFailed: (failed: FailedLine) => void;
  /** After each line that is settled with all before it: how much of the input need not be read again. */
  readonly onSettled: (line: Line) => void;
}

const IN_FLIGHT = 4096;

/** Submits lines in order, many under way at once; reads on only as fast as the ledger records. */
export async function importLines(
  lines: AsyncIterable<Line>,
  options: ImportOptions,
): Promise<ImportSummary> {
  const tally = new Tally();
  const window: { readonly line: Line; readonly settled: Promise<void> }[] = [];
  const settleOldest = async (): Promise<void> => {
    const oldest = window.shift();
    if (oldest === undefined) return;
    await oldest.settled;
    options.onSettled(oldest.line);
  };
  for await (const line of lines) {
    if (window.length >= IN_FLIGHT) await settleOldest();
    const settled = importLine(line, tally, options);
    // Awaited in order below; a failure must not count as unhandled until then.
    settled.catch(() => undefined);
    window.push({ line, settled });
  }
  while (window.length > 0) await settleOldest();
  return tally.summary();
}

async function importLine(line: Line, tally: Tally, options: ImportOptions): Promise<void> {
  tally.read += 1;
  const parsed = line.bytes === undefined ? TOO_LONG : parseLine(line.bytes);
  if (!parsed.ok) {
    tally.failed += 1;
    for (const { code, path, message } of parsed.faults.slice(0, 1)) {
      options.onFailed({ line: line.number, code, ...(path === '' ? {} : { path }), message });
    }
    return;
  }
  const answer = await options.submit(parsed.submission);
  tally.add(answer);
  if (answer.status === 'invalid') {
    const { code = 'INVALID_REQUEST', message = '' } = answer;
    options.onFailed({ line: line.number, code, message });
  }
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
