import { EventStoreError } from '../event-store-error.js';
import {
  EventStore,
  type Append,
  type Appended,
  type LogHead,
  type RecordedEvent,
  type StreamHead,
} from '../event-store.js';
import { lockFile, type Lock } from '../sqlite/lock-file.js';
import { Appender } from './appender.js';
import { Connection } from './connection.js';
import { UNREACHABLE } from './failure.js';
import { Follower } from './follower.js';
import type { Indexed } from './index-writer.js';
import { LogIndex } from './log-index.js';
import { LogReader } from './log-reader.js';
import { streamPrefix } from './names.js';
import { Progress } from './progress.js';
import { Recent } from './recent.js';
import { DEFAULT_TIMING, type Timing } from './timing.js';

/** How a log on a server is opened. */
export interface EventStoreDbOptions {
  /** `esdb://…` or `kurrentdb://…`; with `+discover` for a cluster. */
  readonly url: string;
  readonly ledgerId: string;
  /** File of the index, one a process: rebuilt from the server when it is not there. `:memory:` keeps none. */
  readonly indexFile: string;
  /** Lets an empty ledger begin on a server that holds another one. */
  readonly isBesideOthers?: boolean;
  /** What is not said is by default. */
  readonly timing?: Partial<Timing>;
  /** As the server is set to; its default is 1 MiB. */
  readonly maxAppendBytes?: number;
  /** Called once when the log turns out not to be the one that was followed: the process must end. */
  readonly onFatal?: (error: EventStoreError) => void;
}

const SERVERS_DEFAULT_BYTES = 1_048_576;

/** The log in EventStoreDB or KurrentDB, with an index beside the process that gives ordinals (ADR 13). */
export class EventStoreDbEventStore extends EventStore {
  readonly #reader: LogReader;
  readonly #appender: Appender;
  readonly #follower: Follower;
  readonly #progress = new Progress();
  readonly #recent = new Recent();
  readonly #patienceMs: number;
  #fatal: EventStoreError | undefined;
  #closed: Promise<void> | undefined;

