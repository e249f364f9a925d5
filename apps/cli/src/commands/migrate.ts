import type { Command } from 'commander';
import type { Migration, MigrationProgress } from '#ledger';
import { CliError, EXIT } from '../exit.js';
import { given, type GlobalOptions } from '../global-options.js';
import { print } from '../output.js';
import { progressBar, type Progress } from '../progress.js';

interface MigrateFlags extends GlobalOptions {
  readonly toStore?: string;
  readonly toDatabase?: string;
  readonly dryRun?: boolean;
}

/** `pdl migrate` */
export function registerMigrate(program: Command): void {
  program
    .command('migrate')
    .description(
      'move an embedded ledger to a server for its log, a database for its vault, or both',
    )
    .option('--to-store <url>', 'where the log goes: esdb://… or kurrentdb://…')
    .option('--to-database <url>', 'where vault and views go: postgres://…')
    .option('--dry-run', 'check the ledger and both targets, move nothing')
    .addHelpText(
      'after',
      `
Ids, order and bytes stay; what is destroyed stays destroyed; keys stay where they are. Everything is compared and the
whole ledger verified in its new places before the files are renamed to *.migrated. Cut off, the same command goes on.

Example:
  pdl migrate --to-store esdb://127.0.0.1:2113 --to-database postgres://127.0.0.1/pdl --dry-run`,
    )
    .action(async (_flags: unknown, command: Command) => {
      const flags = command.optsWithGlobals<MigrateFlags>();
      const { ok } = await run(flags);
      if (!ok) process.exitCode = EXIT.no;
    });
}

async function run(flags: MigrateFlags): Promise<Migration> {
  const { toStore, toDatabase, dryRun = false } = flags;
  if (toStore === undefined && toDatabase === undefined)
    throw new CliError(EXIT.usage, 'say where to: --to-store, --to-database, or both');
  const { migrateLedger } = await import('#ledger');
  const { filesOf, passphrase } = await import('../session.js');
  const from = filesOf(flags);
  const to = filesOf({ ...flags, ...given({ store: toStore, database: toDatabase }) });
  const bars = new Bars();
  const answer = await migrateLedger({
    ...{ from, to, dryRun, now: new Date() },
    ...passphrase(),
    onProgress: (progress) => bars.show(progress),
  }).finally(async () => bars.end());
  const { migrationText } = await import('../words/migration.js');
  print(flags, answer, migrationText);
  return answer;
}

const LABELS = {
  log: 'copying the log',
  'log-proof': 'reading it back',
  vault: 'copying the vault',
  leaving: 'leaving the files',
} as const;

/** A bar for each stage. */
class Bars {
  #stage: string | undefined;
  #bar: Promise<Progress> | undefined;

  show({ stage, done, total }: MigrationProgress): void {
    if (stage !== this.#stage) {
      void this.end();
      this.#stage = stage;
      this.#bar = progressBar(LABELS[stage], total);
    }
    void this.#bar?.then((bar) => bar.update(done));
  }

  async end(): Promise<void> {
    (await this.#bar)?.stop();
    this.#bar = undefined;
  }
}
