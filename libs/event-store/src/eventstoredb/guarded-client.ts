import { EventStoreDBClient } from '@eventstore/db-client';

/** The parts of the client that are not in its types: pinned by its exact version, and by the specs beside. */
interface Internals {
  GRPCStreamCreator: (
    kind: unknown,
    name: string,
    create: (calls: Calls) => unknown,
    cache?: unknown,
  ) => unknown;
  execute: (
    kind: unknown,
    name: string,
    action: (calls: Calls) => Promise<unknown>,
  ) => Promise<unknown>;
  handleError: (calls: unknown, error: unknown) => Promise<unknown>;
  getChannel(): Promise<{ close(): void }>;
  readonly capabilities: Promise<unknown>;
}

interface Calls {
  append(...args: unknown[]): Call;
  batchAppend(...args: unknown[]): Call;
}

interface Call {
  on(event: string, listener: (answer: unknown) => void): this;
  once(event: string, listener: (answer: unknown) => void): this;
}

/**
 * A client that cannot end the process by three faults of its own, and is otherwise as it is:
 * - Appends that wait are kept in one map for all clients of a process, and an error on any call empties it; an answer that
 *   comes then finds nothing and throws where nobody can catch it. That answer is dropped: its append was rejected.
 * - Writes that wait for a call to take more are rejected when it fails, where nobody can catch that either. They are
 *   left to the call, which rejects the append itself.
 * - When a call fails while the cluster is being looked for, and it is not found, the handler of that failure rejects; nobody
 *   waits for it. Who looked for the cluster is told anyhow.
 */
export function guardedClient(url: string): EventStoreDBClient {
  const client = EventStoreDBClient.connectionString(url);
  const internals = client as unknown as Internals;
  const { GRPCStreamCreator: create, execute, handleError } = internals;
  internals.GRPCStreamCreator = (kind, name, creator, cache) =>
    create(kind, name, (calls) => creator(guarded(calls, name)), cache);
  internals.execute = async (kind, name, action) =>
    execute(kind, name, async (calls) => action(guarded(calls, name)));
  internals.handleError = async (calls, error) => handleError(calls, error).catch(() => undefined);
  return client;
}

/** Resolves once the server has answered; an append asks this first, and is not sent before. */
export async function connected(client: EventStoreDBClient): Promise<void> {
  await (client as unknown as Internals).capabilities;
}

/** Ends the client's calls and its connection; `dispose` alone keeps the connection. */
export async function endClient(client: EventStoreDBClient): Promise<void> {
  // It waits for the endpoint when that is still being discovered: nobody waits for it here.
  void (client as unknown as Internals).getChannel().then(
    (channel) => channel.close(),
    () => undefined,
  );
  await client.dispose();
}

function guarded(calls: Calls, name: string): Calls {
  if (name !== 'appendToStream') return calls;
  return Object.create(calls, {
    append: { value: (...args: unknown[]) => guardedCall(calls.append(...args)) },
    batchAppend: { value: (...args: unknown[]) => guardedCall(calls.batchAppend(...args)) },
  }) as Calls;
}

function guardedCall(call: Call): Call {
  const [on, once] = [call.on.bind(call), call.once.bind(call)];
  call.on = (event, listener) => on(event, event === 'data' ? tolerant(listener) : listener);
  // The queue of waiting writes is the one that listens so.
  call.once = (event, listener) => (event === 'error' ? call : once(event, listener));
  return call;
}

function tolerant(listener: (answer: unknown) => void): (answer: unknown) => void {
  return (answer) => {
    try {
      listener(answer);
    } catch (error) {
      if (!isForgotten(error)) throw error;
    }
  };
}

/** `const [resolve, reject] = waiting.get(id)`, of an id that is not there. */
function isForgotten(error: unknown): boolean {
  return error instanceof TypeError && /^undefined is not iterable/u.test(error.message);
}
