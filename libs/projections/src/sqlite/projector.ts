import type { EventStore, RecordedEvent } from '#event-store';
import { ViewError } from '../view-error.js';
import type { Placed, SqliteViewStore } from './sqlite-view-store.js';

/** Events in a transaction: a page of an index is written once for all of them. */
const AT_ONCE = 8192;

/** Brings views up to the log: follows the store from the views' own position (design §9). */
export class Projector<E> {
  constructor(
    private readonly store: EventStore,
    private readonly views: SqliteViewStore<E>,
    private readonly decode: (recorded: RecordedEvent) => E,
  ) {}

  /**
   * Applies everything up to the log's end as it stands now; returns the position reached.
   * @throws {ViewError} AHEAD_OF_LOG when the views know more events than the log holds.
   */
  async catchUp(): Promise<bigint> {
    const { size } = await this.store.head();
    const position = this.views.position();
    if (position > size) {
      throw new ViewError(
        'AHEAD_OF_LOG',
        `the views hold ${position} events, the log ${size}: a wrong or rolled-back log`,
      );
    }
    if (position === size) return size;
    let read: Placed<E>[] = [];
    for await (const batch of this.store.readAll(position)) {
      for (const recorded of batch)
        read.push({ ordinal: recorded.ordinal, event: this.decode(recorded) });
      if (read.length < AT_ONCE) continue;
      this.views.apply(read);
      read = [];
    }
    this.views.apply(read);
    return this.views.position();
  }
}
