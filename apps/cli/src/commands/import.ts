import { createReadStream, createWriteStream, statSync } from 'node:fs';
import { Option, type Command } from 'commander';
import { CliError, EXIT } from '../exit.js';
import type { GlobalOptions } from '../global-options.js';
import { print, say } from '../output.js';
import { progressBar } from '../progress.js';

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
    .addHelpText('after', '\nExample:\n  pdl import events.ndjson --errors bad.ndjson')
    .action(async (file: string, _flags: unknown, command: Command) => {
      const flags = command.optsWithGlobals<ImportFlags>();
      const failed = await runImport(file, flags);
      if (failed > 0) process.exitCode = EXIT.no;
    });
}

const SAVE_EVERY = 2000;

async function runImport(file: string, flags: ImportFlags): Promise<number> {
  const { ImportProgress, Submit, importLines } = await import('#ledger');
  const { linesOf } = await import('#ledger/intake');
  const { filesOf, speaker, withLedger } = await import('../session.js');
  const size = file === '-' ? 0 : fileSize(file);
  return withLedger(flags, async ({ commands, ledger }) => {
    const progress = file === '-' ? undefined : new ImportProgress(filesOf(flags).imports, file);
    const start =
      flags.fromStart === true || progress === undefined ? { offset: 0, line: 0 } : progress.read();
    if (start.offset > 0) say(`resuming after line ${start.line}`);
    const source = file === '-' ? process.stdin : createReadStream(file, { start: start.offset });
    const errors = flags.errors === undefined ? undefined : createWriteStream(flags.errors);
    const bar = await progressBar('importing', size);
    const by = speaker('emitter');
    const began = performance.now();
    let settled = 0;
    const summary = await importLines(linesOf(source), {
      submit: async (submission) => commands.execute(new Submit(submission, by, flags.mode)),
      onFailed: (failed) =>
        errors?.write(`${JSON.stringify({ ...failed, line: failed.line + start.line })}\n`),
      onSettled: ({ number, end }) => {
        settled += 1;
        if (settled % SAVE_EVERY !== 0) return;
        bar.update(start.offset + end);
        progress?.write({ offset: start.offset + end, line: start.line + number });
      },
    });
    progress?.clear();
    bar.stop();
    await ledger.views();
    const seconds = (performance.now() - began) / 1000;
    const eventsPerSecond = Math.round(summary.read / seconds);
    print(flags, { ...summary, seconds: Number(seconds.toFixed(3)), eventsPerSecond });
    if (errors !== undefined) await new Promise((resolve) => errors.end(resolve));
    return summary.failed;
  });
}

function fileSize(file: string): number {
  const stats = statSync(file, { throwIfNoEntry: false });
  if (stats?.isFile() !== true)
    throw new CliError(EXIT.usage, 'the file to import does not exist or is no file');
  return stats.size;
}
