import { EventStoreError, type EventStore, type RecordedEvent } from '#event-store';
import { SqliteEventStore, verifyLog, type LogVerification } from '#event-store/sqlite';
import { LedgerError } from '../ledger-error.js';
import type { LedgerFiles } from './ledger-files.js';
import { assertNotMoved } from './moved-away.js';

/** How a log is written. */
export interface WrittenLog {
  readonly anchorKey: Uint8Array;
  /** Lets a new ledger begin on a server that holds others. */
  readonly isNew?: boolean;
  readonly onFatal?: (error: Error) => void;
}

/** The log of a ledger, for its one writer: on a server where one is named, else in the data directory. */
export async function openLog(
  { store, index, log }: LedgerFiles,
  ledgerId: string,
  { anchorKey, isNew = false, onFatal }: WrittenLog,
): Promise<EventStore> {
  const fatal = onFatal === undefined ? {} : { onFatal };
  return store === undefined
    ? SqliteEventStore.open({ file: log, mode: 'write', ledgerId, anchorKey, ...fatal })
    : onServer({ url: store, ledgerId, indexFile: index, isBesideOthers: isNew, ...fatal });
}

/**
 * Whether the server of the log, where one is named, can be used, before anything is made. Asked once: a server that is not
 * there yet is more likely a wrong address than an election, and whoever waits for an answer can ask again.
 * @throws {EventStoreError}
 */
export async function assertReachable({ store }: LedgerFiles, ledgerId: string): Promise<void> {
  if (store === undefined) return;
  const timing = { patienceMs: 0 };
  const probe = { url: store, ledgerId, indexFile: ':memory:', isBesideOthers: true, timing };
  await (await onServer(probe)).close();
}

/** The same log, only read: beside its writer too. */
export async function readLog(files: LedgerFiles, ledgerId: string): Promise<EventStore> {
  const { store, index, log } = files;
  if (store === undefined) {
    assertNotMoved(files, 'log');
    return SqliteEventStore.open({ file: log, mode: 'read', ledgerId });
  }
  try {
    return await onServer({ url: store, ledgerId, indexFile: index });
  } catch (error) {
    if (!(error instanceof EventStoreError) || error.code !== 'LOCKED') throw error;
    // Whoever writes has the index: this one is made for the occasion.
    return onServer({ url: store, ledgerId, indexFile: ':memory:' });
  }
}

/** Every event of the log, with what is wrong with it. Faults are answers, not exceptions. */
export async function scanLog(
  files: LedgerFiles,
  { ledgerId, anchorKey }: { readonly ledgerId: string; readonly anchorKey?: Uint8Array },
  onEvent: (event: RecordedEvent) => void,
): Promise<LogVerification> {
  const key = anchorKey === undefined ? {} : { anchorKey };
  let events = 0n;
  const seen = (event: RecordedEvent): void => {
    events += 1n;
    onEvent(event);
  };
  try {
    if (files.store === undefined) {
      assertNotMoved(files, 'log');
      return verifyLog({ file: files.log, ledgerId, ...key }, onEvent);
    }
    await readThrough(await readLog(files, ledgerId), seen);
    return { events, faults: [] };
  } catch (error) {
    const reason = error instanceof Error ? error.message : 'unknown error';
    return { events, faults: [{ item: 'log', reason }] };
  }
}

async function readThrough(
  store: EventStore,
  onEvent: (event: RecordedEvent) => void,
): Promise<void> {
  try {
    for await (const batch of store.readAll()) batch.forEach(onEvent);
  } finally {
    await store.close();
  }
}

type Options = import('#event-store/eventstoredb').EventStoreDbOptions;

/** Its client takes long to load: only where it is used. */
async function onServer(options: Options): Promise<EventStore> {
  const { EventStoreDbEventStore } = await import('#event-store/eventstoredb');
  try {
    return await EventStoreDbEventStore.open(options);
  } catch (cause) {
    // What such a URL may be is the client's to say; what it says never repeats the URL.
    if (!(cause instanceof RangeError)) throw cause;
    const message = `the URL of the store cannot be used: ${cause.message}`;
    throw new LedgerError('INVALID_REQUEST', message, { cause });
  }
}
