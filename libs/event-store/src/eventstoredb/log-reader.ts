import { BACKWARDS, END } from '@eventstore/db-client';
import { EventStoreError } from '../event-store-error.js';
import type { RecordedEvent } from '../event-store.js';
import { leafHash } from '../leaf-hash.js';
import { isAfter, positionOf, type Arrival } from './arrival.js';
import type { Connection, Link } from './connection.js';
import { failureOf, unread } from './failure.js';
import type { Entry, LogIndex } from './log-index.js';
import { readPage, type Page, type Reading } from './read-page.js';
import type { Recent } from './recent.js';
import type { Timing } from './timing.js';
import { pauseBefore } from './within.js';

/** What reading needs. */
export interface ReaderParts {
  readonly connection: Connection;
  readonly index: LogIndex;
  readonly prefix: string;
  readonly timing: Timing;
  readonly recent: Recent;
}

const PAGE_EVENTS = 2_048;
const AT_ONCE = 16;
const NEWEST_EVENTS = 16;

/** Reads events from the server; the index says which they must be, and every leaf is hashed again. */
export class LogReader {
  constructor(private readonly parts: ReaderParts) {}

  /** Events `from` … `to`−1. @throws {EventStoreError} GAP or CORRUPT naming the ordinal; UNAVAILABLE and others. */
  async *all(from: number, to: number): AsyncIterable<readonly RecordedEvent[]> {
    for (let next = from; next < to;) {
      const recent = this.parts.recent.range(next, to);
      const events = recent.length > 0 ? recent : await this.#range(next, to);
      yield events;
      next += events.length;
    }
  }

  /** Events of a stream from a revision to what is indexed of it when the call is made. */
  async *stream(name: string, fromRevision: number): AsyncIterable<readonly RecordedEvent[]> {
    const { index, prefix } = this.parts;
    const end = index.writer.revisionOf(name) + 1;
    for (let next = fromRevision; next < end;) {
      const entries = index.stream(name, next, Math.min(end - next, PAGE_EVENTS));
      const options = {
        fromRevision: BigInt(next),
        maxCount: entries.length,
        requiresLeader: true,
      };
      const events = await this.#read(entries, ({ client }) =>
        client.readStream(prefix + name, options),
      );
      yield events;
      next += events.length;
    }
  }

  /** The events at these ordinals, in the order asked. @throws {EventStoreError} GAP when one is not in the log. */
  async at(ordinals: readonly number[]): Promise<readonly RecordedEvent[]> {
    const found = new Map<number, RecordedEvent>();
    const runs = runsOf(ordinals);
    for (let n = 0; n < runs.length; n += AT_ONCE) {
      const read = await Promise.all(runs.slice(n, n + AT_ONCE).map(async (run) => this.#run(run)));
      for (const event of read.flat()) found.set(Number(event.ordinal), event);
    }
    return ordinals.map((ordinal) => found.get(ordinal) ?? missing(ordinal));
  }

  /** Where the newest event of this ledger stands on the server; undefined when nothing is newer than what is indexed. */
  async newest(): Promise<Pick<Arrival, 'stream' | 'revision'> | undefined> {
    const { index, prefix } = this.parts;
    const known = index.last();
    let from: ReturnType<typeof positionOf> | typeof END = END;
    for (;;) {
      const fromPosition = from;
      const { events } = await this.#page(({ client }) =>
        client.readAll({
          direction: BACKWARDS,
          fromPosition,
          maxCount: NEWEST_EVENTS,
          requiresLeader: true,
        }),
      );
      for (const event of events) {
        if (known !== undefined && !isAfter(event, known)) return undefined;
        const { stream, revision } = event;
        if (stream.startsWith(prefix)) return { stream: stream.slice(prefix.length), revision };
      }
      const last = events.at(-1);
      if (last === undefined) return undefined;
      from = positionOf(last);
    }
  }

  async #run([from, to]: Run): Promise<readonly RecordedEvent[]> {
    if (to > this.parts.index.size) missing(Math.max(from, this.parts.index.size));
    const events: RecordedEvent[] = [];
    for await (const batch of this.all(from, to)) events.push(...batch);
    return events;
  }

  async #range(from: number, to: number): Promise<readonly RecordedEvent[]> {
    const entries = this.parts.index.range(from, Math.min(to - from, PAGE_EVENTS));
    const [first] = entries;
    if (first === undefined) return missing(from);
    const options = {
      fromPosition: positionOf(first),
      maxCount: entries.length,
      requiresLeader: true,
    };
    return this.#read(entries, ({ client }) => client.readAll(options));
  }

  /** At least the first of the events. */
  async #read(
    entries: readonly Entry[],
    open: (link: Link) => Reading,
  ): Promise<readonly RecordedEvent[]> {
    const { events } = await this.#page(open);
    return matched(entries, events, this.parts.prefix);
  }

  /** Tries again for as long as patience lasts. */
  async #page(open: (link: Link) => Reading): Promise<Page> {
    const { connection, timing } = this.parts;
    const end = performance.now() + timing.patienceMs;
    for (let attempt = 0; ; attempt += 1) {
      const link = await connection.link();
      try {
        return await readPage(open(link), timing.callMs, link.lost);
      } catch (cause) {
        if (performance.now() > end) throw unread(cause);
        connection.renewAfter(failureOf(cause), link);
        await pauseBefore(attempt);
      }
    }
  }
}

/** The events of these entries as far as they came, in order; between them may be those of others. */
function matched(
  entries: readonly Entry[],
  arrivals: readonly Arrival[],
  prefix: string,
): readonly RecordedEvent[] {
  const own = arrivals.filter(({ stream }) => stream.startsWith(prefix));
  const [first] = entries;
  if (own.length === 0 && first !== undefined) missing(first.ordinal);
  return own.slice(0, entries.length).map((arrival, n) => {
    const entry = entries[n];
    if (entry === undefined) return missing(n);
    return recorded(entry, arrival, prefix);
  });
}

function recorded(
  entry: Entry,
  { id, stream, type, leaf }: Arrival,
  prefix: string,
): RecordedEvent {
  const hash = leafHash(leaf);
  const isSame = id === entry.id && stream === prefix + entry.stream;
  if (!isSame || Buffer.compare(hash, entry.hash) !== 0) {
    const message = `event ${entry.ordinal} is not the one that was recorded`;
    throw new EventStoreError('CORRUPT', message);
  }
  return {
    ordinal: BigInt(entry.ordinal),
    stream: entry.stream,
    revision: BigInt(entry.revision),
    id,
    type,
    leaf,
    leafHash: hash,
  };
}

type Run = readonly [from: number, to: number];

/** Ordinals that follow one another are read together. */
function runsOf(ordinals: readonly number[]): readonly Run[] {
  const runs: [number, number][] = [];
  for (const ordinal of [...new Set(ordinals)].sort((a, b) => a - b)) {
    const last = runs.at(-1);
    if (last?.[1] === ordinal) last[1] += 1;
    else runs.push([ordinal, ordinal + 1]);
  }
  return runs;
}

function missing(ordinal: number): never {
  throw new EventStoreError('GAP', `no event at ordinal ${ordinal}`);
}
