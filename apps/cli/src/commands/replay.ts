import type { Command } from 'commander';
import { given, uuidOf, type GlobalOptions } from '../global-options.js';
import { print } from '../output.js';

interface ReplayFlags extends GlobalOptions {
  readonly subject?: string;
  readonly asOf?: string;
  readonly digest?: boolean;
}

/** `pdl replay` */
export function registerReplay(program: Command): void {
  program
    .command('replay')
    .description('history event by event, without values; or the digest of a fold from scratch')
    .option('--subject <uuid>', 'only this subject', uuidOf)
    .option('--as-of <time-or-position>', 'up to this moment')
    .option('--digest', 'digests of all views of a from-scratch fold')
    .addHelpText('after', '\nExample:\n  pdl replay --as-of 2026-03-01T00:00:00Z --digest')
    .action(async (_flags: unknown, command: Command) => {
      const flags = command.optsWithGlobals<ReplayFlags>();
      const { readIdentity, readLog, replay, replayDigest } = await import('#ledger');
      const { filesOf } = await import('../session.js');
      const files = filesOf(flags);
      const { ledgerId } = readIdentity(files);
      const store = await readLog(files, ledgerId);
      const { digestText, replayedText } = await import('../words/replayed.js');
      const { subject, asOf } = flags;
      try {
        if (flags.digest === true) {
          print(flags, await replayDigest(store, asOf), digestText);
          return;
        }
        for await (const replayed of replay(store, given({ subject, asOf }))) {
          print(flags, replayed, replayedText);
          if (process.stdout.writableNeedDrain)
            await new Promise((resolve) => process.stdout.once('drain', resolve));
        }
      } finally {
        await store.close();
      }
    });
}
