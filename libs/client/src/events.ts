import type { components } from './generated/api.js';

/** An event as POST /v1/events takes it; `source` and `id` name it for ever. */
export type CloudEvent = components['schemas']['CloudEvent'];

/** What became of an event. `duplicate`: it was there already, which is what a repeat is told. */
export type EventResult = components['schemas']['EventResult'];
