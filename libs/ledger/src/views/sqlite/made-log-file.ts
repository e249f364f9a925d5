import { NO_STREAM } from '#event-store';
import { SqliteEventStore } from '#event-store/sqlite';
import type { LedgerEvent } from '#domain';
import { SqliteViewPlace } from '#projections/sqlite';
import { VIEWS } from '../views.js';
import { eventOf } from './made-log.js';

/** Of the logs that the specs of views fold. */
export const LEDGER_ID = '11111111-1111-4111-8111-111111111111';

/** Where the views of such a log lie. */
export function placeOf(file: string, ledgerId: string): SqliteViewPlace<LedgerEvent> {
  return new SqliteViewPlace({ file, views: VIEWS, ledgerId });
}

/** Appends made events, numbered `from` … `to`−1, to a log file. */
export async function appendMade(file: string, from: number, to: number): Promise<void> {
  const anchorKey = new Uint8Array(32);
  const options = { file, mode: 'write', ledgerId: LEDGER_ID, anchorKey } as const;
  const store = await SqliteEventStore.open(options);
  for (let n = from; n < to; n += 1) {
    await store.append({ stream: `s${n}`, expectedRevision: NO_STREAM, events: [eventOf(n)] });
  }
  await store.close();
}

/** Opens a log file for reading while the work lasts. */
export async function reading<T>(
  file: string,
  work: (store: SqliteEventStore) => Promise<T>,
): Promise<T> {
  const store = await SqliteEventStore.open({ file, mode: 'read', ledgerId: LEDGER_ID });
  try {
    return await work(store);
  } finally {
    await store.close();
  }
}
