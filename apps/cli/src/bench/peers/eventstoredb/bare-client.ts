import { EventStoreDBClient, NO_STREAM, START, binaryEvent } from '@eventstore/db-client';
import { randomUUID } from 'node:crypto';
import type { AppendStore, MadeUpEvent, StoredEvent } from '../../append-store.js';

/** The server's own client as it comes: the bytes that ours appends, nothing looked up, nothing sent again, no timer. */
export class BareClient implements AppendStore {
  readonly #client: EventStoreDBClient;
  /** Its streams are told from all others by this, round by round. */
  readonly #prefix = `bench.${randomUUID()}.`;

  constructor(url: string) {
    this.#client = EventStoreDBClient.connectionString(url);
  }

  async append(stream: string, expectedRevision: number, event: MadeUpEvent): Promise<void> {
    const { id, type } = event;
    const data = Buffer.from(JSON.stringify(event));
    const expected = expectedRevision < 0 ? NO_STREAM : BigInt(expectedRevision);
    await this.#client.appendToStream(this.#prefix + stream, [binaryEvent({ id, type, data })], {
      expectedRevision: expected,
    });
  }

  async *stored(): AsyncIterable<StoredEvent> {
    for await (const { event } of this.#client.readAll({ fromPosition: START })) {
      if (event?.isJson !== false || !event.streamId.startsWith(this.#prefix)) continue;
      const { data } = JSON.parse(Buffer.from(event.data).toString()) as MadeUpEvent;
      const stream = event.streamId.slice(this.#prefix.length);
      yield { stream, revision: Number(event.revision), ...data };
    }
  }

  async close(): Promise<void> {
    await this.#client.dispose();
  }
}
