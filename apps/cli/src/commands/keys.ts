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
    .description('retire key epochs under which somebody was destroyed, or show all')
    .addArgument(new Argument('<action>').choices(['rotate', 'status']))
    .option('--force', 'retire every epoch, also where nobody was destroyed under it')
    .addHelpText('after', '\nExample:\n  pdl keys rotate')
    .action(async (action: string, _flags: unknown, command: Command) => {
      const flags = command.optsWithGlobals<KeysFlags>();
      const { keyEpochs } = await import('#ledger');
      const { filesOf, passphrase } = await import('../session.js');
      const retired = action === 'rotate' ? await rotated(flags) : {};
      // Not under the writer's lock: a running service is no reason not to be told.
      const answer = { ...retired, epochs: await keyEpochs(filesOf(flags), passphrase()) };
      const { keysText } = await import('../words/answers.js');
      print(flags, answer, keysText);
    });
}

async function rotated(flags: KeysFlags): Promise<{ readonly retired: readonly object[] }> {
  const { rotateKeys } = await import('#ledger');
  const { speaker, withLedger } = await import('../session.js');
  return withLedger(flags, async (ledger) =>
    rotateKeys(ledger, flags.force === true ? 'all' : 'due', speaker('admin')),
  );
}
