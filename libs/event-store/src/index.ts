export {
  EventStore,
  NO_STREAM,
  type Append,
  type Appended,
  type LogHead,
  type NewEvent,
  type RecordedEvent,
  type StreamHead,
} from './event-store.js';
export { EventStoreError, type EventStoreErrorCode } from './event-store-error.js';
export { leafHash, nextLogHash, EMPTY_LOG_HASH } from './leaf-hash.js';
