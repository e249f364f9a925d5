import { parentPort } from 'node:worker_threads';
import type { ViewDefinition } from '../view.js';
import { chunkOf, type FoldRequest } from './fold-chunks.js';
import type { FoldMessage } from './fold-pool.js';
import { foldBytes } from './row-text.js';

/** Where a thread reads from, and how it folds. */
export interface FoldSource<E> {
  readonly leaves: {
    read(from: number, to: number): Iterable<Uint8Array>;
    close(): void;
  };
  readonly decode: (leaf: Uint8Array) => E;
  readonly views: readonly ViewDefinition<E>[];
}

/** Folds the chunks that this thread is asked for until it is told to close. */
export function serveFolds<E>({ leaves, decode, views }: FoldSource<E>): void {
  const port = parentPort;
  if (port === null) throw new Error('chunks are served from a worker thread only');
  const answer = (asked: FoldRequest): unknown => {
    try {
      const events = decoded(leaves.read(asked.from, asked.to), decode);
      return chunkOf(asked, foldBytes(views, asked.from, events));
    } catch {
      // Whoever asked folds it again and meets the error there.
      return undefined;
    }
  };
  port.on('message', (message: FoldMessage) => {
    if (message === 'close') {
      leaves.close();
      port.close();
    } else port.postMessage(answer(message));
  });
}

/** Leaves as events, each when it is asked for. */
export function* decoded<E>(
  leaves: Iterable<Uint8Array>,
  decode: (leaf: Uint8Array) => E,
): Iterable<E> {
  for (const leaf of leaves) yield decode(leaf);
}
