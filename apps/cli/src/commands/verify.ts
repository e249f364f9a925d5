import type { Command } from 'commander';
import { EXIT } from '../exit.js';
import { globalsOf } from '../global-options.js';
import { print, say } from '../output.js';

/** `pdl verify` */
export function registerVerify(program: Command): void {
  program
    .command('verify')
    .description(
      "check the ledger's own files: anchor, hashes, envelopes, every verdict judged again",
    )
    .addHelpText('after', '\nExample:\n  pdl verify --json')
    .action(async (_flags: unknown, command: Command) => {
      const options = globalsOf(command);
      const { verifyLedger } = await import('#ledger');
      const { filesOf, passphrase } = await import('../session.js');
      const answer = await verifyLedger(filesOf(options), { now: new Date(), ...passphrase() });
      if (!answer.checked.keys)
        say('without keys, envelopes and the anchor MAC were left unchecked');
      const { verifyText } = await import('../words/answers.js');
      print(options, answer, verifyText);
      if (!answer.ok) process.exitCode = EXIT.no;
    });
}
