import type { DatabaseSyncInstance as DatabaseSync } from '@photostructure/sqlite';
import { EventStoreError } from '../event-store-error.js';
import {
  EventStore,
  type Append,
  type Appended,
  type LogHead,
  type RecordedEvent,
  type StreamHead,
} from '../event-store.js';
import { AnchorFile, anchorMac } from './anchor.js';
import { openConnection, translated } from './connection.js';
import { lockFile, type Lock } from './lock-file.js';
import { LogReader } from './log-reader.js';
import { recoverHead } from './recover-head.js';
import { WriterThread } from './writer-thread.js';

/** How a log file is opened. */
export interface SqliteLogOptions {
  readonly file: string;
  /** `write` takes the lock and needs the anchor key; `read` needs neither. */
  readonly mode: 'write' | 'read';
  readonly ledgerId: string;
  /** 32 bytes; without it the anchor's MAC is not checked. */
  readonly anchorKey?: Uint8Array;
  /** Called once when the log can no longer be trusted to be durable: the process must end. */
  readonly onFatal?: (error: EventStoreError) => void;
  /** Bounds the file, so that a test can fill the disk. */
  readonly maxPages?: number;
}

/** The log in one SQLite file, its anchor beside it: the embedded default (design §3). */
export class SqliteEventStore extends EventStore {
  readonly #reader: LogReader;
  readonly #writer: WriterThread | undefined;
  readonly #lock: Lock | undefined;

  private constructor(
    /** The log file. */
    readonly file: string,
    database: DatabaseSync,
    writer: WriterThread | undefined,
    lock: Lock | undefined,
  ) {
    super();
    this.#reader = new LogReader(database);
    this.#writer = writer;
    writer?.onCommit(() => this.#reader.refresh());
    this.#lock = lock;
  }

  /**
   * Opens the log, making it in write mode if there is none, and compares it with its anchor.
   * @throws {EventStoreError} LOCKED, NOT_FOUND, ROLLED_BACK, WRONG_KEY, WRONG_LOG, NOT_DURABLE, SQLITE_TOO_OLD,
   * NEWER_FORMAT, READ_ONLY or CORRUPT.
   */
  static async open(options: SqliteLogOptions): Promise<SqliteEventStore> {
    if (options.mode === 'read') {
      const database = openConnection(options.file, 'read');
      try {
        recoverHead(database, options);
        return new SqliteEventStore(options.file, database, undefined, undefined);
      } catch (error) {
        database.close();
        throw error;
      }
    }
    const lock = lockFile(`${options.file}.lock`);
    try {
      return await openForWriting(
        options,
        (database, writer) => new SqliteEventStore(options.file, database, writer, lock),
      );
    } catch (error) {
      lock.release();
      throw translated(error);
    }
  }

  async append(append: Append): Promise<Appended> {
    if (this.#writer === undefined) {
      throw new EventStoreError('READ_ONLY', 'the log was opened for reading');
    }
    return this.#writer.append(append);
  }

  async *readStream(stream: string, fromRevision = 0n): AsyncIterable<readonly RecordedEvent[]> {
    yield* this.#reader.stream(stream, fromRevision);
  }

  async *readAll(fromOrdinal = 0n): AsyncIterable<readonly RecordedEvent[]> {
    yield* this.#reader.all(fromOrdinal, this.#reader.size());
  }

  async *follow(fromOrdinal: bigint, signal: AbortSignal): AsyncIterable<readonly RecordedEvent[]> {
    let next = fromOrdinal;
    while (!signal.aborted) {
      const size = this.#reader.size();
      for (const batch of this.#reader.all(next, size)) {
        yield batch;
        next += BigInt(batch.length);
      }
      if (next >= this.#reader.size()) await appendedOrAWhile(this.#writer, signal);
    }
  }

  async streamHead(stream: string): Promise<StreamHead | undefined> {
    return this.#reader.streamHead(stream);
  }

  async findEvent(id: string): Promise<RecordedEvent | undefined> {
    return this.#reader.findAll([id])[0];
  }

  async findEvents(ids: readonly string[]): Promise<readonly (RecordedEvent | undefined)[]> {
    return this.#reader.findAll(ids);
  }

  async head(): Promise<LogHead> {
    return this.#reader.head();
  }

  async readAt(ordinals: readonly bigint[]): Promise<readonly RecordedEvent[]> {
    return this.#reader.at(ordinals);
  }

  async headAt(size: bigint): Promise<LogHead> {
    return this.#reader.headAt(size);
  }

  async close(): Promise<void> {
    await this.#writer?.close();
    this.#reader.close();
    this.#lock?.release();
  }
}

async function openForWriting(
  options: SqliteLogOptions,
  made: (database: DatabaseSync, writer: WriterThread) => SqliteEventStore,
): Promise<SqliteEventStore> {
  const { anchorKey } = options;
  if (anchorKey === undefined)
    throw new EventStoreError('WRONG_KEY', 'writing needs the anchor key');
  const first = openConnection(options.file, 'write');
  recoverHead(first, options);
  first.close();
  const { file, ledgerId, maxPages } = options;
  const anchor = AnchorFile.open(`${file}.anchor`, anchorMac(anchorKey, ledgerId));
  const writer = await WriterThread.start(
    { file, ...(maxPages === undefined ? {} : { maxPages }) },
    anchor,
    options.onFatal,
  );
  return made(openConnection(options.file, 'read'), writer);
}

const FOREIGN_POLL_MS = 250;

/** Own appends wake a follower at once; those of another process within a poll. */
async function appendedOrAWhile(
  writer: WriterThread | undefined,
  signal: AbortSignal,
): Promise<void> {
  await new Promise<void>((resolve) => {
    const done = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, FOREIGN_POLL_MS).unref();
    signal.addEventListener('abort', done);
    writer?.onceCommitted(done);
  });
}
