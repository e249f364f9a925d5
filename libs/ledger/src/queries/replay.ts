import type { LedgerEvent } from '#domain';
import type { EventStore } from '#event-store';
import { foldDigests } from '#projections';
import { decodeRecorded } from '../decode-recorded.js';
import { subjectStream } from '../recording/subjects.js';
import { publishedHashOf } from '../governance/governance.js';
import { folding } from '../views/folding.js';
import { lastOrdinal } from './as-of.js';

/** What to replay. */
export interface ReplayQuery {
  readonly subject?: string;
  readonly asOf?: string;
}

/** An event with its position, without any value: there is none in the log. */
export interface Replayed {
  readonly position: string;
  readonly event: LedgerEvent;
}

/** Events in log order, of one subject or of all, up to a moment. Needs no key. */
export async function* replay(store: EventStore, query: ReplayQuery): AsyncIterable<Replayed> {
  const upTo = await lastOrdinal(store, query.asOf);
  const batches =
    query.subject === undefined ? store.readAll() : store.readStream(subjectStream(query.subject));
  for await (const batch of batches) {
    for (const recorded of batch) {
      if (recorded.ordinal > upTo) return;
      yield { position: String(recorded.ordinal), event: decodeRecorded(recorded) };
    }
  }
}

/** Digests of a from-scratch fold of all views up to a moment. */
export async function replayDigest(
  store: EventStore,
  asOf?: string,
): Promise<{
  readonly position: string;
  readonly events: number;
  readonly digest: string;
  readonly views: object;
}> {
  const upTo = await lastOrdinal(store, asOf);
  const { events, digests } = await foldDigests(folding(store), upTo + 1n);
  return {
    position: String(upTo),
    events: Number(events),
    digest: publishedHashOf(digests),
    views: digests,
  };
}
