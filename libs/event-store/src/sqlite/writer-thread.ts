import { Worker } from 'node:worker_threads';
import { assertIds } from '../assert-ids.js';
import { EventStoreError } from '../event-store-error.js';
import type { Append, Appended } from '../event-store.js';
import type { AnchorFile } from './anchor.js';
import { packed } from './packed-appends.js';
import type { Refusal, Reply, WriterOptions, Written } from './writer-protocol.js';

interface Waiting {
  readonly append: Append;
  readonly resolve: (appended: Appended) => void;
  readonly reject: (error: EventStoreError) => void;
}

interface Committed {
  readonly batch: readonly Waiting[];
  readonly written: Written;
}

const BATCH = 4096;
/** So many appends make a second batch worth its own sync, to be made up while the first is written. */
const WORTH_A_COMMIT = 16;
const UNDER_WAY = 2;

/**
 * Group commit: what is appended while a commit runs goes into the next one. While one batch is committed, the anchor
 * of the one before is synced and the next one is packed; a batch is answered when both its files are on the disk.
 */
export class WriterThread {
  #waiting: Waiting[] = [];
  #sent: (readonly Waiting[])[] = [];
  #committed: Committed[] = [];
  #anchoring = false;
  #sending = false;
  #closed = false;
  #dead: EventStoreError | undefined;
  #onceCommitted: (() => void)[] = [];
  #idle: (() => void)[] = [];
  #onCommit: (() => void) | undefined;
  #onFatal: ((error: EventStoreError) => void) | undefined;

  private constructor(
    private readonly worker: Worker,
    private readonly anchor: AnchorFile,
  ) {
    worker.on('message', (reply: Reply) => this.#settle(reply));
    worker.on('error', (cause) => this.#die(cause));
    worker.on('exit', () => this.#die(new Error('the writer ended')));
  }

  /** Starts the thread; what it cannot open it says with the first append. @throws {EventStoreError} IN_DOUBT. */
  static async start(
    options: WriterOptions,
    anchor: AnchorFile,
    onFatal?: (error: EventStoreError) => void,
  ): Promise<WriterThread> {
    const worker = new Worker(new URL('./writer.js', import.meta.url), {
      workerData: options,
      // What it is sent is garbage soon: the usual nursery of a thread would grow to tens of megabytes.
      resourceLimits: { maxYoungGenerationSizeMb: 4 },
    });
    // Listens from the start: a thread that fails at once is online, failed and gone before anything else runs here.
    const thread = new WriterThread(worker, anchor);
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
    assertIds(append.events);
    return new Promise((resolve, reject) => {
      this.#waiting.push({ append, resolve, reject });
      this.#sendSoon();
    });
  }

  /** Calls back before the appends of a commit are answered. */
  onCommit(listener: () => void): void {
    this.#onCommit = listener;
  }

  /** Calls back after the next commit. */
  onceCommitted(listener: () => void): void {
    this.#onceCommitted.push(listener);
  }

  async close(): Promise<void> {
    if (this.#isBusy()) await new Promise<void>((resolve) => this.#idle.push(resolve));
    if (this.#closed) return;
    this.#closed = true;
    if (this.#dead === undefined) {
      this.#dead = new EventStoreError('CLOSED', 'the log is closed');
      const ended = new Promise((resolve) => this.worker.once('exit', resolve));
      this.worker.ref();
      this.worker.postMessage('close');
      await ended;
    }
    this.anchor.close();
  }

  #isBusy(): boolean {
    return this.#waiting.length + this.#underWay() > 0 || this.#anchoring;
  }

  #underWay(): number {
    return this.#sent.length + this.#committed.length;
  }

  /** When this turn's promises have had their say: appenders that were answered together append together again. */
  #sendSoon(): void {
    if (this.#sending || this.#underWay() === UNDER_WAY) return;
    this.#sending = true;
    process.nextTick(() => {
      this.#sending = false;
      while (this.#send());
    });
  }

  #send(): boolean {
    const { length } = this.#waiting;
    const isFirst = this.#underWay() === 0;
    if (this.#underWay() === UNDER_WAY || length < (isFirst ? 1 : WORTH_A_COMMIT)) return false;
    const share = isFirst && length >= 2 * WORTH_A_COMMIT ? Math.ceil(length / 2) : length;
    const batch = this.#waiting.splice(0, Math.min(BATCH, share));
    this.#sent.push(batch);
    this.worker.ref();
    const message = packed(batch.map(({ append }) => append));
    this.worker.postMessage(message, [message.ids.buffer, message.preimages.buffer]);
    return true;
  }

  #settle(reply: Reply): void {
    const batch = this.#sent.shift() ?? [];
    if (this.#sent.length === 0) this.worker.unref();
    if ('failed' in reply) this.#failed(reply.failed, batch);
    else this.#committed.push({ batch, written: reply });
    this.#sendSoon();
    void this.#anchorNext();
  }

  /** One write of the anchor covers every batch that was committed before it. */
  async #anchorNext(): Promise<void> {
    const last = this.#committed.at(-1);
    if (this.#anchoring || last === undefined) return this.#restIfIdle();
    this.#anchoring = true;
    try {
      await this.anchor.writeSoon(last.written.head);
    } catch (cause) {
      this.#die(cause);
    }
    this.#anchoring = false;
    const covered = this.#committed.splice(0, this.#committed.indexOf(last) + 1);
    this.#onCommit?.();
    for (const committed of covered) answer(committed);
    // A few that were not worth a commit beside this one have waited for its end.
    this.#sendSoon();
    for (const listener of this.#onceCommitted.splice(0)) listener();
    await this.#anchorNext();
  }

  #restIfIdle(): void {
    if (!this.#isBusy()) for (const listener of this.#idle.splice(0)) listener();
  }

  #failed({ code, message }: Refusal, batch: readonly Waiting[]): void {
    if (code === 'DISK_FULL' || code === 'READ_ONLY') {
      for (const { reject } of batch) reject(new EventStoreError(code, message));
      return;
    }
    this.#sent.unshift(batch);
    this.#die(new Error(message));
  }

  /** After an I/O error nobody knows what is on the disk: what waits is in doubt, and the process must end. */
  #die(cause: unknown): void {
    if (this.#dead !== undefined) return;
    const message = cause instanceof Error ? cause.message : 'the writer ended';
    const error = new EventStoreError('IN_DOUBT', `the log can no longer be written: ${message}`, {
      cause,
    });
    this.#dead = error;
    const committed = this.#committed.splice(0).flatMap(({ batch }) => batch);
    for (const { reject } of [
      ...committed,
      ...this.#sent.splice(0).flat(),
      ...this.#waiting.splice(0),
    ])
      reject(error);
    this.#restIfIdle();
    this.#onFatal?.(error);
  }
}

function answer({ batch, written }: Committed): void {
  const { firstOrdinals, revisions, refusals, head } = written;
  batch.forEach(({ resolve, reject }, index) => {
    const refusal = refusals.get(index);
    if (refusal !== undefined) reject(new EventStoreError(refusal.code, refusal.message));
    else {
      const firstOrdinal = BigInt(firstOrdinals[index] ?? -1);
      resolve({ firstOrdinal, revision: BigInt(revisions[index] ?? -1), head });
    }
  });
}
