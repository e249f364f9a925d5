import { EventStoreError } from '../event-store-error.js';
import type { Arrival } from './arrival.js';
import type { Link } from './connection.js';
import type { Entry } from './log-index.js';
import { readPage } from './read-page.js';
import type { Timing } from './timing.js';

/** How the log's streams are named, and how long is waited. */
export interface Where {
  readonly prefix: string;
  readonly timing: Timing;
}

/**
 * Reads the last event that was known where it was: on another cluster, and on one that was put back, it is not there.
 * @throws {EventStoreError} ROLLED_BACK when the log ends before it; WRONG_LOG when another event is in its place.
 */
export async function assertSameLog(link: Link, last: Entry, where: Where): Promise<void> {
  const there = await eventAt(link, last, where);
  if (there === undefined) {
    const message = `the log ends before event ${last.ordinal}, which was there: a wrong or rolled-back log`;
    throw new EventStoreError('ROLLED_BACK', message);
  }
  if (there.id === last.id) return;
  throw new EventStoreError('WRONG_LOG', `another event is in the place of event ${last.ordinal}`);
}

async function eventAt(
  link: Link,
  last: Entry,
  { prefix, timing }: Where,
): Promise<Arrival | undefined> {
  const reading = link.client.readStream(prefix + last.stream, {
    fromRevision: BigInt(last.revision),
    maxCount: 1,
    requiresLeader: true,
  });
  try {
    return (await readPage(reading, timing.callMs, link.lost)).events[0];
  } catch (error) {
    if (isStreamNotFound(error)) return undefined;
    throw error;
  }
}

function isStreamNotFound(error: unknown): boolean {
  return (
    typeof error === 'object' &&
    error !== null &&
    'type' in error &&
    error.type === 'stream-not-found'
  );
}
