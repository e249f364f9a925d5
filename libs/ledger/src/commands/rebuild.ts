import type { FoldedLog } from '../stores/open-views.js';
import { VIEWS } from '../views/views.js';

/** What a rebuild found (contract §2). */
export interface Rebuilt {
  readonly events: number;
  readonly views: Readonly<Record<string, string>>;
  /** Whether the rebuilt views are those that were live, byte for byte; false too when those could not be read. */
  readonly equalsLive: boolean;
}

/** Brings the live views to the log's end, folds everything again beside them, compares, swaps. Needs no key. */
export async function rebuild(
  { store, liveViews }: FoldedLog,
  onProgress: (events: bigint) => void = () => undefined,
): Promise<Rebuilt> {
  const before = await liveDigests({ store, liveViews });
  const { events, digests } = await liveViews.rebuild(store, { onProgress });
  return { events: Number(events), views: digests, equalsLive: before === inOrder(digests) };
}

async function liveDigests({ store, liveViews }: FoldedLog): Promise<string | undefined> {
  try {
    await liveViews.catchUp(store);
    const { digests } = await liveViews.asTheyAre().state();
    return inOrder(digests);
  } catch {
    // Damaged views are what a rebuild is for; what is wrong with the log is met again by the fold.
    return undefined;
  }
}

/** One text for the digests of all views. */
function inOrder(digests: Readonly<Record<string, string>>): string {
  return VIEWS.map(({ name }) => digests[name]).join();
}
