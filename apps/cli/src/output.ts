import type { GlobalOptions } from './global-options.js';

/** Prints an answer: one compact object a line with `--json`, else in words for people. */
export function print<Told extends object>(
  options: GlobalOptions,
  answer: Told,
  inWords: (answer: Told) => string = indented,
): void {
  const text = options.json === true ? JSON.stringify(answer) : inWords(answer);
  process.stdout.write(`${text}\n`);
}

/** Says on stderr what is going on; never mixed with answers. */
export function say(sentence: string): void {
  process.stderr.write(`${sentence}\n`);
}

function indented(answer: object): string {
  return JSON.stringify(answer, null, 2);
}
