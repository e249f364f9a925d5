import { EventStoreDBClient } from '@eventstore/db-client';

/** The parts of the client that are not in its types: pinned by its exact version, and by the specs beside. */
interface Internals {
  GRPCStreamCreator: (
    kind: unknown,
    name: string,
    create: (calls: Calls) => unknown,
    cache?: unknown,
  ) => unknown;
  getChannel(): Promise<{ close(): void }>;
  readonly capabilities: Promise<unknown>;
}

interface Calls {
  batchAppend(...args: unknown[]): Answers;
}

interface Answers {
  on(event: string, listener: (answer: unknown) => void): this;
}

/**
 * A client whose late answers cannot end the process. Appends that wait are kept in one map for all clients of a process,
 * and an error on any call empties it; an answer that comes then finds nothing and throws where nobody can catch
 * it. That answer, and no other error, is dropped here: its append was rejected already and is being settled.
 */
export function guardedClient(url: string): EventStoreDBClient {
  const client = EventStoreDBClient.connectionString(url);
  const internals = client as unknown as Internals;
  const create = internals.GRPCStreamCreator;
  internals.GRPCStreamCreator = (kind, name, creator, cache) =>
    create(
      kind,
      name,
      (calls) => creator(name === 'appendToStream' ? guarded(calls) : calls),
      cache,
    );
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

function guarded(calls: Calls): Calls {
  const batchAppend = (...args: unknown[]): Answers => {
    const answers = calls.batchAppend(...args);
    const on = answers.on.bind(answers);
    answers.on = (event, listener) => on(event, event === 'data' ? tolerant(listener) : listener);
    return answers;
  };
  return Object.create(calls, { batchAppend: { value: batchAppend } }) as Calls;
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
