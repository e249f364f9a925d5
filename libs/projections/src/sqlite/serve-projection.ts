import { parentPort } from 'node:worker_threads';
import { decoded, type FoldSource } from '../fold/serve-folds.js';
import { CHUNK_ORDINALS, foldRows } from '../fold/row-text.js';
import type { ProjectionMessage, ProjectionStart } from './projection-thread.js';
import { SqliteViewStore } from './sqlite-view-store.js';

/** Brings the live views to the positions that this thread is told, until it is told to close. */
export function serveProjection<E>(source: FoldSource<E>, start: ProjectionStart): void {
  const port = parentPort;
  if (port === null) throw new Error('views are projected from a worker thread only');
  const { views: file, ledgerId } = start;
  const live = SqliteViewStore.open({ file, ledgerId, views: source.views, mode: 'write' });
  if (typeof live === 'string') throw new Error(`the views are ${live}`);
  port.on('message', (message: ProjectionMessage) => {
    if (message === 'close') {
      void live.close();
      source.leaves.close();
      port.close();
    } else port.postMessage(isProjected(live, source, Number(message)));
  });
}

/** False when something went wrong: whoever asked does it himself and meets the error there. */
function isProjected<E>(
  live: SqliteViewStore<E>,
  { leaves, decode, views }: FoldSource<E>,
  end: number,
): boolean {
  try {
    for (let from = Number(live.seen()); from < end; from += CHUNK_ORDINALS) {
      const to = Math.min(end, from + CHUNK_ORDINALS);
      live.add(from, to, foldRows(views, from, decoded(leaves.read(from, to), decode)));
    }
    return true;
  } catch {
    return false;
  }
}
