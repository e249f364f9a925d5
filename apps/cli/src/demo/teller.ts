import type { Reader } from '../words/history.js';
import { clauseWords, codeWords, type Refused } from '../words/refusal.js';
import { table } from '../words/table.js';

/** What became of one step. */
export interface Told {
  readonly step: string;
  /** Whether it went as the story says. */
  readonly ok: boolean;
  readonly text: string;
  /** The answer, when it was no. */
  readonly no?: Refused;
}

/** Prints the story, in words or one object a line, and remembers whether all went as told. */
export class Teller {
  #astray = 0;

  constructor(
    readonly json: boolean,
    private readonly reader: Reader,
  ) {}

  /** A heading; nothing with `--json`. */
  chapter(title: string): void {
    if (!this.json) this.#print(`\n${title}`);
  }

  /** One step. */
  tell({ step, ok, text, no }: Told): void {
    if (!ok) this.#astray += 1;
    if (this.json) return this.#print(JSON.stringify({ step, ok, text, ...no }));
    this.#print(`${ok ? '  ' : '! '}${text}${no === undefined ? '' : `: no\n${this.#why(no)}`}`);
  }

  /** The closing line; true when every step went as told. */
  end(next: readonly string[]): boolean {
    const ok = this.#astray === 0;
    const text = ok ? 'OK' : `NOT OK: ${this.#astray} steps went otherwise`;
    if (this.json) this.#print(JSON.stringify({ step: 'end', ok, text, next }));
    else this.#print(`\n${text}\n\nTry next:\n${next.map((line) => `  ${line}`).join('\n')}`);
    return ok;
  }

  #why({ code = '', codes = [code], clauses = [] }: Refused): string {
    const { language, policies } = this.reader;
    return table(
      [
        ...codes.map((each) => [each, codeWords(each, language)]),
        ...clauses.map((clause) => [clause, clauseWords(clause, policies, language)]),
      ],
      6,
    );
  }

  #print(text: string): void {
    process.stdout.write(`${text}\n`);
  }
}
