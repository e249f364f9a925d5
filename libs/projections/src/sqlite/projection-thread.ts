import { Worker } from 'node:worker_threads';
import type { ProjectionWorker } from '../view-place.js';

/** What a projecting thread starts with. */
export interface ProjectionStart {
  /** As `ProjectionWorker.data` says. */
  readonly log: unknown;
  /** File of the live views. */
  readonly views: string;
  readonly ledgerId: string;
}

/** What it is told: to come to a position, or to end. */
export type ProjectionMessage = bigint | 'close';

/** A thread with a connection of its own to the live views, so that nobody waits here while many events are folded. */
export class ProjectionThread {
  readonly #worker: Worker;
  readonly #ended: Promise<void>;
  #answered: ((isThere: boolean) => void) | undefined;
  #isGone = false;

  constructor({ url }: ProjectionWorker, start: ProjectionStart) {
    // Beside a service: it need not be fast, and must stay small.
    const resourceLimits = { maxYoungGenerationSizeMb: 4 };
    this.#worker = new Worker(url, { workerData: start, resourceLimits });
    this.#worker.unref();
    this.#worker.on('message', (isThere: boolean) => this.#answer(isThere));
    this.#worker.on('error', () => this.#answer(false));
    this.#ended = new Promise((resolve) => {
      this.#worker.once('exit', () => {
        this.#isGone = true;
        this.#answer(false);
        resolve();
      });
    });
  }

  /** Whether the views hold everything before this position now. Not to be called again before it is answered. */
  async project(to: bigint): Promise<boolean> {
    if (this.#isGone) return false;
    this.#worker.ref();
    return new Promise((resolve) => {
      this.#answered = resolve;
      this.#worker.postMessage(to satisfies ProjectionMessage);
    });
  }

  /** Resolves when the files are closed. */
  async close(): Promise<void> {
    if (this.#isGone) return;
    this.#worker.ref();
    this.#worker.postMessage('close' satisfies ProjectionMessage);
    await this.#ended;
  }

  #answer(isThere: boolean): void {
    this.#worker.unref();
    this.#answered?.(isThere);
    this.#answered = undefined;
  }
}
