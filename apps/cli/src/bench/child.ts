import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { WrongAnswerError } from './wrong-answer.js';

const MAIN = fileURLToPath(new URL('../main.js', import.meta.url));
const PROBE = new URL('probe.js', import.meta.url).href;

/** What a child says of itself. */
export interface Seen {
  readonly rssMb: number;
  /** Largest resident set so far. */
  readonly peakMb: number;
  /** Event-loop delay since it was last asked. */
  readonly loopP99Ms: number;
}

/** `pdl` in a process of its own, so that what it uses is its alone. */
export class Child {
  readonly #process: ChildProcess;
  readonly #ended: Promise<unknown>;
  readonly #lines: AsyncIterator<string>;
  readonly #seen: AsyncIterator<string>;

  constructor(data: string, words: readonly string[], settings: Readonly<Record<string, string>>) {
    const own = Object.entries(process.env).filter(([name]) => !/^(PDL|OTEL|NODE)_/u.test(name));
    const args = ['--no-warnings', '--import', PROBE, MAIN, '--data', data, '--json', ...words];
    this.#process = spawn(process.execPath, args, {
      env: { ...Object.fromEntries(own), ...settings },
      stdio: ['ignore', 'pipe', 'inherit', 'pipe'],
    });
    this.#ended = once(this.#process, 'exit');
    const [, out, , told] = this.#process.stdio;
    this.#lines = linesOf(out as Readable);
    this.#seen = linesOf(told as Readable);
  }

  /** The next object on stdout. @throws {WrongAnswerError} when there is none. */
  async answer(): Promise<Readonly<Record<string, unknown>>> {
    return parsed(await this.#lines.next());
  }

  /** What it says of itself now. */
  async look(): Promise<Seen> {
    this.#process.kill('SIGUSR2');
    return parsed(await this.#seen.next()) as unknown as Seen;
  }

  /** Waits for its end, or asks for it; what it said of itself last. @throws {WrongAnswerError} unless all went well. */
  async end(signal?: 'SIGTERM'): Promise<Seen> {
    if (signal !== undefined) this.#process.kill(signal);
    const last = parsed(await this.#seen.next()) as unknown as Seen;
    const [code] = (await this.#ended) as [number | null];
    if (code !== 0) throw new WrongAnswerError('ours', `pdl ended with ${code}`);
    return last;
  }

  /** Ends it if it still runs. */
  kill(): void {
    this.#process.kill('SIGKILL');
  }
}

function linesOf(stream: Readable): AsyncIterator<string> {
  return createInterface(stream)[Symbol.asyncIterator]();
}

function parsed({ done, value }: IteratorResult<string>): Readonly<Record<string, unknown>> {
  if (done === true) throw new WrongAnswerError('ours', 'pdl ended without an answer');
  return JSON.parse(value) as Readonly<Record<string, unknown>>;
}
