import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { assertStored, timedAppends, Workload, type AppendStore } from './append-store.js';
import { absentRow, comparedRow, type Row } from './figure.js';
import { appendStoreOver } from './our-store.js';
import type { Side } from './rounds.js';
import type { Workbench } from './workbench.js';

const EVENTS = 20_000;
const PEER = '@eventstore/db-client';
const SUBJECT = {
  name: 'es',
  title: 'append on EventStoreDB, 64 concurrent appenders',
  unit: 'events/s',
  bar: { of: 'ratio', least: 0.7 },
} as const;

/** Appends of our adapter beside those of the server's own client, on the server that PDL_BENCH_EVENTSTORE names. */
export async function measureEventStoreDb(bench: Workbench): Promise<readonly Row[]> {
  const url = process.env['PDL_BENCH_EVENTSTORE'] ?? '';
  if (url === '')
    return [absentRow(SUBJECT, 'no server: name an EventStoreDB by PDL_BENCH_EVENTSTORE')];
  const workload = new Workload(Math.max(256, bench.events(EVENTS)));
  const { BareClient } = await import('./peers/eventstoredb/bare-client.js');
  const outcomes = await bench.alternate('es', [
    sideOf('ours', workload, async () => openOurs(url, bench.folder())),
    sideOf(PEER, workload, async () => new BareClient(url)),
  ]);
  const none = { reason: 'not measured' };
  const [ours = none, peer = none] = [outcomes.get('ours'), outcomes.get(PEER)];
  return [comparedRow(SUBJECT, ours, PEER, peer)];
}

function sideOf(name: string, workload: Workload, open: () => Promise<AppendStore>): Side {
  return {
    name,
    round: async () => {
      const store = await open();
      try {
        const eventsPerSecond = await timedAppends(store, workload);
        await assertStored(name, store, workload);
        return eventsPerSecond;
      } finally {
        await store.close();
      }
    },
  };
}

/** A ledger of its own each time, beside what the server holds. */
async function openOurs(url: string, folder: string): Promise<AppendStore> {
  const { EventStoreDbEventStore } = await import('#event-store/eventstoredb');
  const indexFile = join(folder, 'index.db');
  const options = { url, ledgerId: randomUUID(), indexFile, isBesideOthers: true };
  return appendStoreOver(await EventStoreDbEventStore.open(options));
}
