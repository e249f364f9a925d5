import { closeSync, createReadStream, openSync, statSync, writeSync } from 'node:fs';
import { Option, type Command } from 'commander';
import { CliError, EXIT } from '../exit.js';
import type { GlobalOptions } from '../global-options.js';
import { print, say } from '../output.js';
import { languageOf } from '../words/language.js';
import { progressBar } from '../progress.js';
import type { Ledger } from '#ledger';
import type { FailedLine, ImportProgress, ImportSummary } from '#ledger/importing';

interface ImportFlags extends GlobalOptions {
  readonly mode: 'enforce' | 'record';
  readonly errors?: string;
  readonly fromStart?: boolean;
}

/** `pdl import` */
export function registerImport(program: Command): void {
  program
    .command('import')
    .description('judge and record a file of CloudEvents, one a line; - reads stdin')
    .argument('<file>', 'NDJSON file, or - for standard input')
    .addOption(
      new Option('--mode <mode>', 'ask before the act, or report after it')
        .choices(['enforce', 'record'])
        .default('enforce'),
    )
    .option('--errors <file>', 'where to write lines that were not taken: number, code, message')
    .option('--from-start', 'do not resume where an interrupted import of this file stopped')
    .addHelpText(
      'after',
      '\nExamples:\n  pdl import events.ndjson --errors bad.ndjson\n  zcat events.gz | pdl import - --mode record',
    )
    .action(async (file: string, _flags: unknown, command: Command) => {
      const flags = command.optsWithGlobals<ImportFlags>();
      const failed = await runImport(file, flags);
      if (failed > 0) process.exitCode = EXIT.no;
    });
}

const SAVE_EVERY = 2000;

async function runImport(file: string, flags: ImportFlags): Promise<number> {
  const size = file === '-' ? 0 : fileSize(file);
  const { withLedger } = await import('../session.js');
  const { importText } = await import('../words/answers.js');
  return withLedger(flags, async (ledger) => {
    const input = await openInput(file, flags);
    const errors = openErrors(flags.errors, input.start.offset > 0 ? 'a' : 'w');
    const bar = await progressBar('importing', size);
    const began = performance.now();
    const summary = await importAll(ledger, flags, input, {
      failed: errors.write,
      reached: (offset) => bar.update(offset),
    }).finally(() => bar.stop());
    errors.close();
    await ledger.views();
    const seconds = (performance.now() - began) / 1000;
    const eventsPerSecond = Math.round(summary.read / seconds);
    const told = { ...summary, seconds: Number(seconds.toFixed(3)), eventsPerSecond };
    print(flags, told, (it) => importText(it, languageOf(flags.lang)));
    if (summary.failed > 0 && flags.errors === undefined)
      say('which lines failed, and why: run again with --errors FILE, the others are duplicates');
    return summary.failed;
  });
}

/**
 * Opened before the first line is read: a path that cannot be written must not cost an import. A resumed import goes on in
 * the file of the one before.
 */
function openErrors(
  file: string | undefined,
  mode: 'a' | 'w',
): {
  readonly write: (failed: FailedLine) => void;
  readonly close: () => void;
} {
  if (file === undefined) return { write: () => undefined, close: () => undefined };
  const descriptor = openForWriting(file, mode);
  return {
    write: (failed) => writeSync(descriptor, `${JSON.stringify(failed)}\n`),
    close: () => closeSync(descriptor),
  };
}

function openForWriting(file: string, mode: 'a' | 'w'): number {
  try {
    return openSync(file, mode, 0o600);
  } catch {
    throw new CliError(EXIT.usage, 'the file of --errors cannot be written: name another');
  }
}

interface Input {
  readonly source: AsyncIterable<Uint8Array>;
  /** Where a file's interrupted import goes on; standard input always starts over. */
  readonly start: { readonly offset: number; readonly line: number };
  readonly progress?: ImportProgress;
}

async function openInput(file: string, flags: ImportFlags): Promise<Input> {
  if (file === '-') return { source: process.stdin, start: { offset: 0, line: 0 } };
  const { ImportProgress } = await import('#ledger/importing');
  const { filesOf } = await import('../session.js');
  const progress = new ImportProgress(filesOf(flags).imports, file);
  const start = flags.fromStart === true ? { offset: 0, line: 0 } : progress.read();
  if (start.offset > 0) say(`resuming after line ${start.line}`);
  return { source: createReadStream(file, { start: start.offset }), start, progress };
}

async function importAll(
  ledger: Ledger,
  { mode }: ImportFlags,
  { source, start, progress }: Input,
  on: { readonly failed: (failed: FailedLine) => void; readonly reached: (offset: number) => void },
): Promise<ImportSummary> {
  const { submitAll } = await import('#ledger');
  const { importLines } = await import('#ledger/importing');
  const { linesOf } = await import('#ledger/intake');
  const { speaker } = await import('../session.js');
  const by = { ...speaker('emitter'), mode };
  let saved = start.line;
  const summary = await importLines(linesOf(source), {
    submit: async (submissions) => submitAll(ledger, submissions, by),
    onFailed: (failed) => on.failed({ ...failed, line: failed.line + start.line }),
    onSettled: ({ number, end }) => {
      const reached = { offset: start.offset + end, line: start.line + number };
      on.reached(reached.offset);
      if (reached.line - saved < SAVE_EVERY) return;
      saved = reached.line;
      progress?.write(reached);
    },
  });
  progress?.clear();
  return summary;
}

function fileSize(file: string): number {
  const stats = statSync(file, { throwIfNoEntry: false });
  if (stats?.isFile() !== true)
    throw new CliError(
      EXIT.usage,
      'the file to import does not exist or is no file: check its path',
    );
  return stats.size;
}
