/** Limits of one request and of one connection (`assurance.md` G3, G5), each with its reason. */
export const LIMITS = {
  /** One object: as long as one line of an import may be. */
  bodyBytes: 256 * 1024,
  /** A batch of events. */
  batchBytes: 4 * 1024 * 1024,
  batchEvents: 500,
  headerBytes: 16 * 1024,
  /** Until the headers are there. */
  headersMs: 10_000,
  /** Until a body is there that is not a stream; between two pieces of one that is. */
  bodyMs: 30_000,
  keepAliveMs: 5_000,
  /** How often the times above are looked at. */
  checkMs: 1_000,
  requestsPerSocket: 1_000,
  /** What is in flight when the service is told to end. */
  stopMs: 4_000,
  /** How often the views are brought to the log's end when nobody asks for them. */
  viewsMs: 1_000,
} as const;

/** Content types that `POST /v1/events` takes beside `application/json`. */
export const EVENT_TYPES = {
  single: 'application/cloudevents+json',
  batch: 'application/cloudevents-batch+json',
  stream: 'application/x-ndjson',
} as const;
