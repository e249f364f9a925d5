import type { RecordedEvent } from '../event-store.js';

const MOST_EVENTS = 8_192;
const MOST_BYTES = 16 * 1024 * 1024;

/** The last events as the follower saw them, so that who follows need not read them from the server again. */
export class Recent {
  #events: RecordedEvent[] = [];
  #bytes = 0;

  add(events: readonly RecordedEvent[]): void {
    this.#events.push(...events);
    for (const { leaf } of events) this.#bytes += leaf.length;
    if (this.#events.length <= MOST_EVENTS && this.#bytes <= MOST_BYTES) return;
    // Half at once: taking the first out of an array one by one moves all the others each time.
    const dropped = this.#events.splice(0, Math.ceil(this.#events.length / 2));
    for (const { leaf } of dropped) this.#bytes -= leaf.length;
  }

  /** Events `from` … `to`−1 as far as they are here without gap; none when the first is not. */
  range(from: number, to: number): readonly RecordedEvent[] {
    const first = Number(this.#events[0]?.ordinal ?? Infinity);
    return from < first ? [] : this.#events.slice(from - first, to - first);
  }
}
