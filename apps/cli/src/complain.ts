import { EXIT, codeOf, sentenceOf } from './exit.js';

/** One sentence on stderr. The options may be what could not be parsed, so --json is looked for by hand. */
export function complain(about: { readonly code: string; readonly message: string }): void {
  const json = process.argv.includes('--json');
  process.stderr.write(json ? `${JSON.stringify(about)}\n` : `pdl: ${about.message}\n`);
}

/** Ends the program: what it rests on can no longer be trusted. */
export function dieOf(error: unknown): never {
  complain({ code: codeOf(error), message: sentenceOf(error) });
  process.exit(EXIT.environment);
}
