export {
  anEvent,
  collected,
  eventStoreContract,
  type StoreUnderTest,
} from './event-store-contract.js';
