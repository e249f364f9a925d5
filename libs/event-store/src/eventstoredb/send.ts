import { binaryEvent, NO_STREAM as NONE, type AppendToStreamOptions } from '@eventstore/db-client';
import { EventStoreError } from '../event-store-error.js';
import { NO_STREAM, type Append } from '../event-store.js';
import type { Awaited } from './awaited.js';
import type { Connection, Link } from './connection.js';
import { failureOf, unsent, type Failure } from './failure.js';
import type { LogIndex } from './log-index.js';
import type { Progress } from './progress.js';
import type { Timing } from './timing.js';
import { pauseBefore, within } from './within.js';

/** What sending an append needs. */
export interface SendParts {
  readonly connection: Connection;
  readonly prefix: string;
  readonly timing: Timing;
  readonly index: LogIndex;
  readonly progress: Progress;
}

/** The client sends this as a time by its own clock; a server whose clock is ahead would refuse everything as late. */
const BEYOND_ANY_SKEW_MS = 86_400_000;

/**
 * Sends an append, again with the same ids and the same expected revision for as long as its outcome is unknown, and
 * waits until the follower has seen the last of it.
 * @throws {EventStoreError} WRONG_EXPECTED_REVISION, ACCESS_DENIED, TOO_LARGE, TLS, UNAVAILABLE: nothing stored; IN_DOUBT.
 */
export async function sendUntilKnown(
  append: Append,
  last: Awaited,
  parts: SendParts,
): Promise<void> {
  const end = performance.now() + parts.timing.patienceMs;
  let doubt: EventStoreError | undefined;
  for (let attempt = 0; ; attempt += 1) {
    const link = await linkOr(parts.connection, doubt);
    const failure = await tried(append, { last, link }, parts);
    if (last.appended !== undefined) return;
    if (failure === undefined) continue;
    if (isCertain(failure, doubt, append, parts.index)) throw failure.error;
    if (failure.kind === 'doubt') doubt = failure.error;
    if (performance.now() > end) throw doubt ?? failure.error;
    parts.connection.renewAfter(failure, link);
    await Promise.race([pauseBefore(attempt), last.landed]);
  }
}

/** What may have been stored is in doubt also when the log is closed before that is known. */
async function linkOr(connection: Connection, doubt: EventStoreError | undefined): Promise<Link> {
  try {
    return await connection.link();
  } catch (error) {
    throw doubt ?? error;
  }
}

/** Whether nothing was and will be stored: an earlier try that is in doubt is not undone by the refusal of a later one. */
function isCertain(
  failure: Failure,
  doubt: EventStoreError | undefined,
  { stream }: Append,
  index: LogIndex,
): boolean {
  if (failure.kind === 'refused') return doubt === undefined;
  if (failure.kind !== 'conflict') return false;
  return doubt === undefined || index.writer.revisionOf(stream) >= failure.actual;
}

/** One try: acknowledged by the server and then seen by the follower; otherwise what failed. */
async function tried(
  append: Append,
  { last, link }: { readonly last: Awaited; readonly link: Link },
  parts: SendParts,
): Promise<Failure | undefined> {
  const { callMs } = parts.timing;
  try {
    if (!link.isConnected) await within(callMs, link.connect());
  } catch (cause) {
    return unsent(cause);
  }
  try {
    await within(
      callMs,
      sent(append, link, parts.prefix).then(async () => last.landed),
    );
    return undefined;
  } catch (cause) {
    const failure = failureOf(cause);
    // An earlier try may be what the stream moved on by: the follower knows.
    if (failure.kind === 'conflict') await isReached(append, failure.actual, parts);
    return failure;
  }
}

async function sent(
  { stream, expectedRevision, events }: Append,
  link: Link,
  prefix: string,
): Promise<void> {
  const messages = events.map(({ id, type, leaf }) => binaryEvent({ id, type, data: leaf }));
  const options: AppendToStreamOptions = {
    expectedRevision: expectedRevision === NO_STREAM ? NONE : expectedRevision,
    // A follower would take the append and may forward it to nobody.
    requiresLeader: true,
    deadline: BEYOND_ANY_SKEW_MS,
  };
  await link.inOrder(async (client) => client.appendToStream(prefix + stream, messages, options));
}

async function isReached({ stream }: Append, revision: bigint, parts: SendParts): Promise<void> {
  const reached = parts.progress.until(() => parts.index.writer.revisionOf(stream) >= revision);
  await within(parts.timing.callMs, reached).catch(() => undefined);
}
