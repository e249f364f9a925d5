import type { Append, EventStore, LogHead, RecordedEvent } from '#event-store';
import { LedgerError } from '../ledger-error.js';

/** Far below what any server takes at once; an event that is longer goes alone. */
const MOST_BYTES = 262_144;

/** Told of each event that is done. */
export type Told = (done: bigint) => void;

/**
 * Whether what the target holds is the beginning of the source, so that copying can go on there.
 * @throws {LedgerError} CONFLICT.
 */
export async function assertBeginning(source: EventStore, target: EventStore): Promise<bigint> {
  const [{ size }, there] = [await source.head(), await target.head()];
  const same = there.size <= size ? await source.headAt(there.size) : undefined;
  if (same !== undefined && isSame(same, there)) return there.size;
  throw foreign('holds events of this ledger that are not in its log: nothing was copied');
}

/**
 * Appends what the target lacks, one append after the other: the order of the target is the order of arrival, and cannot
 * be mended afterwards. Events keep id, type, stream, revision and bytes. What was acknowledged is never sent again.
 * @throws {LedgerError} CONFLICT when somebody else writes to the target meanwhile; EventStoreError.
 */
export async function copyLog(source: EventStore, target: EventStore, told: Told): Promise<bigint> {
  const from = await assertBeginning(source, target);
  let next = from;
  for await (const append of appendsOf(source.readAll(from))) {
    const { firstOrdinal } = await target.append(append);
    if (firstOrdinal !== next) throw foreign('is written to by somebody else');
    next += BigInt(append.events.length);
    told(next);
  }
  return next - from;
}

/**
 * Compares two logs event by event (ordinal, stream, revision, id, type and leaf hash, each leaf hashed again as it is
 * read) and by size and running hash.
 * @throws {LedgerError} CONFLICT naming the first ordinal that differs.
 */
export async function proveSame(
  source: EventStore,
  target: EventStore,
  told: Told,
): Promise<LogHead> {
  const theirs = eachOf(target)[Symbol.asyncIterator]();
  let done = 0n;
  for await (const event of eachOf(source)) {
    const { value } = (await theirs.next()) as { readonly value: RecordedEvent | undefined };
    if (value === undefined || !isSameEvent(event, value))
      throw foreign(`does not hold the event at ordinal ${event.ordinal} as it is in this log`);
    done += 1n;
    told(done);
  }
  const [head, there] = [await source.head(), await target.head()];
  if (isSame(head, there) && head.size === done) return head;
  throw foreign('holds another log than this one');
}

/** Consecutive events of one stream share an append: what was atomic in the source is not torn apart. */
async function* appendsOf(batches: AsyncIterable<readonly RecordedEvent[]>): AsyncIterable<Append> {
  let run: RecordedEvent[] = [];
  let bytes = 0;
  for await (const batch of batches) {
    for (const event of batch) {
      const isLonger = bytes + event.leaf.length > MOST_BYTES;
      if (run[0] !== undefined && (run[0].stream !== event.stream || isLonger)) {
        yield appendOf(run[0], run);
        [run, bytes] = [[], 0];
      }
      run.push(event);
      bytes += event.leaf.length;
    }
  }
  if (run[0] !== undefined) yield appendOf(run[0], run);
}

function appendOf({ stream, revision }: RecordedEvent, events: readonly RecordedEvent[]): Append {
  const bare = events.map(({ id, type, leaf }) => ({ id, type, leaf }));
  return { stream, expectedRevision: revision - 1n, events: bare };
}

async function* eachOf(store: EventStore): AsyncIterable<RecordedEvent> {
  for await (const batch of store.readAll()) yield* batch;
}

function isSameEvent(one: RecordedEvent, other: RecordedEvent): boolean {
  const place = ({ ordinal, stream, revision, id, type }: RecordedEvent): string =>
    [ordinal, stream, revision, id, type].join(' ');
  return place(one) === place(other) && Buffer.compare(one.leafHash, other.leafHash) === 0;
}

function isSame(one: LogHead, other: LogHead): boolean {
  return one.size === other.size && Buffer.compare(one.hash, other.hash) === 0;
}

function foreign(what: string): LedgerError {
  return new LedgerError('CONFLICT', `the event store ${what}`);
}
