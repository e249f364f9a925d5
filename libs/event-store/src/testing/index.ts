export { eventStoreContract, type StoreUnderTest } from './event-store-contract.js';
export { anEvent, collected } from './made-up-events.js';
