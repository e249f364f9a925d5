import type { Append, NewEvent } from '../event-store.js';
import { leafHash } from '../leaf-hash.js';

/** Far below what any server takes at once. */
const MOST_BYTES = 262_144;

/**
 * Appends to one stream that are called one after the other, each made up behind the one before: sent as one, they cost one
 * answer of the server. It takes all of them or none, and none of the later ones could stand without the first.
 */
export class Joined {
  readonly #events: NewEvent[];
  #bytes: number;

  constructor(private readonly first: Append) {
    this.#events = [...first.events];
    this.#bytes = bytesOf(first);
  }

  /** As it is sent. */
  get append(): Append {
    return { ...this.first, events: this.#events };
  }

  /** Whether an append goes on where these end. */
  isContinuedBy(next: Append): boolean {
    const { stream, expectedRevision } = this.first;
    return (
      next.stream === stream &&
      next.expectedRevision === expectedRevision + BigInt(this.#events.length) &&
      this.#bytes + bytesOf(next) <= MOST_BYTES &&
      (next.prev === undefined || next.prev === this.#end()) &&
      !next.events.some(({ id }) => this.#events.some((event) => event.id === id))
    );
  }

  add(next: Append): void {
    this.#events.push(...next.events);
    this.#bytes += bytesOf(next);
  }

  /** Hex leaf hash of the last event. */
  #end(): string {
    return Buffer.from(leafHash(this.#events.at(-1)?.leaf ?? new Uint8Array())).toString('hex');
  }
}

function bytesOf({ events }: Append): number {
  return events.reduce((sum, { leaf }) => sum + leaf.length, 0);
}
