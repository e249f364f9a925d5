import { EventStoreError } from '../event-store-error.js';
import type { Append } from '../event-store.js';
import type { LogIndex } from './log-index.js';

/**
 * What the index knows against an append. The server cannot be asked this: it takes the same event id again with a newer
 * expected revision, or in another stream, and knows nothing of the streams that a decision read.
 */
export function refusalOf(append: Append, index: LogIndex): EventStoreError | undefined {
  const { stream, expectedRevision, read, events } = append;
  const revision = index.writer.revisionOf(stream);
  // A stream never gets shorter. One that seems too short may have grown elsewhere: the server knows.
  if (revision > expectedRevision) {
    const message = `stream is at revision ${revision}, expected ${expectedRevision}`;
    return new EventStoreError('WRONG_EXPECTED_REVISION', message);
  }
  const stale = Object.entries(read ?? {}).find(
    ([name, at]) => BigInt(index.writer.revisionOf(name)) !== at,
  );
  if (stale !== undefined) {
    return new EventStoreError('STALE_READ', `stream ${stale[0]} changed since it was read`);
  }
  const ids = events.map(({ id }) => id);
  const isRepeat =
    new Set(ids).size < ids.length || index.find(ids).some((ordinal) => ordinal !== undefined);
  return isRepeat
    ? new EventStoreError('DUPLICATE_EVENT_ID', 'an event with this id is in the log')
    : undefined;
}
