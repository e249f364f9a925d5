import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventStoreContract } from '../testing/event-store-contract.js';
import { EventStoreDbDouble } from '../testing/eventstoredb/index.js';
import { EventStoreDbEventStore } from './eventstoredb-event-store.js';

for (const batch of [true, false]) {
  const how = batch ? 'by batch appends' : 'by single appends';
  eventStoreContract(`EventStoreDbEventStore, ${how}, on the double,`, async () => {
    const directory = await mkdtemp(join(tmpdir(), 'pdl-index-'));
    const double = await EventStoreDbDouble.start({ batch });
    const ledgerId = randomUUID();
    const indexFile = join(directory, 'index.db');
    return {
      open: async () => EventStoreDbEventStore.open({ url: double.url, ledgerId, indexFile }),
      remove: async () => {
        await double.down();
        await rm(directory, { recursive: true });
      },
      durable: true,
    };
  });
}
