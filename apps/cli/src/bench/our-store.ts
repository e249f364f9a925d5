import { randomBytes, randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type { EventStore } from '#event-store';
import { SqliteEventStore } from '#event-store/sqlite';
import type { AppendStore, MadeUpEvent, StoredEvent } from './append-store.js';
import { assertSame } from './wrong-answer.js';

/** Our event store over an empty file: leaf hashes, running hash and anchor included. */
export async function openOurStore(folder: string): Promise<AppendStore> {
  const store = await SqliteEventStore.open({
    file: join(folder, 'log.db'),
    mode: 'write',
    ledgerId: randomUUID(),
    anchorKey: randomBytes(32),
  });
  return appendStoreOver(store);
}

/** An event store of ours, as it is compared. */
export function appendStoreOver(store: EventStore): AppendStore {
  return {
    append: async (stream, expectedRevision, event) => {
      const leaf = ENCODER.encode(JSON.stringify(event));
      const events = [{ id: event.id, type: event.type, leaf }];
      await store.append({ stream, expectedRevision: BigInt(expectedRevision), events });
    },
    stored: () => stored(store),
    close: async () => store.close(),
  };
}

const ENCODER = new TextEncoder();

async function* stored(store: EventStore): AsyncIterable<StoredEvent> {
  let ordinal = 0n;
  for await (const batch of store.readAll()) {
    for (const recorded of batch) {
      assertSame('ours', 'the next ordinal', recorded.ordinal, ordinal);
      ordinal += 1n;
      const { data } = JSON.parse(Buffer.from(recorded.leaf).toString()) as MadeUpEvent;
      yield { stream: recorded.stream, revision: Number(recorded.revision), ...data };
    }
  }
  assertSame('ours', 'the head', (await store.head()).size, ordinal);
}
