import type { EventStore, RecordedEvent } from '#event-store';
import { ViewError } from './view-error.js';
import type { ViewStore } from './view.js';

/** Brings views up to the log: follows the store from the views' own position (design §9). */
export class Projector<E> {
  constructor(
    private readonly store: EventStore,
    private readonly views: ViewStore<E>,
    private readonly decode: (recorded: RecordedEvent) => E,
  ) {}

  /**
   * Applies everything up to the log's end as it stands now; returns the position reached.
   * @throws {ViewError} AHEAD_OF_LOG when the views know more events than the log holds.
   */
  async catchUp(): Promise<bigint> {
    const { size } = await this.store.head();
    const position = await this.views.position();
    if (position > size) {
      throw new ViewError(
        'AHEAD_OF_LOG',
        `the views hold ${position} events, the log ${size}: a wrong or rolled-back log`,
      );
    }
    if (position === size) return size;
    let next = position;
    for await (const batch of this.store.readAll(position)) {
      await this.views.apply(
        next,
        batch.map((recorded) => this.decode(recorded)),
      );
      next += BigInt(batch.length);
    }
    return next;
  }
}
