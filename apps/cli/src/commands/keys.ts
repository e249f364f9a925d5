import { Argument, type Command } from 'commander';
import type { GlobalOptions } from '../global-options.js';
import { print } from '../output.js';

interface KeysFlags extends GlobalOptions {
  readonly force?: boolean;
}

/** `pdl keys` */
export function registerKeys(program: Command): void {
  program
    .command('keys')
    .description('retire key epochs that a destruction made due, or show all')
    .addArgument(new Argument('<action>').choices(['rotate', 'status']))
    .option('--force', 'retire every epoch now, due or not')
    .addHelpText('after', '\nExample:\n  pdl keys rotate --force')
    .action(async (action: string, _flags: unknown, command: Command) => {
      const flags = command.optsWithGlobals<KeysFlags>();
      const { rotateKeys } = await import('#ledger');
      const { speaker, withLedger } = await import('../session.js');
      const answer = await withLedger(flags, async (ledger) => {
        const isForced = flags.force === true;
        const retired =
          action === 'rotate' ? await rotateKeys(ledger, isForced, speaker('admin')) : {};
        return { ...retired, epochs: await ledger.parts.vault.epochs() };
      });
      const { keysText } = await import('../words/answers.js');
      print(flags, answer, keysText);
    });
}
