import type { LedgerEvent } from '#domain';

/** A store that commits in batches. */
export type CommittingStore = 'vault' | 'log';

/** Watches a recorder at work, to count and to time; must neither throw nor wait. */
export interface RecordingObserver {
  /** Events became durable. */
  recorded(events: readonly LedgerEvent[]): void;
  /** A batch is sent to a store; what is returned is called when that ended, with whether all of it is durable. */
  committing(store: CommittingStore): (isDurable: boolean) => void;
}

/** Nobody watches. */
export const UNOBSERVED: RecordingObserver = {
  recorded: () => undefined,
  committing: () => () => undefined,
};
