import { eventStoreContract } from '../testing/event-store-contract.js';
import { MemoryEventStore } from './memory-event-store.js';

eventStoreContract('MemoryEventStore', async () => ({
  open: async () => new MemoryEventStore(),
  remove: async () => undefined,
  durable: false,
}));
