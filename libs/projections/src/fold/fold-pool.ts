import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { FoldedChunk, FoldRequest } from './fold-chunks.js';

/** Threads that fold chunks: each runs the file at `url`, which calls `serveFolds`. */
export interface FoldWorkers {
  readonly url: URL;
  /** Given to each as its `workerData`. */
  readonly data: unknown;
  /** Logs shorter than this are folded without them. */
  readonly fromEvents?: number;
}

/** What a thread is told. */
export type FoldMessage = FoldRequest | 'close';

/** Events below which starting threads takes longer than they save. */
export const WORTH_THREADS = 32_768;
const MOST_THREADS = 4;

type Answered = (chunk: FoldedChunk | undefined) => void;

/** Threads that fold chunks; without any, every chunk is left to the caller. */
export class FoldPool {
  readonly #threads: FoldThread[];
  #next = 0;

  private constructor(workers: FoldWorkers | undefined, threads: number) {
    this.#threads = Array.from({ length: workers === undefined ? 0 : threads }, () => {
      return new FoldThread(workers as FoldWorkers);
    });
  }

  /** As many threads as there are processors, none for a short log. */
  static start(workers: FoldWorkers | undefined, events: number): FoldPool {
    const isLong = events >= (workers?.fromEvents ?? WORTH_THREADS);
    return new FoldPool(workers, isLong ? Math.min(MOST_THREADS, availableParallelism()) : 0);
  }

  /** How many chunks are folded at once, at least one. */
  get threads(): number {
    return Math.max(1, this.#threads.length);
  }

  /** Resolves with undefined when the chunk could not be folded, for whatever reason. */
  async fold(asked: FoldRequest): Promise<FoldedChunk | undefined> {
    const thread = this.#threads[this.#next];
    this.#next = (this.#next + 1) % this.threads;
    return thread?.fold(asked);
  }

  /** Lets the threads end. */
  close(): void {
    for (const thread of this.#threads) thread.close();
  }
}

class FoldThread {
  readonly #worker: Worker;
  #waiting: Answered[] = [];
  #gone = false;

  constructor({ url, data }: FoldWorkers) {
    this.#worker = new Worker(url, { workerData: data });
    // Answers come in the order of the requests.
    this.#worker.on('message', (chunk: FoldedChunk | undefined) => this.#waiting.shift()?.(chunk));
    this.#worker.on('error', () => this.#end());
    this.#worker.on('exit', () => this.#end());
  }

  async fold(asked: FoldRequest): Promise<FoldedChunk | undefined> {
    if (this.#gone) return undefined;
    return new Promise((resolve) => {
      this.#waiting.push(resolve);
      this.#worker.postMessage(asked);
    });
  }

  close(): void {
    this.#worker.postMessage('close');
    this.#worker.unref();
  }

  #end(): void {
    this.#gone = true;
    for (const answered of this.#waiting.splice(0)) answered(undefined);
  }
}
