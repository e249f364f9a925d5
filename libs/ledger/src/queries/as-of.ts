import type { EventStore, RecordedEvent } from '#event-store';
import { decodeRecorded } from '../decode-recorded.js';
import { instantOf } from '../instant.js';
import { LedgerError } from '../ledger-error.js';
import { LANDS_WITHIN_MS } from '../nodes/lands-within.js';

/**
 * The last ordinal of a past moment: of the longest prefix in which every `recordedAt` ≤ TIME, or N itself
 * (design §7); −1 before the first event.
 * @throws {LedgerError} INVALID_REQUEST when it is neither a time nor a position of the log.
 */
export async function lastOrdinal(store: EventStore, asOf: string | undefined): Promise<bigint> {
  const { size } = await store.head();
  if (asOf === undefined) return size - 1n;
  if (/^\d+$/u.test(asOf)) {
    const position = BigInt(asOf);
    return position < size ? position : size - 1n;
  }
  return lastUntil(store, instantAsked(asOf), size);
}

/** Milliseconds of an instant that a question names. @throws {LedgerError} INVALID_REQUEST */
export function instantAsked(text: string): number {
  const at = instantOf(text);
  if (!Number.isNaN(at)) return at;
  throw new LedgerError(
    'INVALID_REQUEST',
    'as-of, from and to take a position or an ISO 8601 time such as 2026-03-01T00:00:00Z',
  );
}

/**
 * Where one process writes, `recordedAt` never goes backwards, and a binary search finds the end of the prefix. Where
 * several do, nothing of a prefix that ends so much earlier is later than the moment: from there on each is looked at.
 */
async function lastUntil(store: EventStore, at: number, size: bigint): Promise<bigint> {
  if (!store.isShared) return searched(store, at, size);
  let last = await searched(store, at - LANDS_WITHIN_MS, size);
  for await (const batch of store.readAll(last + 1n)) {
    for (const event of batch) {
      if (event.ordinal >= size || timeOf(event) > at) return last;
      last = event.ordinal;
    }
  }
  return last;
}

async function searched(store: EventStore, at: number, size: bigint): Promise<bigint> {
  let low = 0n;
  let high = size;
  while (low < high) {
    const middle = (low + high) / 2n;
    if ((await recordedAt(store, middle)) <= at) low = middle + 1n;
    else high = middle;
  }
  return low - 1n;
}

/** Milliseconds of the moment at which the event of an ordinal was recorded. @throws {EventStoreError} GAP */
export async function recordedAt(store: EventStore, ordinal: bigint): Promise<number> {
  const [event] = await store.readAt([ordinal]);
  return event === undefined ? Number.NaN : timeOf(event);
}

function timeOf(recorded: RecordedEvent): number {
  return Date.parse(decodeRecorded(recorded).metadata.recordedAt);
}
