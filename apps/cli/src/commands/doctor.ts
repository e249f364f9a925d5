import type { Command } from 'commander';
import { EXIT } from '../exit.js';
import { globalsOf } from '../global-options.js';
import { print } from '../output.js';

/** `pdl doctor` */
export function registerDoctor(program: Command): void {
  program
    .command('doctor')
    .description(
      'look at what a ledger rests on: Node, SQLite, disk, keys, time zone, store, views',
    )
    .addHelpText('after', '\nExample:\n  pdl doctor --json')
    .action(async (_flags: unknown, command: Command) => {
      const options = globalsOf(command);
      const { diagnose } = await import('#ledger');
      const { filesOf, passphrase } = await import('../session.js');
      const how = { now: new Date(), ...passphrase() };
      const { ok, checks } = await diagnose(filesOf(options), how);
      const { table } = await import('../words/table.js');
      print(options, { ok, checks }, () =>
        table(checks.map((check) => [check.ok ? 'ok' : 'BAD', check.name, check.value])),
      );
      if (!ok) process.exitCode = EXIT.no;
    });
}