  private constructor(
    private readonly options: EventStoreDbOptions,
    private readonly connection: Connection,
    private readonly index: LogIndex,
    private readonly lock: Lock | undefined,
  ) {
    super();
    const timing = { ...DEFAULT_TIMING, ...options.timing };
    this.#patienceMs = timing.patienceMs;
    const prefix = streamPrefix(options.ledgerId);
    const parts = { connection, index, prefix, timing };
    const maxAppendBytes = options.maxAppendBytes ?? SERVERS_DEFAULT_BYTES;
    this.#reader = new LogReader({ ...parts, recent: this.#recent });
    this.#appender = new Appender({ ...parts, progress: this.#progress }, { maxAppendBytes });
    this.#follower = new Follower({
      ...parts,
      watch: this.#appender.watch,
      onIndexed: (indexed) => this.#indexed(indexed),
      onFatal: (error) => this.#fail(error),
    });
  }

  /**
   * Connects, and reads what the index does not know yet.
   * @throws {EventStoreError} UNAVAILABLE, ACCESS_DENIED, TLS; ROLLED_BACK or WRONG_LOG when the server does not hold what
   * the index knows, or holds another ledger and not this one; LOCKED, NEWER_FORMAT, CORRUPT, GAP.
   * @throws {RangeError} when the connection string is wrong.
   */
  static async open(options: EventStoreDbOptions): Promise<EventStoreDbEventStore> {
    const connection = new Connection(options.url);
    const isKept = options.indexFile !== ':memory:';
    const lock = isKept ? lockFile(`${options.indexFile}.lock`) : undefined;
    let index: LogIndex | undefined;
    try {
      index = LogIndex.open(options.indexFile, options.ledgerId);
      const store = new EventStoreDbEventStore(options, connection, index, lock);
      await store.#start();
      return store;
    } catch (error) {
      await connection.close();
      index?.close();
      lock?.release();
      throw error;
    }
  }

  override get isShared(): boolean {
    return true;
  }

  async append(append: Append): Promise<Appended> {
    this.#assertSound();
    return this.#appender.append(append);
  }

  async *readStream(stream: string, fromRevision = 0n): AsyncIterable<readonly RecordedEvent[]> {
    this.#assertSound();
    yield* this.#reader.stream(stream, Number(fromRevision));
  }

  async *readAll(fromOrdinal = 0n): AsyncIterable<readonly RecordedEvent[]> {
    this.#assertSound();
    yield* this.#reader.all(Number(fromOrdinal), this.index.size);
  }

  async *follow(fromOrdinal: bigint, signal: AbortSignal): AsyncIterable<readonly RecordedEvent[]> {
    let next = Number(fromOrdinal);
    while (!signal.aborted) {
      this.#assertSound();
      for await (const batch of this.#reader.all(next, this.index.size)) {
        yield batch;
        next += batch.length;
      }
      await this.#progress.until(() => this.index.size > next || this.#isOver(), signal);
    }
  }

  async readAt(ordinals: readonly bigint[]): Promise<readonly RecordedEvent[]> {
    this.#assertSound();
    return this.#reader.at(ordinals.map(Number));
  }

  async streamHead(stream: string): Promise<StreamHead | undefined> {
    this.#assertSound();
    return this.index.streamHead(stream);
  }

  async findEvent(id: string): Promise<RecordedEvent | undefined> {
    return (await this.findEvents([id]))[0];
  }

  async findEvents(ids: readonly string[]): Promise<readonly (RecordedEvent | undefined)[]> {
    this.#assertSound();
    const ordinals = this.index.find(ids);
    const known = [...new Set(ordinals.filter((ordinal) => ordinal !== undefined))];
    const events = await this.#reader.at(known);
    const byOrdinal = new Map(events.map((event) => [Number(event.ordinal), event]));
    return ordinals.map((ordinal) => (ordinal === undefined ? undefined : byOrdinal.get(ordinal)));
  }

  async head(): Promise<LogHead> {
    this.#assertSound();
    return this.index.head();
  }

  async headAt(size: bigint): Promise<LogHead> {
    this.#assertSound();
    return this.index.headAt(size);
  }

  override async caughtUp(): Promise<void> {
    this.#assertSound();
    const newest = await this.#reader.newest();
    if (newest === undefined) return;
    const { stream, revision } = newest;
    const isSeen = (): boolean => this.index.writer.revisionOf(stream) >= revision;
    const patience = AbortSignal.timeout(this.#patienceMs);
    await this.#progress.until(() => isSeen() || this.#isOver(), patience);
    this.#assertSound();
    if (!isSeen())
      throw new EventStoreError('UNAVAILABLE', 'what the event store holds is not read in time');
  }

  /** By the follower: heads and ids are answered from the index also while the server is away. */
  override async assertReachable(): Promise<void> {
    this.#assertSound();
    if (this.#follower.isFollowing) return;
    throw new EventStoreError('UNAVAILABLE', UNREACHABLE);
  }

  async close(): Promise<void> {
    this.#closed ??= this.#close();
    await this.#closed;
  }

  async #start(): Promise<void> {
    await this.#follower.start();
    if (this.index.size > 0 || this.options.isBesideOthers === true) return;
    if (!this.#follower.isAmongOthers) return;
    await this.#follower.stop();
    throw new EventStoreError(
      'WRONG_LOG',
      'the event store holds another ledger, and not this one',
    );
  }

  #indexed(indexed: readonly Indexed[]): void {
    this.#recent.add(indexed.map(({ event }) => event));
    this.#appender.saw(indexed);
    this.#progress.tell();
  }

  #fail(error: EventStoreError): void {
    this.#fatal = error;
    this.#appender.end(error);
    this.#progress.tell();
    this.options.onFatal?.(error);
  }

  #isOver(): boolean {
    return this.#fatal !== undefined || this.#closed !== undefined;
  }

  #assertSound(): void {
    if (this.#fatal !== undefined) throw this.#fatal;
    if (this.#closed !== undefined) throw new EventStoreError('CLOSED', 'the log is closed');
  }

  async #close(): Promise<void> {
    await this.#appender.drain();
    await this.connection.close();
    await this.#follower.stop();
    this.#progress.tell();
    this.index.close();
    this.lock?.release();
  }
}
