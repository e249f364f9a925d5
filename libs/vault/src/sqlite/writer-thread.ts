import { Worker } from 'node:worker_threads';
import type { KeyFile } from '../keys/key-file.js';
import { VaultError, type VaultErrorCode } from '../vault-error.js';
import type { DestructionOrder, Receipt } from '../vault.js';
import { wipe, type Batch, type StagedRow } from '../staging/staging.js';

/** What the thread is started with. */
export interface WriterData {
  readonly file: string;
  readonly ledgerId: string;
}
/** What the thread is asked: to seal and write, to destroy whole subjects, or to end. */
export type WriterRequest =
  | {
      readonly kind: 'write';
      readonly batch: Batch;
      readonly arena: ArrayBuffer;
      readonly mark: KeyFile | undefined;
    }
  | { readonly kind: 'shred'; readonly orders: readonly DestructionOrder[]; readonly now: Date }
  | { readonly kind: 'close' };
/** Receipts when it is durable. */
export type WriterReply =
  | { readonly receipts: readonly Receipt[] }
  | { readonly code: VaultErrorCode; readonly message: string };

interface Waiting {
  readonly resolve: (receipts: readonly Receipt[]) => void;
  readonly reject: (error: VaultError) => void;
}

/** A thread with a writing connection of its own, so that a commit never stops the deciding thread. */
export class VaultWriterThread {
  readonly #worker: Worker;
  #waiting: Waiting | undefined;
  #dead: VaultError | undefined;

  constructor(workerData: WriterData) {
    // What it is sent is garbage soon: the usual nursery of a thread would grow to tens of megabytes.
    const resourceLimits = { maxYoungGenerationSizeMb: 4 };
    this.#worker = new Worker(new URL('./writer.js', import.meta.url), {
      workerData,
      resourceLimits,
    });
    this.#worker.on('message', (reply: WriterReply) => this.#settle(reply));
    this.#worker.on('error', (cause) => this.#die(cause));
    this.#worker.on('exit', () => this.#die(new Error('the writer ended')));
    this.#worker.unref();
  }

  /**
   * Resolves when the batch is sealed and durable, and then the mark; one request at a time.
   * @throws {VaultError} DISK_FULL, READ_ONLY, CORRUPT, IO: then nothing of the batch is stored, or only the mark is not.
   */
  async write(batch: Batch, mark?: KeyFile): Promise<void> {
    const { packed, arena } = pack(batch);
    await this.#ask({ kind: 'write', batch: packed, arena, mark }, [arena]);
  }

  /** Carries out orders on whole subjects. @throws {VaultError} as `write`. */
  async shred(orders: readonly DestructionOrder[], now: Date): Promise<readonly Receipt[]> {
    return this.#ask({ kind: 'shred', orders, now }, []);
  }

  async #ask(
    request: WriterRequest,
    transfer: readonly ArrayBuffer[],
  ): Promise<readonly Receipt[]> {
    if (this.#dead !== undefined) throw this.#dead;
    this.#worker.ref();
    return new Promise((resolve, reject) => {
      this.#waiting = { resolve, reject };
      this.#worker.postMessage(request, transfer);
    });
  }

  async close(): Promise<void> {
    if (this.#dead !== undefined) return;
    this.#dead = new VaultError('CLOSED', 'the vault is closed');
    const ended = new Promise((resolve) => this.#worker.once('exit', resolve));
    this.#worker.ref();
    this.#worker.postMessage({ kind: 'close' } satisfies WriterRequest);
    await ended;
  }

  #settle(reply: WriterReply): void {
    const waiting = this.#waiting;
    this.#waiting = undefined;
    this.#worker.unref();
    if ('receipts' in reply) waiting?.resolve(reply.receipts);
    else waiting?.reject(new VaultError(reply.code, reply.message));
  }

  #die(cause: unknown): void {
    if (this.#dead !== undefined) return;
    this.#dead = new VaultError('IO', 'the vault can no longer be written: its thread ended', {
      cause,
    });
    this.#waiting?.reject(this.#dead);
    this.#waiting = undefined;
  }
}

/**
 * All bytes of a batch in one buffer that is handed over: a view sent alone would take its whole pool along. Keys and
 * plaintexts are moved, not copied.
 */
function pack(batch: Batch): { readonly packed: Batch; readonly arena: ArrayBuffer } {
  const arena = new ArrayBuffer(batch.rows.reduce(addSize, 0));
  let used = 0;
  const copy = (bytes: Uint8Array): Uint8Array => {
    const copied = new Uint8Array(arena, used, bytes.length);
    copied.set(bytes);
    used += bytes.length;
    return copied;
  };
  const rows = batch.rows.map((row): StagedRow => {
    const cells = row.cells.map((cell) => (cell instanceof Uint8Array ? copy(cell) : cell));
    if (row.toSeal === undefined) return { ...row, cells };
    const toSeal = { key: copy(row.toSeal.key), plaintext: copy(row.toSeal.plaintext) };
    wipe(row.toSeal);
    return { ...row, cells, toSeal };
  });
  return { packed: { ...batch, rows }, arena };
}

function addSize(sum: number, { cells, toSeal }: StagedRow): number {
  const sealed = toSeal === undefined ? 0 : toSeal.key.length + toSeal.plaintext.length;
  return cells.reduce(
    (size: number, cell) => (cell instanceof Uint8Array ? size + cell.length : size),
    sum + sealed,
  );
}
