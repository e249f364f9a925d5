export type { Access } from './access.js';
export { MACHINE_TIMING, type Timing } from './backoff.js';
export { Emitter, type EmitterOptions } from './emitter.js';
export type { CloudEvent, EventResult } from './events.js';
export type { components, paths } from './generated/api.js';
export { LedgerClient } from './ledger-client.js';
export { LedgerProblem, type ClientCode, type Problem } from './ledger-problem.js';
export type { Asked, Route, Told } from './routes.js';
