import { existsSync } from 'node:fs';
import type { EventStore } from '#event-store';
import { foldDigests, type ViewsState } from '#projections';
import { SqliteViewStore } from '#projections/sqlite';
import type { LedgerFiles } from '../stores/ledger-files.js';
import { readLog } from '../stores/open-log.js';
import { folding } from '../views/folding.js';
import { VIEWS } from '../views/views.js';
import { messageOf, type Fault } from './fault.js';

interface Place {
  readonly files: LedgerFiles;
  readonly ledgerId: string;
}

/**
 * Compares the live views with a fold of the log up to where they are, byte for byte. Views that are missing or of
 * another version are no fault: a start makes them anew.
 */
export async function verifyViews(
  place: Place,
  isLogWhole: boolean,
  faults: Fault[],
): Promise<void> {
  for (const reason of await reasonsOf(place, isLogWhole)) faults.push({ item: 'views', reason });
}

async function reasonsOf(
  { files, ledgerId }: Place,
  isLogWhole: boolean,
): Promise<readonly string[]> {
  if (!existsSync(files.views)) return [];
  const views = SqliteViewStore.open({ file: files.views, views: VIEWS, ledgerId, mode: 'read' });
  if (views === 'stale') return [];
  if (views === 'damaged') return ['cannot be read: any start makes them anew'];
  try {
    if (!views.isIntact()) return ['are damaged: run rebuild'];
    const state = await views.state();
    // The log after the views: while another process appends, it is never behind them.
    const store = await readLog(files, ledgerId);
    return await differences(store, state, isLogWhole).finally(async () => store.close());
  } catch (error) {
    return [messageOf(error)];
  } finally {
    await views.close();
  }
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
