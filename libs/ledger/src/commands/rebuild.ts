import { rebuildViews } from '#projections/sqlite';
import type { Ledger } from '../ledger.js';
import { folding } from '../views/folding.js';
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
  const { store, files, ledgerId } = ledger.parts;
  let rebuilt = { events: 0n, digests: {} as Readonly<Record<string, string>> };
  await ledger.replaceViews(async () => {
    const options = { ...folding(store), ledgerId, file: files.views, onProgress };
    rebuilt = await rebuildViews(options);
  });
  const { events, digests } = rebuilt;
  const after = VIEWS.map(({ name }) => digests[name]).join();
  return { events: Number(events), views: digests, equalsLive: before === after };
}
