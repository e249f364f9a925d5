import type { EventStore, RecordedEvent } from '#event-store';
import type { ViewDefinition } from '../view.js';
import { FoldPool, type FoldWorkers } from './fold-pool.js';
import { CHUNK_ORDINALS, foldBytes, rowsHash, type RowsText } from './row-text.js';

/** What is folded, by what. */
export interface FoldOptions<E> {
  readonly store: EventStore;
  readonly decode: (recorded: RecordedEvent) => E;
  readonly views: readonly ViewDefinition<E>[];
  /** Threads that help with a log long enough to be worth starting them. */
  readonly workers?: FoldWorkers;
}

/** The rows of one chunk of ordinals, one entry a view. */
export interface FoldedChunk {
  readonly from: number;
  /** First ordinal after the chunk. */
  readonly to: number;
  /** Empty when only the hashes were asked for. */
  readonly rows: readonly RowsText[];
  /** Empty when the rows were asked for. */
  readonly hashes: readonly string[];
}

/** Which chunk, and whether its rows are wanted or only their hashes. */
export interface FoldRequest {
  readonly from: number;
  readonly to: number;
  readonly wantsRows: boolean;
}

/** Chunks worked on by each thread or waiting for it. */
const AHEAD = 2;

/**
 * Folds events 0 … `end`−1 into all views, chunk by chunk, in order. A chunk that a thread could not fold is folded
 * here again, so that what is wrong with it is said by the same error as without threads.
 */
export async function* foldChunks<E>(
  options: FoldOptions<E>,
  end: number,
  wantsRows: boolean,
): AsyncIterable<FoldedChunk> {
  const pool = FoldPool.start(options.workers, end);
  try {
    const waiting: { readonly asked: FoldRequest; readonly answer: Promise<unknown> }[] = [];
    for (let from = 0; from < end || waiting.length > 0; from += CHUNK_ORDINALS) {
      if (from < end) {
        const asked = { from, to: Math.min(end, from + CHUNK_ORDINALS), wantsRows };
        waiting.push({ asked, answer: pool.fold(asked) });
      }
      if (from < end && waiting.length < pool.threads * AHEAD) continue;
      const next = waiting.shift();
      if (next !== undefined) yield await foldedOrHere(next.asked, next.answer, options);
    }
  } finally {
    pool.close();
  }
}

async function foldedOrHere<E>(
  asked: FoldRequest,
  answer: Promise<unknown>,
  options: FoldOptions<E>,
): Promise<FoldedChunk> {
  return ((await answer) as FoldedChunk | undefined) ?? foldHere(asked, options);
}

async function foldHere<E>(
  { from, to, wantsRows }: FoldRequest,
  { store, decode, views }: FoldOptions<E>,
): Promise<FoldedChunk> {
  const events: E[] = [];
  for await (const batch of store.readAll(BigInt(from))) {
    for (const recorded of batch.slice(0, to - from - events.length)) events.push(decode(recorded));
    if (events.length === to - from) break;
  }
  return chunkOf({ from, to, wantsRows }, foldBytes(views, from, events));
}

/** A chunk with what was asked for. */
export function chunkOf(
  { from, to, wantsRows }: FoldRequest,
  rows: readonly Buffer[],
): FoldedChunk {
  return wantsRows
    ? { from, to, rows: rows.map((bytes) => bytes.toString()), hashes: [] }
    : { from, to, rows: [], hashes: rows.map(rowsHash) };
}
