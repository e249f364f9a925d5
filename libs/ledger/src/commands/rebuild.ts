import type { Ledger } from '../ledger.js';
import { VIEWS } from '../views/views.js';

/** What a rebuild found (contract §2). */
export interface Rebuilt {
  readonly events: number;
  readonly views: Readonly<Record<string, string>>;
  /** Whether the rebuilt views are those that were live, byte for byte; false too when those could not be read. */
  readonly equalsLive: boolean;
}

/** Brings the live views to the log's end, folds everything again beside them, compares, swaps. */
export async function rebuild(
  ledger: Ledger,
  onProgress: (events: bigint) => void = () => undefined,
): Promise<Rebuilt> {
  const before = await liveDigests(ledger);
  const { events, digests } = await ledger.liveViews.rebuild(ledger.parts.store, {
    onProgress,
  });
  const after = VIEWS.map(({ name }) => digests[name]).join();
  return { events: Number(events), views: digests, equalsLive: before === after };
}

async function liveDigests(ledger: Ledger): Promise<string | undefined> {
  try {
    const { digests } = await (await ledger.views()).state();
    return VIEWS.map(({ name }) => digests[name]).join();
  } catch {
    // Damaged views are what a rebuild is for; what is wrong with the log is met again by the fold.
    return undefined;
  }
}
