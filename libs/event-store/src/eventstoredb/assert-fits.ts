import { EventStoreError } from '../event-store-error.js';
import type { Append } from '../event-store.js';
import type { LogIndex } from './log-index.js';

/**
 * Looks up what the index knows against an append. The server cannot be asked this: it takes the same event id again with a
 * newer expected revision, or in another stream, and knows nothing of the streams that a decision read.
 * @throws {EventStoreError} WRONG_EXPECTED_REVISION, STALE_READ, DUPLICATE_EVENT_ID.
 */
export function assertFits(append: Append, index: LogIndex): void {
  assertEnd(append, index);
  assertNothingMoved(append, index);
}

/**
 * As `assertFits`, but for the end of its stream.
 * @throws {EventStoreError} STALE_READ, DUPLICATE_EVENT_ID.
 */
export function assertNothingMoved({ read, events }: Append, index: LogIndex): void {
  for (const [name, at] of Object.entries(read ?? {})) {
    if (BigInt(index.writer.revisionOf(name)) === at) continue;
    throw new EventStoreError('STALE_READ', `stream ${name} changed since it was read`);
  }
  const ids = events.map(({ id }) => id);
  const isKnown = index.find(ids).some((ordinal) => ordinal !== undefined);
  if (new Set(ids).size === ids.length && !isKnown) return;
  throw new EventStoreError('DUPLICATE_EVENT_ID', 'an event with this id is in the log');
}

function assertEnd({ stream, expectedRevision, prev }: Append, index: LogIndex): void {
  const revision = index.writer.revisionOf(stream);
  // A stream never gets shorter. One that seems too short may have grown elsewhere: the server knows.
  if (revision > expectedRevision) {
    const message = `stream is at revision ${revision}, expected ${expectedRevision}`;
    throw new EventStoreError('WRONG_EXPECTED_REVISION', message);
  }
  // What is made up behind an append that failed names an event that never came, or one that the index has not.
  if (prev === undefined || prev === hexOf(index.streamHead(stream)?.leafHash)) return;
  const message = 'the stream does not end with the event that was expected';
  throw new EventStoreError('WRONG_EXPECTED_REVISION', message);
}

function hexOf(hash: Uint8Array = new Uint8Array()): string {
  return Buffer.from(hash.buffer, hash.byteOffset, hash.byteLength).toString('hex');
}
