import { START, streamNameFilter, type AllStreamResolvedEvent } from '@eventstore/db-client';
import type { EventStoreError } from '../event-store-error.js';
import { arrivalOf, positionOf, type Arrival, type Place } from './arrival.js';
import type { Connection, Link } from './connection.js';
import { failureOf, isTooSlow, unread } from './failure.js';
import type { Indexed, Watcher } from './index-writer.js';
import { assertSameLog } from './same-log.js';
import type { LogIndex } from './log-index.js';
import { LEDGERS } from './names.js';
import { readPage } from './read-page.js';
import type { Timing } from './timing.js';
import { pauseBefore } from './within.js';

/** What the follower needs and whom it tells. */
export interface FollowerParts {
  readonly connection: Connection;
  readonly index: LogIndex;
  readonly prefix: string;
  readonly timing: Timing;
  readonly watch: Watcher;
  readonly onIndexed: (indexed: readonly Indexed[]) => void;
  /** The log is not the one that was followed: nothing can go on. */
  readonly onFatal: (error: EventStoreError) => void;
}

const PAGE_EVENTS = 4_096;
const FATAL: ReadonlySet<string> = new Set(['ROLLED_BACK', 'WRONG_LOG', 'GAP', 'CORRUPT']);
const HOPELESS: ReadonlySet<string> = new Set(['ACCESS_DENIED', 'TLS']);

/** Follows $all and indexes the ledger's events; connects again for ever, and checks each time that it is the same log. */
export class Follower {
  readonly #stop = new AbortController();
  #running: Promise<void> | undefined;
  #scanned: Place | undefined;
  #hasStarted = false;
  /** Whether the log is followed now, as far as is known: a server that is silent is found out by the client's keep-alive. */
  isFollowing = false;
  /** Whether streams of other ledgers were seen while the index was built from nothing. */
  isAmongOthers = false;

  constructor(private readonly parts: FollowerParts) {}

  /**
   * Resolves when everything that the log held is indexed; follows on until `stop`.
   * @throws {EventStoreError} ACCESS_DENIED, TLS, UNAVAILABLE; ROLLED_BACK, WRONG_LOG, GAP, CORRUPT.
   */
  async start(): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      this.#running = this.#run(resolve, reject);
    });
  }

  async stop(): Promise<void> {
    this.#stop.abort();
    await this.#running;
  }

  async #run(caughtUp: () => void, failed: (error: EventStoreError) => void): Promise<void> {
    const patient = performance.now() + this.parts.timing.patienceMs;
    for (let attempt = 0; !this.#stop.signal.aborted; attempt += 1) {
      let link: Link | undefined;
      try {
        link = await this.parts.connection.link();
        await this.#catchUp(link);
        caughtUp();
        [this.#hasStarted, this.isFollowing, attempt] = [true, true, 0];
        await this.#subscribe(link);
      } catch (cause) {
        this.isFollowing = false;
        const error = unread(cause);
        if (error.code === 'CLOSED') return;
        if (this.#isOver(error, patient)) {
          failed(error);
          return;
        }
        if (link !== undefined) this.parts.connection.renewAfter(failureOf(cause), link);
      }
      await pauseBefore(attempt, this.#stop.signal);
    }
  }

  /** Whether it is of no use to try again: the log is another one, or the start has failed. */
  #isOver(error: EventStoreError, patient: number): boolean {
    const isFatal = FATAL.has(error.code);
    if (this.#hasStarted) {
      if (isFatal) this.parts.onFatal(error);
      return isFatal;
    }
    return isFatal || HOPELESS.has(error.code) || performance.now() > patient;
  }

  /** Page by page to the end as it is now: a page that is not full is the last. */
  async #catchUp(link: Link): Promise<void> {
    const { index, timing } = this.parts;
    const last = index.last();
    if (last !== undefined) await assertSameLog(link, last, this.parts);
    this.#scanned ??= last;
    for (let isEnd = false; !isEnd && !this.#stop.signal.aborted;) {
      const fromPosition = this.#scanned === undefined ? START : positionOf(this.#scanned);
      const reading = link.client.readAll({
        fromPosition,
        maxCount: PAGE_EVENTS,
        requiresLeader: true,
      });
      const { events, isWhole } = await readPage(reading, timing.callMs, link.lost);
      isEnd = isWhole && events.length < PAGE_EVENTS;
      this.#take(events);
    }
  }

  /** Until the server ends it, as it does when it is not taken fast enough, the connection is lost, or the follower is stopped. */
  async #subscribe(link: Link): Promise<void> {
    const subscription = link.client.subscribeToAll({
      fromPosition: this.#scanned === undefined ? START : positionOf(this.#scanned),
      filter: streamNameFilter({ prefixes: [this.parts.prefix] }),
      requiresLeader: true,
    });
    const over = AbortSignal.any([link.lost, this.#stop.signal]);
    try {
      await new Promise<void>((resolve, reject) => {
        const batches = new Batches((events) => this.#take(events), reject);
        // For good: an error that comes when nobody listens any more would end the process.
        // What it missed is read page by page; the connection is good, and appends are under way on it.
        subscription.on('error', (cause) => (isTooSlow(cause) ? resolve() : reject(cause)));
        subscription.on('end', resolve);
        subscription.on('data', (resolved) => batches.add(resolved));
        over.addEventListener('abort', () => resolve(), { once: true });
        if (over.aborted) resolve();
      });
    } finally {
      void subscription.unsubscribe().catch(() => undefined);
    }
  }

  #take(events: readonly Arrival[]): void {
    const { prefix, index, watch, onIndexed } = this.parts;
    const own = events.filter(({ stream }) => stream.startsWith(prefix));
    if (own.length < events.length) {
      this.isAmongOthers ||= events.some(
        ({ stream }) => stream.startsWith(LEDGERS) && !stream.startsWith(prefix),
      );
    }
    const indexed = index.writer.add(
      own.map((event) => ({ ...event, stream: event.stream.slice(prefix.length) })),
      watch,
    );
    this.#scanned = events.at(-1) ?? this.#scanned;
    if (indexed.length > 0) onIndexed(indexed);
  }
}

/** All that comes in one turn of the event loop is taken at once: it shares one transaction. */
class Batches {
  #waiting: Arrival[] = [];

  constructor(
    private readonly take: (events: readonly Arrival[]) => void,
    private readonly failed: (cause: unknown) => void,
  ) {}

  add(resolved: AllStreamResolvedEvent): void {
    const event = arrivalOf(resolved);
    if (event === undefined) return;
    if (this.#waiting.length === 0) setImmediate(() => this.#flush());
    this.#waiting.push(event);
  }

  #flush(): void {
    const taken = this.#waiting;
    this.#waiting = [];
    try {
      this.take(taken);
    } catch (cause) {
      this.failed(cause);
    }
  }
}
