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
      const { filesOf } = await import('../session.js');
      const { ok, checks } = await diagnose(filesOf(options));
      if (options.json === true) print(options, { ok, checks });
      else {
        for (const check of checks) {
          process.stdout.write(`${check.ok ? 'ok  ' : 'BAD '} ${check.name}: ${check.value}\n`);
        }
      }
      if (!ok) process.exitCode = EXIT.no;
    });
}
