import { binaryEvent, EventStoreDBClient } from '@eventstore/db-client';
import { guardedClient } from '../../eventstoredb/guarded-client.js';
import { EventStoreDbDouble } from './server-double.js';

/** What the parent reads when the process lives on. */
export const ALIVE = 'alive';

/**
 * `bare` or `guarded`: one client's call fails while an append of another one, to a healthy server, is under way; then that
 * one is answered. `other`: an error of the client that is not this one.
 */
async function main(mode: string): Promise<void> {
  const make =
    mode === 'bare' ? (url: string) => EventStoreDBClient.connectionString(url) : guardedClient;
  const [one, other] = [await EventStoreDbDouble.start(), await EventStoreDbDouble.start()];
  const [first, second] = [make(one.url), make(other.url)];
  const append = async (client: EventStoreDBClient, stream: string): Promise<string> =>
    client.appendToStream(stream, binaryEvent({ type: 'DataUsed', data: Buffer.from('{}') })).then(
      () => 'answered',
      () => 'rejected',
    );
  await Promise.all([append(first, 'a'), append(second, 'a')]);
  let release = (): void => undefined;
  const until = new Promise<void>((resolve) => (release = resolve));
  other.faults = () => (mode === 'other' ? 'no-details' : { until });
  const pending = append(second, 'b');
  if (mode === 'other') await pending;
  one.faults = () => 'fail-stream';
  process.stdout.write(`first ${await append(first, 'b')}\n`);
  process.stdout.write(`second ${await pending}\n`);
  release();
  other.faults = () => 'answer';
  process.stdout.write(`next ${await append(second, 'c')}\n`);
  process.stdout.write(`written ${other.log.all.length}\n${ALIVE}\n`);
  process.exit(0);
}

if (process.argv[2] !== undefined) await main(process.argv[2]);
