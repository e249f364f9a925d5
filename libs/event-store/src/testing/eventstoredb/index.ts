export { ELSEWHERE, EXPIRED, LOCALHOST, type Certified } from './certificate.js';
export { firstly, type AppendBehaviour, type AppendFaults, type ArrivedAppend } from './faults.js';
export { EventStoreDbDouble, type DoubleOptions } from './server-double.js';
export { ServerLog, type Expected, type Held, type Outcome, type Proposed } from './server-log.js';
export { LEDGER, OnDouble, byAnother, oneEvent, onServer } from './store-on-double.js';
