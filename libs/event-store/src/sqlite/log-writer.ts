import type {
  DatabaseSyncInstance as DatabaseSync,
  StatementSyncInstance as StatementSync,
} from '@photostructure/sqlite';
import { RunningHash } from '../leaf-hash.js';
import { isRepeated, pragma } from './connection.js';
import {
  unpacked,
  type PackedAppends,
  type StoredAppend,
  type StoredEvent,
} from './packed-appends.js';
import { SELECT_HEAD, storedHead } from './recover-head.js';
import { RowInserter } from './row-inserter.js';
import { headBytes } from './rows.js';
import type { Refusal, Written } from './writer-protocol.js';

interface Stream {
  readonly id: number;
  readonly revision: number;
  /** Leaf hash of the last event, a byte a character. */
  readonly last: string;
}

const NO_STREAM_YET: Omit<Stream, 'id'> = { revision: -1, last: '' };

interface Landed {
  readonly firstOrdinal: number;
  readonly revision: number;
}

/** What a batch adds: cells of rows, one after the other. */
interface Rows {
  readonly streams: (string | number)[];
  readonly events: (string | number | Uint8Array)[];
}

const CACHED_STREAMS = 200_000;

/** Applies batches of appends: checks and inserts in one transaction. */
export class LogWriter {
  readonly #findId: StatementSync;
  readonly #findStream: StatementSync;
  readonly #addStreams: RowInserter;
  readonly #addEvents: RowInserter;
  readonly #setHead: StatementSync;
  readonly #streams = new Map<string, Stream>();
  #lastStream: number;
  #size: number;
  #hash: RunningHash;

