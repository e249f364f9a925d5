import { stat } from 'node:fs/promises';
import { Worker } from 'node:worker_threads';
import { EventStoreError } from '../event-store-error.js';
import type { Append, Appended, LogHead } from '../event-store.js';
import type { AppendResult, Reply, Request, WriterOptions } from './writer-protocol.js';

interface Waiting {
  readonly append: Append;
  readonly resolve: (appended: Appended) => void;
  readonly reject: (error: EventStoreError) => void;
}

const BATCH = 4096;
const CHECKPOINT_BYTES = 32 * 1024 * 1024;

/** Group commit: what is appended while a commit runs goes into the next one, whole. */
export class WriterThread {
  #waiting: Waiting[] = [];
  #inFlight: readonly Waiting[] = [];
  #dead: EventStoreError | undefined;
  #committed: (() => void)[] = [];
  #idle: (() => void)[] = [];
  #checkpointing = false;
  #onCommit: (() => void) | undefined;
  #onFatal: ((error: EventStoreError) => void) | undefined;

  private constructor(
    private readonly worker: Worker,
    private readonly options: WriterOptions,
  ) {
    worker.on('message', (reply: Reply) => this.#settle(reply));
    worker.on('error', (cause) => this.#die(cause));
    worker.on('exit', () => this.#die(new Error('the writer ended')));
  }

  /** Starts the thread; what it cannot open it says with the first append. @throws {EventStoreError} IN_DOUBT. */
  static async start(
    { file, ledgerId, anchorKey, maxPages }: WriterOptions,
    onFatal?: (error: EventStoreError) => void,
  ): Promise<WriterThread> {
    const options = { file, ledgerId, anchorKey, ...(maxPages === undefined ? {} : { maxPages }) };
    const worker = new Worker(new URL('./writer.js', import.meta.url), { workerData: options });
    // Listens from the start: a thread that fails at once is online, failed and gone before anything else runs here.
    const thread = new WriterThread(worker, options);
    await new Promise((resolve, reject) => {
      worker.once('online', resolve);
      worker.once('error', reject);
    });
    if (thread.#dead !== undefined) throw thread.#dead;
    thread.#onFatal = onFatal;
    worker.unref();
    return thread;
  }

  async append(append: Append): Promise<Appended> {
    if (this.#dead !== undefined) throw this.#dead;
    return new Promise((resolve, reject) => {
      this.#waiting.push({ append, resolve, reject });
      this.#send();
    });
  }

  /** Calls back before the appends of a commit are answered. */
  onCommit(listener: () => void): void {
    this.#onCommit = listener;
  }

  /** Calls back after the next commit. */
  onceCommitted(listener: () => void): void {
    this.#committed.push(listener);
  }

  async close(): Promise<void> {
    if (this.#inFlight.length > 0 || this.#waiting.length > 0) {
      await new Promise<void>((resolve) => this.#idle.push(resolve));
    }
    if (this.#dead !== undefined && this.#dead.code !== 'CLOSED') return;
    this.#dead = new EventStoreError('CLOSED', 'the log is closed');
    const ended = new Promise((resolve) => this.worker.once('exit', resolve));
    this.worker.ref();
    this.#post({ appends: [], close: true });
    await ended;
  }

  #send(): void {
    if (this.#inFlight.length > 0 || this.#waiting.length === 0) return;
    this.#inFlight = this.#waiting.slice(0, BATCH);
    this.#waiting = this.#waiting.slice(BATCH);
    this.worker.ref();
    this.#post({ appends: this.#inFlight.map(({ append }) => append) });
  }

  #post(request: Request): void {
    this.worker.postMessage(request);
  }

  #settle(reply: Reply): void {
    this.#onCommit?.();
    const settled = this.#inFlight;
    this.#inFlight = [];
    this.worker.unref();
    if ('failed' in reply) this.#failed(reply.failed, settled);
    else settled.forEach((waiting, index) => answer(waiting, reply.results[index], reply.head));
    this.#send();
    for (const listener of this.#committed.splice(0)) listener();
    if (this.#inFlight.length === 0) for (const listener of this.#idle.splice(0)) listener();
    void this.#checkpointWhenLarge();
  }

  #failed(
    failed: { code: EventStoreError['code']; message: string },
    settled: readonly Waiting[],
  ): void {
    if (failed.code === 'DISK_FULL' || failed.code === 'READ_ONLY') {
      for (const { reject } of settled) reject(new EventStoreError(failed.code, failed.message));
      return;
    }
    this.#inFlight = settled;
    this.#die(new Error(failed.message));
  }

  /** After an I/O error nobody knows what is on the disk: what waits is in doubt, and the process must end. */
  #die(cause: unknown): void {
    if (this.#dead !== undefined) return;
    const message = cause instanceof Error ? cause.message : 'the writer ended';
    const error = new EventStoreError('IN_DOUBT', `the log can no longer be written: ${message}`, {
      cause,
    });
    this.#dead = error;
    for (const { reject } of [...this.#inFlight, ...this.#waiting]) reject(error);
    this.#inFlight = [];
    this.#waiting = [];
    for (const listener of this.#idle.splice(0)) listener();
    this.#onFatal?.(error);
  }

  async #checkpointWhenLarge(): Promise<void> {
    if (this.#checkpointing || this.#dead !== undefined) return;
    this.#checkpointing = true;
    try {
      const { size } = await stat(`${this.options.file}-wal`);
      if (size > CHECKPOINT_BYTES) await checkpoint(this.options.file);
    } catch {
      // A WAL that is gone needs no checkpoint; one that cannot be read is the writer's to report.
    } finally {
      this.#checkpointing = false;
    }
  }
}

/** From a thread and a connection of its own, so that no append waits for it. */
async function checkpoint(file: string): Promise<void> {
  const worker = new Worker(new URL('./checkpointer.js', import.meta.url), { workerData: file });
  worker.unref();
  await new Promise((resolve) => {
    worker.once('exit', resolve);
    worker.once('error', resolve);
  });
}

function answer(waiting: Waiting, result: AppendResult | undefined, head: LogHead): void {
  if (result === undefined || 'refused' in result) {
    const { refused, message } = result ?? { refused: 'IO' as const, message: 'no answer' };
    waiting.reject(new EventStoreError(refused, message));
    return;
  }
  const { firstOrdinal, revision } = result;
  waiting.resolve({ firstOrdinal: BigInt(firstOrdinal), revision: BigInt(revision), head });
}
