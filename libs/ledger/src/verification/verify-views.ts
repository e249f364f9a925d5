import type { LedgerEvent } from '#domain';
import type { EventStore } from '#event-store';
import { foldDigests, type Unusable, type ViewStore, type ViewsState } from '#projections';
import { SqliteViewStore } from '#projections/sqlite';
import { readLog } from '../stores/open-log.js';
import { readViews, type LedgerPlace } from '../stores/places.js';
import { folding } from '../views/folding.js';
import { VIEWS } from '../views/views.js';
import { messageOf, type Fault } from './fault.js';

/**
 * Compares the live views with a fold of the log up to where they are, byte for byte. Views that are missing or of
 * another version are no fault: a start makes them anew.
 */
export async function verifyViews(
  place: LedgerPlace,
  isLogWhole: boolean,
  faults: Fault[],
): Promise<void> {
  for (const reason of await viewsFaults(place, isLogWhole)) faults.push({ item: 'views', reason });
}

async function viewsFaults(place: LedgerPlace, isLogWhole: boolean): Promise<readonly string[]> {
  try {
    return await readViews(place, async (views) => faultsOf(place, views, isLogWhole));
  } catch (error) {
    return [messageOf(error)];
  }
}

async function faultsOf(
  { files, ledgerId }: LedgerPlace,
  views: ViewStore<LedgerEvent> | Unusable,
  isLogWhole: boolean,
): Promise<readonly string[]> {
  if (views === 'stale') return [];
  if (views === 'damaged') return ['cannot be read: any start makes them anew'];
  if (views instanceof SqliteViewStore && !views.isIntact()) return ['are damaged: run rebuild'];
  const state = await views.state();
  // The log after the views: while another process appends, it is never behind them.
  const store = await readLog(files, ledgerId);
  return differences(store, state, isLogWhole).finally(async () => store.close());
}

async function differences(
  store: EventStore,
  { position, digests }: ViewsState,
  isLogWhole: boolean,
): Promise<readonly string[]> {
  const { size } = await store.head();
  if (position > size)
    return [`hold ${position} events, the log ${size}: an older log was put back`];
  if (!isLogWhole) return [];
  const folded = await foldDigests(folding(store), position);
  return VIEWS.filter(({ name }) => folded.digests[name] !== digests[name]).map(
    ({ name }) => `${name} is not what the log says: run rebuild`,
  );
}
