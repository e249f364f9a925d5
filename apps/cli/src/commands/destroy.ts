import type { Command } from 'commander';
import { EXIT } from '../exit.js';
import { given, uuidOf, type GlobalOptions } from '../global-options.js';
import { print } from '../output.js';
import { languageOf } from '../words/language.js';

interface DestroyFlags extends GlobalOptions {
  readonly subject: string;
  readonly ground: string;
  readonly act: string;
  readonly approvedBy?: readonly string[];
  readonly dryRun?: boolean;
}

/** `pdl destroy` */
export function registerDestroy(program: Command): void {
  program
    .command('destroy')
    .description('destroy everything of a subject, for good')
    .requiredOption('--subject <uuid>', 'ledger id of the subject', uuidOf)
    .requiredOption('--ground <code>', 'ground of Law 94-V: KZ-18.1 … KZ-24.1.5')
    .requiredOption('--act <reference>', 'the act of destruction')
    .option('--approved-by <name...>', 'who approved: filed as text')
    .option('--dry-run', 'judge, but record and destroy nothing')
    .addHelpText(
      'after',
      '\nExample:\n  pdl destroy --subject UUID --ground KZ-24.1.5 --act 12/2026 --dry-run',
    )
    .action(async (_flags: unknown, command: Command) => {
      const flags = command.optsWithGlobals<DestroyFlags>();
      const { policiesOf, speaker, withSession } = await import('../session.js');
      const { destroyText } = await import('../words/answers.js');
      const { subject, ground, act, approvedBy, dryRun } = flags;
      const options = { ...given({ approvedBy, dryRun }), speaker: speaker('officer') };
      const answer = await withSession(flags, async ({ commands, ledger }) => {
        const { DestroySubject } = await import('#ledger/bus');
        const told = await commands.execute(new DestroySubject(subject, ground, act, options));
        const policies = policiesOf(ledger);
        print(flags, told, (it) => destroyText(it, policies, languageOf(flags.lang)));
        return told;
      });
      if (answer.status !== 'accepted') process.exitCode = EXIT.no;
    });
}
