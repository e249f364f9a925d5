import { VaultError } from '#vault';
import { VaultFileRows } from '#vault/sqlite';
import { LedgerError } from '../ledger-error.js';
import { readLog } from '../stores/open-log.js';
import { viewPlaceOf } from '../stores/places.js';
import { LiveViews } from '../views/live-views.js';
import type { Move, Moving, VaultReport } from './migration.js';

/** The vault on its way from its file to a database; views are made anew there. */
export function moveVault(moving: Moving): Move<VaultReport> {
  return {
    look: async () => look(moving),
    copy: async () => copy(moving),
  };
}

/** The vault in the database counts from now on. Repeating this changes nothing. @throws {VaultError} */
export async function settle({ to, ledgerId }: Moving): Promise<void> {
  const { settleVault } = await import('#vault/postgres');
  await settleVault(databaseOf(to), ledgerId);
}

async function look({ from, to, ledgerId }: Moving): Promise<VaultReport> {
  const { rowsWaiting } = await import('#vault/postgres');
  const source = VaultFileRows.open(from.vault);
  try {
    const rows = source.counts();
    const there = await rowsWaiting(databaseOf(to), ledgerId);
    return { rows, there, refused: null };
  } catch (error) {
    if (!(error instanceof VaultError)) throw error;
    return { rows: source.counts(), there: 0, refused: error.message };
  } finally {
    source.close();
  }
}

async function copy(moving: Moving): Promise<VaultReport> {
  const source = VaultFileRows.open(moving.from.vault);
  try {
    const total = Object.values(source.counts()).reduce((sum, count) => sum + count, 0);
    const { onProgress } = moving;
    const told = (done: number): void => onProgress?.({ stage: 'vault', done, total });
    const taken = await take(moving, source, told);
    await makeViews(moving);
    return { ...taken, refused: null };
  } finally {
    source.close();
  }
}

async function take(
  { to, ledgerId }: Moving,
  source: VaultFileRows,
  told: (done: number) => void,
): Promise<Omit<VaultReport, 'refused'>> {
  const { VaultArrival } = await import('#vault/postgres');
  try {
    const arrival = await VaultArrival.open(databaseOf(to), ledgerId);
    return await arrival.take(source, told).finally(async () => arrival.close());
  } catch (cause) {
    if (!(cause instanceof VaultError) || cause.code !== 'WRONG_LOG') throw cause;
    throw new LedgerError('CONFLICT', `${cause.message}: nothing was copied`, { cause });
  }
}

/** So that the check of the new places goes through them, and nobody waits for them later. */
async function makeViews({ to, ledgerId }: Moving): Promise<void> {
  const store = await readLog(to, ledgerId);
  try {
    const views = await LiveViews.open(
      { place: await viewPlaceOf({ files: to, ledgerId }) },
      store,
    );
    await views.catchUp(store).finally(async () => views.close());
  } finally {
    await store.close();
  }
}

function databaseOf({ database }: Moving['to']): string {
  if (database === undefined) throw new LedgerError('BROKEN', 'a vault is moved to a database');
  return database;
}
