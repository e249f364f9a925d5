import { rmSync } from 'node:fs';
import { EventStoreError, type EventStore } from '#event-store';
import { LedgerError } from '../ledger-error.js';
import { openLog, readLog } from '../stores/open-log.js';
import { assertBeginning, copyLog, proveSame } from './copy-log.js';
import type { LogReport, MigrationStage, Move, Moving } from './migration.js';

/** The log on its way from its file to a server. */
export function moveLog(moving: Moving): Move<LogReport> {
  return {
    look: async () => look(moving),
    copy: async () => copy(moving),
  };
}

async function look(moving: Moving): Promise<LogReport> {
  const { from, to, ledgerId } = moving;
  return withStore(readLog(from, ledgerId), async (source) => {
    const { size, hash } = await source.head();
    const report = { events: Number(size), hash: Buffer.from(hash).toString('hex') };
    try {
      // An index of its own: nothing is left behind.
      const probe = openTarget({ ...moving, to: { ...to, index: ':memory:' } });
      const there = await withStore(probe, async (target) => assertBeginning(source, target));
      return { ...report, there: Number(there), refused: null };
    } catch (error) {
      if (!(error instanceof Error) || !('code' in error)) throw error;
      if (error.code === 'INVALID_REQUEST') throw error;
      return { ...report, there: 0, refused: error.message };
    }
  });
}

async function copy(moving: Moving): Promise<LogReport> {
  const { from, to, ledgerId, onProgress } = moving;
  // What it knows may be of another server that was tried before.
  for (const end of ['', '-wal', '-shm']) rmSync(`${to.index}${end}`, { force: true });
  return withStore(readLog(from, ledgerId), async (source) => {
    const total = Number((await source.head()).size);
    const told = (stage: MigrationStage) => (done: bigint) =>
      onProgress?.({ stage, done: Number(done), total });
    const copied = await withStore(openTarget(moving), async (target) =>
      copyLog(source, target, told('log')),
    );
    // Read back on another connection, every event from the server.
    const { size, hash } = await withStore(openTarget(moving), async (target) =>
      proveSame(source, target, told('log-proof')),
    );
    return {
      events: Number(size),
      there: Number(size - copied),
      hash: Buffer.from(hash).toString('hex'),
      refused: null,
    };
  });
}

async function openTarget({ to, ledgerId, keys }: Moving): Promise<EventStore> {
  try {
    return await openLog(to, ledgerId, { anchorKey: keys.anchorKey() });
  } catch (cause) {
    if (!(cause instanceof EventStoreError) || cause.code !== 'WRONG_LOG') throw cause;
    throw new LedgerError('CONFLICT', `${cause.message}: nothing was copied`, { cause });
  }
}

async function withStore<T>(
  opening: Promise<EventStore>,
  work: (store: EventStore) => Promise<T>,
): Promise<T> {
  const store = await opening;
  try {
    return await work(store);
  } finally {
    await store.close();
  }
}
