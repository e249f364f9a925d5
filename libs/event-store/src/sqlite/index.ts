export { inspectLog, type LogSettings } from './inspect-log.js';
export { LeafFile } from './leaf-file.js';
export { lockFile, type Lock } from './lock-file.js';
export { SqliteEventStore, type SqliteLogOptions } from './sqlite-event-store.js';
export { verifyLog, type LogFault, type LogVerification } from './verify-log.js';
