import { binaryEvent, EventStoreDBClient } from '@eventstore/db-client';
import { guardedClient } from '../../eventstoredb/guarded-client.js';
import type { AppendBehaviour } from './faults.js';
import { EventStoreDbDouble } from './server-double.js';

const makers = {
  bare: (url: string) => EventStoreDBClient.connectionString(url),
  guarded: guardedClient,
};

async function append(client: EventStoreDBClient, stream: string, bytes = 2): Promise<string> {
  const event = binaryEvent({ type: 'DataUsed', data: Buffer.alloc(bytes, 'x') });
  return client.appendToStream(stream, event).then(
    () => 'answered',
    () => 'rejected',
  );
}

const scenes = {
  /** One client's call fails while an append of another one, to a healthy server, is under way; then that is answered. */
  async late(make: (url: string) => EventStoreDBClient, fault?: AppendBehaviour): Promise<string> {
    const [one, other] = [await EventStoreDbDouble.start(), await EventStoreDbDouble.start()];
    const [first, second] = [make(one.url), make(other.url)];
    await Promise.all([append(first, 'a'), append(second, 'a')]);
    let release = (): void => undefined;
    const until = new Promise<void>((resolve) => (release = resolve));
    other.faults = () => fault ?? { until };
    const pending = append(second, 'b');
    if (fault !== undefined) await pending;
    one.faults = () => 'fail-stream';
    await append(first, 'b');
    const outcome = await pending;
    release();
    other.faults = () => 'answer';
    return `${outcome}, next ${await append(second, 'c')}, written ${other.log.all.length}`;
  },

  /** An error of the client that is neither of the two. */
  async other(make: (url: string) => EventStoreDBClient): Promise<string> {
    return scenes.late(make, 'no-details');
  },

  /** More is written than a server takes, which then breaks the connection. */
  async stalled(make: (url: string) => EventStoreDBClient): Promise<string> {
    const server = await EventStoreDbDouble.start();
    const client = make(server.url);
    await append(client, 'a');
    server.freeze();
    const many = Array.from({ length: 100 }, async (_, n) => append(client, `s${n}`, 100_000));
    await new Promise((resolve) => void setTimeout(resolve, 200));
    server.cut();
    const outcomes = new Set(await Promise.all(many));
    server.thaw();
    return `${[...outcomes].join()}, next ${await append(client, 'b')}`;
  },

  /** A subscription fails while the cluster, which has no member left, is being looked for; then it has one again. */
  async undiscovered(make: (url: string) => EventStoreDBClient): Promise<string> {
    const server = await EventStoreDbDouble.start();
    const node = `127.0.0.1:${server.port}`;
    const client = make(`esdb://${node},${node}?tls=false&maxDiscoverAttempts=3`);
    const subscription = client.subscribeToAll().on('error', () => undefined);
    await new Promise((resolve) => void subscription.on('confirmation', () => resolve(undefined)));
    await append(client, 'a');
    server.members = [];
    server.faults = () => 'fail-stream';
    await append(client, 'a');
    const looking = append(client, 'b');
    await new Promise((resolve) => void setImmediate(resolve));
    server.failCalls('read');
    const outcome = await looking;
    server.members = undefined;
    server.faults = () => 'answer';
    return `${outcome}, next ${await append(client, 'c')}`;
  },
};

const [, , scene, maker] = process.argv;
if (scene !== undefined && maker !== undefined) {
  const told = await scenes[scene as keyof typeof scenes](makers[maker as keyof typeof makers]);
  // What nobody catches ends the process in a later turn.
  setTimeout(() => {
    process.stdout.write(`${told}\n`);
    process.exit(0);
  }, 50);
}