  constructor(private readonly database: DatabaseSync) {
    this.#findId = database.prepare('SELECT 1 FROM events WHERE id = ?');
    this.#findStream = database.prepare(
      'SELECT s.id AS id, max(e.revision) AS revision, e.hash AS last FROM streams s JOIN events e ON e.stream = s.id WHERE s.name = ?',
    );
    this.#addStreams = new RowInserter(database, 'streams', 2);
    this.#addEvents = new RowInserter(database, 'events', 7);
    this.#setHead = database.prepare("INSERT OR REPLACE INTO meta VALUES ('head', ?)");
    this.#lastStream = Number(pragma(database, 'SELECT coalesce(max(id), 0) FROM streams'));
    const { size, hash } = storedHead(database.prepare(SELECT_HEAD));
    this.#size = Number(size);
    this.#hash = new RunningHash(hash);
  }

  /** Commits all appends that fit; one that does not is refused alone. Returns when the commit is on the disk. */
  write(batch: PackedAppends): Written {
    const appends = unpacked(batch);
    try {
      return this.#commit(appends, undefined);
    } catch (error) {
      // A unique index found an id or a stream that is there already: rare, and looked for only now.
      if (!isRepeated(error)) throw error;
      return this.#commit(appends, new Set());
    }
  }

  /** With `ids`, those of the batch so far, everything is looked for; without, the unique indexes are relied on. */
  #commit(appends: readonly StoredAppend[], ids: Set<string> | undefined): Written {
    const [size, lastStream, hash] = [this.#size, this.#lastStream, this.#hash.value()];
    // Between batches only: the rows of this one are in no table yet.
    if (this.#streams.size > CACHED_STREAMS) this.#streams.clear();
    this.database.exec('BEGIN IMMEDIATE');
    try {
      const rows: Rows = { streams: [], events: [] };
      const landed = appends.map((append) => this.#apply(append, rows, ids));
      this.#addStreams.insert(rows.streams);
      this.#addEvents.insert(rows.events);
      const head = { size: BigInt(this.#size), hash: this.#hash.value() };
      this.#setHead.run(headBytes(head));
      this.database.exec('COMMIT');
      return written(landed, head);
    } catch (error) {
      // What the cache learned in this batch is not in the file.
      this.#streams.clear();
      [this.#size, this.#lastStream] = [size, lastStream];
      this.#hash = new RunningHash(hash);
      if (this.database.isTransaction) this.database.exec('ROLLBACK');
      throw error;
    }
  }

  #apply(append: StoredAppend, rows: Rows, ids: Set<string> | undefined): Landed | Refusal {
    const stream = this.#streamOf(append, ids === undefined);
    const refusal = this.#refusal(append, stream, ids);
    if (refusal !== undefined) return refusal;
    const firstOrdinal = this.#size;
    const id = stream?.id ?? this.#newStream(append.stream, rows);
    let { revision, last } = stream ?? NO_STREAM_YET;
    for (const { id: eventId, type, hash, digest, leaf } of append.events) {
      revision += 1;
      last = digest;
      rows.events.push(this.#size, id, revision, eventId, type, hash, leaf);
      this.#hash.add(hash);
      this.#size += 1;
    }
    this.#streams.set(append.stream, { id, revision, last });
    return { firstOrdinal, revision };
  }

  /** A stream that is to be new need not be looked for where the unique index finds it. */
  #streamOf({ stream, expectedRevision }: StoredAppend, relies: boolean): Stream | undefined {
    return relies && expectedRevision === -1 ? this.#streams.get(stream) : this.#stream(stream);
  }

  #newStream(name: string, rows: Rows): number {
    this.#lastStream += 1;
    rows.streams.push(this.#lastStream, name);
    return this.#lastStream;
  }

  #refusal(
    { expectedRevision, prev, read, events }: StoredAppend,
    { revision, last }: Omit<Stream, 'id'> = NO_STREAM_YET,
    ids: Set<string> | undefined,
  ): Refusal | undefined {
    if (revision !== expectedRevision || (prev !== undefined && prev !== hexOf(last))) {
      const message = `stream is at revision ${revision}, or at another event, expected ${expectedRevision}`;
      return { code: 'WRONG_EXPECTED_REVISION', message };
    }
    const stale = this.#stale(read);
    if (stale !== undefined) {
      return { code: 'STALE_READ', message: `stream ${stale} changed since it was read` };
    }
    return ids !== undefined && this.#repeats(events, ids)
      ? { code: 'DUPLICATE_EVENT_ID', message: 'an event with this id is in the log' }
      : undefined;
  }

  #stale(read: Readonly<Record<string, bigint>> = {}): string | undefined {
    return Object.keys(read).find(
      (name) => BigInt(this.#stream(name)?.revision ?? -1) !== read[name],
    );
  }

  #repeats(events: readonly StoredEvent[], ids: Set<string>): boolean {
    const own = new Set(events.map(({ id }) => Buffer.from(id).toString('hex')));
    const isThere = events.some(({ id }) => this.#findId.get(id) !== undefined);
    if (isThere || own.size < events.length || [...own].some((id) => ids.has(id))) return true;
    for (const id of own) ids.add(id);
    return false;
  }

  #stream(name: string): Stream | undefined {
    const cached = this.#streams.get(name);
    if (cached !== undefined) return cached;
    const row = this.#findStream.get(name) as unknown as StreamRow | undefined;
    if (row?.id === undefined || row.id === null) return undefined;
    const last = Buffer.from(row.last).toString('latin1');
    const stream = { id: row.id, revision: row.revision, last };
    this.#streams.set(name, stream);
    return stream;
  }
}

interface StreamRow {
  readonly id: number | null;
  readonly revision: number;
  readonly last: Uint8Array;
}

function hexOf(bytes: string): string {
  return Buffer.from(bytes, 'latin1').toString('hex');
}

function written(landed: readonly (Landed | Refusal)[], head: Written['head']): Written {
  const refusals = new Map(
    landed.flatMap((one, index) => ('code' in one ? [[index, one] as const] : [])),
  );
  return {
    firstOrdinals: landed.map((one) => ('code' in one ? -1 : one.firstOrdinal)),
    revisions: landed.map((one) => ('code' in one ? -1 : one.revision)),
    refusals,
    head,
  };
}
