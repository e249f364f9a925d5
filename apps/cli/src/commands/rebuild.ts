import type { Command } from 'commander';
import { CliError, EXIT } from '../exit.js';
import { globalsOf } from '../global-options.js';
import { print } from '../output.js';
import { progressBar } from '../progress.js';

/** `pdl rebuild` */
export function registerRebuild(program: Command): void {
  program
    .command('rebuild')
    .description('fold the views again beside the live ones, compare, swap')
    .argument(
      '[view...]',
      'digests to print (default: all); the views share a file: all are rebuilt',
    )
    .addHelpText('after', '\nExample:\n  pdl rebuild --json')
    .action(async (named: readonly string[], _flags: unknown, command: Command) => {
      const options = globalsOf(command);
      const { VIEWS, rebuild, withFoldedLog } = await import('#ledger');
      assertViews(named, VIEWS);
      const { filesOf } = await import('../session.js');
      const answer = await withFoldedLog(filesOf(options), async (folded) => {
        const { size } = await folded.store.head();
        const bar = await progressBar('rebuilding', Number(size));
        const began = performance.now();
        const rebuilt = await rebuild(folded, (events) => bar.update(Number(events)));
        bar.stop();
        const seconds = (performance.now() - began) / 1000;
        const eventsPerSecond = Math.round(rebuilt.events / seconds);
        return { ...rebuilt, seconds: Number(seconds.toFixed(3)), eventsPerSecond };
      });
      const views = Object.entries(answer.views).filter(([name]) => isNamed(named, name));
      const { rebuildText } = await import('../words/answers.js');
      print(options, { ...answer, views: Object.fromEntries(views) }, rebuildText);
      if (!answer.equalsLive) process.exitCode = EXIT.no;
    });
}

function assertViews(named: readonly string[], views: readonly { readonly name: string }[]): void {
  const known = views.map(({ name }) => name);
  if (named.every((name) => known.includes(name))) return;
  throw new CliError(EXIT.usage, `there is no view of this name: ${known.join(', ')}`);
}

function isNamed(named: readonly string[], name: string): boolean {
  return named.length === 0 || named.includes(name);
}
