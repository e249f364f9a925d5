import type { Command } from 'commander';
import { globalsOf } from '../global-options.js';
import { print } from '../output.js';

/** `pdl init` */
export function registerInit(program: Command): void {
  program
    .command('init')
    .description('make keys and stores, register both operators, put the shipped policies in force')
    .addHelpText('after', '\nExample:\n  pdl init --data ./data')
    .action(async (_options: unknown, command: Command) => {
      const options = globalsOf(command);
      const { SystemClock, initLedger, shippedPolicies } = await import('#ledger');
      const { filesOf, passphrase, speaker } = await import('../session.js');
      const answer = await initLedger({
        files: filesOf(options),
        clock: new SystemClock(),
        policies: shippedPolicies(),
        by: speaker('admin').name,
        ...passphrase(),
      });
      const { initText } = await import('../words/answers.js');
      print(options, answer, (made) => initText(made, filesOf(options).keys));
    });
}
