import { Worker } from 'node:worker_threads';
import { VaultError, type VaultErrorCode } from '../vault-error.js';
import type { Batch, Cell, StagedRow } from './staging.js';

/** What the thread is asked: to write, or to end. */
export type WriterRequest = Batch | 'close';
/** Undefined when the batch is durable. */
export type WriterReply = { readonly code: VaultErrorCode; readonly message: string } | undefined;

/** A thread with a writing connection of its own, so that a commit never stops the deciding thread. */
export class VaultWriterThread {
  readonly #worker: Worker;
  #waiting:
    { readonly resolve: () => void; readonly reject: (error: VaultError) => void } | undefined;
  #dead: VaultError | undefined;

  constructor(file: string) {
    this.#worker = new Worker(new URL('./writer.js', import.meta.url), { workerData: file });
    this.#worker.on('message', (reply: WriterReply) => this.#settle(reply));
    this.#worker.on('error', (cause) => this.#die(cause));
    this.#worker.on('exit', () => this.#die(new Error('the writer ended')));
    this.#worker.unref();
  }

  /**
   * Resolves when the batch is durable; one at a time.
   * @throws {VaultError} DISK_FULL, READ_ONLY, CORRUPT, IO: then nothing of it is stored.
   */
  async write(batch: Batch): Promise<void> {
    if (this.#dead !== undefined) throw this.#dead;
    const { packed, arena } = pack(batch);
    this.#worker.ref();
    await new Promise<void>((resolve, reject) => {
      this.#waiting = { resolve, reject };
      this.#worker.postMessage(packed satisfies WriterRequest, [arena]);
    });
  }

  async close(): Promise<void> {
    if (this.#dead !== undefined) return;
    this.#dead = new VaultError('CLOSED', 'the vault is closed');
    const ended = new Promise((resolve) => this.#worker.once('exit', resolve));
    this.#worker.ref();
    this.#worker.postMessage('close' satisfies WriterRequest);
    await ended;
  }

  #settle(reply: WriterReply): void {
    const waiting = this.#waiting;
    this.#waiting = undefined;
    this.#worker.unref();
    if (reply === undefined) waiting?.resolve();
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

/** All bytes of a batch in one buffer that is handed over: a view sent alone would take its whole pool along. */
function pack(batch: Batch): { readonly packed: Batch; readonly arena: ArrayBuffer } {
  const size = batch.rows.reduce((sum, { cells }) => sum + cells.reduce(addLength, 0), 0);
  const arena = new ArrayBuffer(size);
  let used = 0;
  const move = (cell: Cell): Cell => {
    if (!(cell instanceof Uint8Array)) return cell;
    const moved = new Uint8Array(arena, used, cell.length);
    moved.set(cell);
    used += cell.length;
    return moved;
  };
  const rows = batch.rows.map((row): StagedRow => ({ ...row, cells: row.cells.map(move) }));
  return { packed: { ...batch, rows }, arena };
}

function addLength(sum: number, cell: Cell): number {
  return cell instanceof Uint8Array ? sum + cell.length : sum;
}
