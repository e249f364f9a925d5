import type { GlobalOptions } from './global-options.js';

/** Prints an answer: one compact object a line with `--json`, else indented for people. */
export function print(options: GlobalOptions, answer: object): void {
  const text = options.json === true ? JSON.stringify(answer) : readable(answer);
  process.stdout.write(`${text}\n`);
}

/** Says on stderr what is going on; never mixed with answers. */
export function say(sentence: string): void {
  process.stderr.write(`${sentence}\n`);
}

function readable(answer: object): string {
  return JSON.stringify(answer, null, 2);
}
