import { InvalidArgumentError, type Command } from 'commander';
import type { GlobalOptions } from '../global-options.js';
import { print } from '../output.js';

interface BenchFlags extends GlobalOptions {
  readonly events?: number;
  readonly rounds: number;
  readonly minutes: number;
}

/** `pdl bench` */
export function registerBench(program: Command): void {
  program
    .command('bench')
    .description(
      'measure this machine: ours beside what one would use instead, in alternating rounds',
    )
    .argument('[figure...]', 'p1 … p12, all of them when none is named; es or soak')
    .option('--events <n>', 'events a round (default: the figure’s own)', wholeNumber)
    .option('--rounds <n>', 'rounds of each side', wholeNumber, 5)
    .option('--minutes <n>', 'how long a soak takes', someMinutes, 10)
    .addHelpText(
      'after',
      `
Works in a directory of its own under TMPDIR, which must be on a disk, and removes it. PDL_BENCH_POSTGRES names a
PostgreSQL server to compare with; without it an installed one is started. PDL_BENCH_EVENTSTORE names an
EventStoreDB for es. Exit code 1 when a side answered wrongly; a bar that is not met is said by "ok", not by the exit code.

Example:
  pdl bench p1 p7 --json`,
    )
    .action(async (figures: readonly string[], _flags: unknown, command: Command) => {
      const flags = command.optsWithGlobals<BenchFlags>();
      const { events, rounds, minutes } = flags;
      const { runBench } = await import('../bench/bench.js');
      const size = { rounds, minutes, ...(events === undefined ? {} : { events }) };
      await runBench(figures, size, (row) => print(flags, row));
    });
}

function wholeNumber(text: string): number {
  const value = Number(text);
  if (Number.isSafeInteger(value) && value > 0) return value;
  throw new InvalidArgumentError('give a whole number from 1');
}

function someMinutes(text: string): number {
  const value = Number(text);
  if (value > 0 && value <= 10_080) return value;
  throw new InvalidArgumentError('give minutes, at most a week of them');
}
