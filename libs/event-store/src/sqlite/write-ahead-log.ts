import type {
  DatabaseSyncInstance as DatabaseSync,
  StatementSyncInstance as StatementSync,
} from '@photostructure/sqlite';
import { closeSync, fsyncSync, openSync, statSync, writeSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import { pragma, translated } from './connection.js';

const MIB = 1024 * 1024;
/** A log that is used for this much gets its room on the disk at once. */
const BUSY_BYTES = MIB;
/** From here on it is copied into the database. */
const LIMIT_BYTES = 8 * MIB;
const ROOM_BYTES = 2 * LIMIT_BYTES;

/**
 * Keeps SQLite's write-ahead log a ring that is written over and over: a sync of bytes that have their place on the disk
 * takes half as long as one that makes the file longer. What is in it is copied by a thread of its own, while appends
 * go on; what came meanwhile is little and is copied here, so that the next commit begins the log anew.
 */
export class WriteAheadLog {
  readonly #state: StatementSync;
  readonly #copy: StatementSync;
  readonly #pageBytes: number;
  #checkpointer: Worker | undefined;
  #ended: Promise<unknown> = Promise.resolve();
  #copying = false;
  #hasRoom = false;
  #newBytes = 0;
  #limitBytes = LIMIT_BYTES;

  constructor(
    database: DatabaseSync,
    private readonly file: string,
  ) {
    this.#state = database.prepare('PRAGMA wal_checkpoint(NOOP)');
    this.#copy = database.prepare('PRAGMA wal_checkpoint(PASSIVE)');
    this.#pageBytes = Number(pragma(database, 'PRAGMA page_size'));
  }

  /** To be called between two commits. */
  tend(): void {
    const { log, checkpointed } = this.#state.get() ?? {};
    if (!this.#hasRoom && Number(log) * this.#pageBytes > BUSY_BYTES) this.#makeRoom();
    // A reader of old pages may keep the log from beginning anew: then it grows, and what is new in it counts.
    this.#newBytes = (Number(log) - Number(checkpointed)) * this.#pageBytes;
    if (this.#copying || this.#newBytes < this.#limitBytes) return;
    this.#copying = true;
    this.#started().postMessage('copy');
  }

  /** Lets a copy that is under way end. */
  async close(): Promise<void> {
    this.#checkpointer?.postMessage('close');
    await this.#ended;
  }

  /** Zeros after the last frame are no frames; only this thread writes to the log, and no lock is on its file. */
  #makeRoom(): void {
    this.#hasRoom = true;
    const fd = openSync(`${this.file}-wal`, 'r+');
    try {
      const zeros = new Uint8Array(MIB);
      for (let { size } = statSync(`${this.file}-wal`); size < ROOM_BYTES; size += MIB)
        writeSync(fd, zeros, 0, MIB, size);
      fsyncSync(fd);
    } catch (cause) {
      // It only saves time: a disk without this room still has some for the appends.
      if (translated(cause).code !== 'DISK_FULL') throw cause;
    } finally {
      closeSync(fd);
    }
  }

  #started(): Worker {
    if (this.#checkpointer !== undefined) return this.#checkpointer;
    const worker = new Worker(new URL('./checkpointer.js', import.meta.url), {
      workerData: this.file,
      resourceLimits: { maxYoungGenerationSizeMb: 4 },
    });
    worker.on('message', () => this.#copied());
    worker.on('error', () => undefined);
    this.#ended = new Promise((resolve) => worker.once('exit', resolve));
    void this.#ended.then(() => this.#gaveUp());
    this.#checkpointer = worker;
    return worker;
  }

  #copied(): void {
    this.#copying = false;
    this.#limitBytes = LIMIT_BYTES;
    this.#copy.get();
  }

  /** A disk that is full, for example: tried again when as much was written once more. */
  #gaveUp(): void {
    this.#checkpointer = undefined;
    this.#copying = false;
    this.#limitBytes = this.#newBytes + LIMIT_BYTES;
  }
}
