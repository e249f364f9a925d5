import type { Ledger } from '../ledger.js';
import { VIEWS } from '../views/views.js';

/** What a rebuild found (contract §2). */
export interface Rebuilt {
  readonly events: number;
  readonly views: Readonly<Record<string, string>>;
  /** Whether the rebuilt views are those that were live, byte for byte. */
  readonly equalsLive: boolean;
}

/** Brings the live views to the log's end, folds everything again beside them, compares, swaps. */
export async function rebuild(
  ledger: Ledger,
  onProgress: (events: bigint) => void,
): Promise<Rebuilt> {
  const live = await ledger.views();
  const before = VIEWS.map(({ name }) => live.digest(name)).join();
  const { events, digests } = await ledger.liveViews.rebuild(ledger.parts.store, {
    onProgress,
  });
  const after = VIEWS.map(({ name }) => digests[name]).join();
  return { events: Number(events), views: digests, equalsLive: before === after };
}
