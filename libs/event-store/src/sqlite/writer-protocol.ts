import type { EventStoreErrorCode } from '../event-store-error.js';
import type { Append, LogHead } from '../event-store.js';

/** What the writer needs to know at its start. */
export interface WriterOptions {
  readonly file: string;
  readonly ledgerId: string;
  readonly anchorKey: Uint8Array;
  /** Bounds the file, so that a test can fill the disk. */
  readonly maxPages?: number;
}

/** One batch: written in one commit, or a request to end. */
export interface Request {
  readonly appends: readonly Append[];
  readonly close?: boolean;
}

/** What became of one append of a batch. */
export type AppendResult =
  | { readonly firstOrdinal: number; readonly revision: number }
  | { readonly refused: EventStoreErrorCode; readonly message: string };

/** What became of a batch: committed and anchored, or nothing of it stored. */
export type Reply =
  | { readonly results: readonly AppendResult[]; readonly head: LogHead }
  | { readonly failed: { readonly code: EventStoreErrorCode; readonly message: string } };
