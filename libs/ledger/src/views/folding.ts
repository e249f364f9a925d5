import type { LedgerEvent } from '#domain';
import type { EventStore, RecordedEvent } from '#event-store';
import { SqliteEventStore } from '#event-store/sqlite';
import type { FoldWorkers, ProjectionWorker, ViewDefinition } from '#projections';
import { decodeRecorded } from '../decode-recorded.js';
import { VIEWS } from './views.js';

/** How a log is folded into all views: by threads of their own where a file can be read by several. */
export function folding(store: EventStore): {
  readonly store: EventStore;
  readonly decode: (recorded: RecordedEvent) => LedgerEvent;
  readonly views: readonly ViewDefinition<LedgerEvent>[];
  readonly workers?: FoldWorkers;
  readonly projection?: ProjectionWorker;
} {
  const fold = { store, views: VIEWS, decode: decodeRecorded };
  if (!(store instanceof SqliteEventStore)) return fold;
  return {
    ...fold,
    workers: { url: new URL('./fold-worker.js', import.meta.url), data: store.file },
    projection: { url: new URL('./projection-worker.js', import.meta.url), data: store.file },
  };
}
