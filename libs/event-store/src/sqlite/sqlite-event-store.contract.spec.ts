import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventStoreContract } from '../testing/event-store-contract.js';
import { SqliteEventStore } from './sqlite-event-store.js';

eventStoreContract('SqliteEventStore', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'pdl-log-'));
  const file = join(directory, 'log.db');
  const ledgerId = '11111111-1111-4111-8111-111111111111';
  return {
    open: async () =>
      SqliteEventStore.open({
        file,
        mode: 'write',
        ledgerId,
        anchorKey: new Uint8Array(32).fill(7),
      }),
    remove: async () => rm(directory, { recursive: true }),
    durable: true,
  };
});
