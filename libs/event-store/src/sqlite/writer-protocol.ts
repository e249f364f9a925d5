import type { EventStoreErrorCode } from '../event-store-error.js';
import type { LogHead } from '../event-store.js';
import type { PackedAppends } from './packed-appends.js';

/** What the writer needs to know at its start. */
export interface WriterOptions {
  readonly file: string;
  /** Bounds the file, so that a test can fill the disk. */
  readonly maxPages?: number;
}

/** One batch, written in one commit, or the request to end. */
export type Request = PackedAppends | 'close';

/** Why one append of a batch was refused. */
export interface Refusal {
  readonly code: EventStoreErrorCode;
  readonly message: string;
}

/** A batch that is committed; one entry an append. */
export interface Written {
  readonly firstOrdinals: readonly number[];
  readonly revisions: readonly number[];
  /** By the number of the append: of these nothing is stored. */
  readonly refusals: ReadonlyMap<number, Refusal>;
  readonly head: LogHead;
}

/** What became of a batch: written, or nothing of it stored. */
export type Reply = Written | { readonly failed: Refusal };
