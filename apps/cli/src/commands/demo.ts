import type { Command } from 'commander';
import { EXIT } from '../exit.js';
import { globalsOf } from '../global-options.js';

/** `pdl demo` */
export function registerDemo(program: Command): void {
  program
    .command('demo')
    .description('a story over both policies in a directory of its own, which it makes and removes')
    .addHelpText('after', '\nExample:\n  pdl demo --json')
    .action(async (_flags: unknown, command: Command) => {
      const { json, lang } = globalsOf(command);
      const { tell } = await import('../demo/tell.js');
      const { languageOf } = await import('../words/language.js');
      if (!(await tell(json === true, languageOf(lang)))) process.exitCode = EXIT.no;
    });
}
