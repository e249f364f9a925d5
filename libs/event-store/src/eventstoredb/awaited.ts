import type { Append, Appended } from '../event-store.js';
import type { Indexed } from './index-writer.js';

/** An append on its way, until the follower has seen the last of its events. */
export class Awaited {
  /** Resolves once all of it is indexed, with where that is. */
  readonly landed: Promise<Appended>;
  /** Where it landed, once it has. */
  appended: Appended | undefined;
  #land: (appended: Appended) => void = () => undefined;
  #first: Indexed | undefined;
  #moved: Pick<Appended, 'moved'> = {};

  constructor(readonly append: Append) {
    this.landed = new Promise((resolve) => {
      this.#land = resolve;
    });
  }

  /** Told before its first event counts: which streams have moved on, in log order, since its decision read them. */
  compare(revisionOf: (stream: string) => number): void {
    const moved = Object.entries(this.append.read ?? {})
      .map(([stream, read]) => [stream, read, BigInt(revisionOf(stream))] as const)
      .filter(([, read, now]) => now !== read)
      .map(([stream, , now]) => [stream, now] as const);
    this.#moved = moved.length > 0 ? { moved: Object.fromEntries(moved) } : {};
  }

  /** Told of each of its events once it is indexed. */
  see(indexed: Indexed): void {
    this.#first ??= indexed;
    const { event, head } = indexed;
    if (event.id !== this.append.events.at(-1)?.id) return;
    const firstOrdinal = this.#first.event.ordinal;
    this.appended = { firstOrdinal, revision: event.revision, head, ...this.#moved };
    this.#land(this.appended);
  }
}
