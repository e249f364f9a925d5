import { fork, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { killed } from '../served-child.js';
import type { Saying } from './sayings.js';

const CHILD = fileURLToPath(new URL('./node-child.js', import.meta.url));

/** What a node is to say to its ledger, all at once. */
export interface Told {
  readonly nth: number;
  readonly sayings: readonly Saying[];
}

/** The code of each answer, or its status where it has none. */
export interface Answered {
  readonly nth: number;
  readonly codes: readonly string[];
}

/** Answers this when it is open. */
export const OPEN = -1;

/** A node that is a process of its own, and can be killed. */
export class KillableNode {
  readonly #answers = new Map<number, (codes: readonly string[]) => void>();
  readonly #child: ChildProcess;
  #said = 0;

  private constructor(args: readonly string[]) {
    this.#child = fork(CHILD, args);
    this.#child.on('message', ({ nth, codes }: Answered) => this.#answers.get(nth)?.(codes));
  }

  /** Opens the ledger in a process of its own. */
  static async open(...args: readonly string[]): Promise<KillableNode> {
    const node = new KillableNode(args);
    await node.#answerTo(OPEN);
    return node;
  }

  /** The code of each answer, or its status; never when the node is killed before. */
  async say(...sayings: readonly Saying[]): Promise<readonly string[]> {
    this.#said += 1;
    const told: Told = { nth: this.#said, sayings };
    this.#child.send(told);
    return this.#answerTo(told.nth);
  }

  async kill(): Promise<void> {
    await killed(this.#child);
  }

  async #answerTo(nth: number): Promise<readonly string[]> {
    return new Promise((resolve) => this.#answers.set(nth, resolve));
  }
}
