import { EventStoreError, type EventStoreErrorCode } from '../event-store-error.js';

/**
 * What a failed call says:
 * - `conflict`: nothing was stored, the stream is at another revision;
 * - `refused`: nothing was stored, and trying again does not help;
 * - `unsent`: nothing was stored, the call did not get out;
 * - `doubt`: it may have been stored, or be stored yet.
 */
export type Failure =
  | { readonly kind: 'conflict'; readonly error: EventStoreError; readonly actual: bigint }
  | { readonly kind: 'refused' | 'unsent'; readonly error: EventStoreError }
  | { readonly kind: 'doubt'; readonly error: EventStoreError; readonly isLeaderKnown: boolean };

const REFUSALS: Readonly<Record<string, readonly [EventStoreErrorCode, string]>> = {
  'access-denied': ['ACCESS_DENIED', 'the event store refuses the credentials'],
  'maximum-append-size-exceeded': ['TOO_LARGE', 'the append is larger than the event store takes'],
  'stream-deleted': ['CORRUPT', 'the stream was deleted in the event store'],
};

const UNSENT = /No connection established|ECONNREFUSED|ENOTFOUND|EAI_AGAIN|Failed to discover/u;
/** What is said where the server is away. */
export const UNREACHABLE = 'the event store cannot be reached: check that it runs, and its URL';
const TLS = /certificate|self-signed|SSL|TLS|wrong version number/iu;

/** Reads the client's error: by its type where it has one, otherwise by its text. */
export function failureOf(cause: unknown): Failure {
  const { type, actual, text } = partsOf(cause);
  if (type === 'wrong-expected-version') return conflict(actual, cause);
  const refusal = REFUSALS[type];
  if (refusal !== undefined) {
    return { kind: 'refused', error: new EventStoreError(...refusal, { cause }) };
  }
  if (UNSENT.test(text)) return { kind: 'unsent', error: unreachable(text, cause) };
  const error = new EventStoreError('IN_DOUBT', 'the event store did not answer', { cause });
  return { kind: 'doubt', error, isLeaderKnown: type === 'not-leader' };
}

/**
 * Whether the server ended a subscription because it holds back no more than some dozens of events for one that is slow. It
 * says so as a timeout.
 */
export function isTooSlow(cause: unknown): boolean {
  return partsOf(cause).type === 'timeout';
}

/** Reads an error that came before anything was sent. */
export function unsent(cause: unknown): Failure {
  return { kind: 'unsent', error: unread(cause) };
}

/** The error of a read that was given up. */
export function unread(cause: unknown): EventStoreError {
  if (cause instanceof EventStoreError) return cause;
  const failure = failureOf(cause);
  if (failure.kind === 'refused' || failure.kind === 'unsent') return failure.error;
  return new EventStoreError('UNAVAILABLE', 'the event store did not answer', { cause });
}

function conflict(actual: bigint, cause: unknown): Failure {
  const message = `the stream is at revision ${actual}`;
  const error = new EventStoreError('WRONG_EXPECTED_REVISION', message, { cause });
  return { kind: 'conflict', error, actual };
}

function unreachable(text: string, cause: unknown): EventStoreError {
  const [code, message] = TLS.test(text)
    ? (['TLS', 'no secure connection to the event store: check certificates and tls='] as const)
    : (['UNAVAILABLE', UNREACHABLE] as const);
  return new EventStoreError(code, message, { cause });
}

/** The client throws errors of its own, of gRPC, and plain ones. */
function partsOf(cause: unknown): { type: string; actual: bigint; text: string } {
  const parts = (typeof cause === 'object' ? cause : null) ?? {};
  const actual = 'actualVersion' in parts ? parts.actualVersion : undefined;
  return {
    type: 'type' in parts ? String(parts.type) : '',
    actual: typeof actual === 'bigint' ? actual : -1n,
    text: 'message' in parts ? String(parts.message) : '',
  };
}
