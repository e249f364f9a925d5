import type { Command } from 'commander';
import { EXIT } from '../exit.js';
import { globalsOf } from '../global-options.js';
import { print } from '../output.js';
import { progressBar } from '../progress.js';

/** `pdl rebuild` */
export function registerRebuild(program: Command): void {
  program
    .command('rebuild')
    .description('fold the views again beside the live ones, compare, swap')
    .argument('[view...]', 'all views share one file: naming some rebuilds and compares all')
    .addHelpText('after', '\nExample:\n  pdl rebuild --json')
    .action(async (_views: readonly string[], _flags: unknown, command: Command) => {
      const options = globalsOf(command);
      const { RebuildViews } = await import('#ledger');
      const { withLedger } = await import('../session.js');
      const answer = await withLedger(options, async ({ commands, ledger }) => {
        const { size } = await ledger.parts.store.head();
        const bar = await progressBar('rebuilding', Number(size));
        const began = performance.now();
        const rebuilt = await commands.execute(
          new RebuildViews((events) => bar.update(Number(events))),
        );
        bar.stop();
        const seconds = (performance.now() - began) / 1000;
        const eventsPerSecond = Math.round(rebuilt.events / seconds);
        return { ...rebuilt, seconds: Number(seconds.toFixed(3)), eventsPerSecond };
      });
      print(options, answer);
      if (!answer.equalsLive) process.exitCode = EXIT.no;
    });
}
