import type { EventStore } from '#event-store';
import { lockFile } from '#event-store/sqlite';
import type { Ledger } from '../ledger.js';
import { LedgerError } from '../ledger-error.js';
import { awaitSize } from '../nodes/await-size.js';
import { LiveViews } from '../views/live-views.js';
import { readIdentity } from './identity.js';
import type { LedgerFiles } from './ledger-files.js';
import { readLog } from './open-log.js';
import { viewPlaceOf, type LedgerPlace } from './places.js';

/** The views of a ledger and the log that they are folded from. */
export interface FoldedLog {
  readonly store: EventStore;
  readonly liveViews: LiveViews;
}

/** Those of a ledger that is open. */
export function foldedLogOf({ parts: { store }, liveViews }: Ledger): FoldedLog {
  return { store, liveViews };
}

/**
 * Opens the views for writing, as their one writer, and the log for reading: neither vault nor keys (design §6).
 * @throws {LedgerError} NO_LEDGER, ROLLED_BACK; EventStoreError LOCKED and others; ViewError.
 */
export async function withFoldedLog<T>(
  files: LedgerFiles,
  work: (folded: FoldedLog) => Promise<T>,
): Promise<T> {
  const { ledgerId } = readIdentity(files);
  const lock = lockFile(files.lock);
  try {
    const store = await readLog(files, ledgerId);
    try {
      const liveViews = await openViews({ files, ledgerId }, store);
      return await work({ store, liveViews }).finally(async () => liveViews.close());
    } finally {
      await store.close();
    }
  } finally {
    lock.release();
  }
}

/** The live views; they never know more than the log they were folded from. @throws {LedgerError} ROLLED_BACK */
export async function openViews(at: LedgerPlace, store: EventStore): Promise<LiveViews> {
  const { isShared } = store;
  const views = await LiveViews.open({ place: await viewPlaceOf(at), isShared }, store);
  try {
    if (isShared) await awaitSize(store, await views.position());
    await assertNotAhead(views, store);
    return views;
  } catch (error) {
    await views.close();
    throw error;
  }
}

async function assertNotAhead(views: LiveViews, store: EventStore): Promise<void> {
  const { size } = await store.head();
  const position = await views.position();
  if (position <= size) return;
  const message = `the log holds ${size} events, the views have seen ${position}: an older log was put back`;
  throw new LedgerError('ROLLED_BACK', message);
}
