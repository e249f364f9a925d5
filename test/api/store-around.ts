import {
  EventStore,
  type Append,
  type Appended,
  type LogHead,
  type RecordedEvent,
  type StreamHead,
} from '#event-store';

/** A real event store, of which a test changes what it overrides. */
export class StoreAround extends EventStore {
  constructor(protected readonly store: EventStore) {
    super();
  }

  async append(append: Append): Promise<Appended> {
    return this.store.append(append);
  }

  readStream(stream: string, fromRevision?: bigint): AsyncIterable<readonly RecordedEvent[]> {
    return this.store.readStream(stream, fromRevision);
  }

  readAll(fromOrdinal?: bigint): AsyncIterable<readonly RecordedEvent[]> {
    return this.store.readAll(fromOrdinal);
  }

  follow(fromOrdinal: bigint, signal: AbortSignal): AsyncIterable<readonly RecordedEvent[]> {
    return this.store.follow(fromOrdinal, signal);
  }

  override async assertReachable(): Promise<void> {
    return this.store.assertReachable();
  }

  async readAt(ordinals: readonly bigint[]): Promise<readonly RecordedEvent[]> {
    return this.store.readAt(ordinals);
  }

  async streamHead(stream: string): Promise<StreamHead | undefined> {
    return this.store.streamHead(stream);
  }

  async findEvent(id: string): Promise<RecordedEvent | undefined> {
    return this.store.findEvent(id);
  }

  async findEvents(ids: readonly string[]): Promise<readonly (RecordedEvent | undefined)[]> {
    return this.store.findEvents(ids);
  }

  async head(): Promise<LogHead> {
    return this.store.head();
  }

  async headAt(size: bigint): Promise<LogHead> {
    return this.store.headAt(size);
  }

  async close(): Promise<void> {
    return this.store.close();
  }
}
