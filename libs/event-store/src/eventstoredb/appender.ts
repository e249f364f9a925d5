import { assertIds } from '../assert-ids.js';
import { EventStoreError } from '../event-store-error.js';
import type { Append, Appended } from '../event-store.js';
import { Awaited } from './awaited.js';
import type { Indexed, Watcher } from './index-writer.js';
import { assertNothingPersonal } from './names.js';
import { assertFits, assertNothingMoved } from './assert-fits.js';
import { Joined } from './joined.js';
import { sendUntilKnown, type SendParts } from './send.js';

interface Queued {
  readonly append: Append;
  /** By this process's monotonic clock, in milliseconds. */
  readonly since: number;
  readonly resolve: (appended: Appended) => void;
  readonly reject: (error: unknown) => void;
}

/** What an append, and what is under way, must fit in. */
export interface Limits {
  /** Bytes of leaves in one append; the server's own limit counts a little more. */
  readonly maxAppendBytes: number;
}

const MOST_IN_FLIGHT = 1_024;

/**
 * Takes appends in the order of their calls, many at once. One waits while its stream, a stream that it read, or one of its
 * ids is under way, and so do those behind it: a second append of a stream that is sent before the first one is
 * answered could meet its expected revision by another writer's event. Those that follow one another in one stream
 * are sent as one (`Joined`).
 */
export class Appender {
  readonly #queue: Queued[] = [];
  readonly #streams = new Set<string>();
  readonly #ids = new Map<string, Awaited>();
  #ended: EventStoreError | undefined;
  #isWoken = false;
  #drained: () => void = () => undefined;

  constructor(
    private readonly parts: SendParts,
    private readonly limits: Limits,
  ) {}

  async append(append: Append): Promise<Appended> {
    assertIds(append.events);
    assertNothingPersonal(append);
    this.#assertSize(append);
    return new Promise((resolve, reject) => {
      if (this.#ended !== undefined) {
        reject(this.#ended);
        return;
      }
      this.#queue.push({ append, since: performance.now(), resolve, reject });
      this.#wake();
    });
  }

  /** For the follower: told of each event before it counts. */
  readonly watch: Watcher = (id, revisionOf) => {
    const awaited = this.#ids.get(id);
    if (awaited?.append.events[0]?.id === id) awaited.compare(revisionOf);
  };

  /** Told of what the follower has indexed. */
  saw(indexed: readonly Indexed[]): void {
    if (this.#ids.size === 0) return;
    for (const one of indexed) this.#ids.get(one.event.id)?.see(one);
  }

  /** Refuses what is not under way yet, and all that comes. */
  end(error: EventStoreError): void {
    this.#ended ??= error;
    for (const { reject } of this.#queue.splice(0)) reject(error);
  }

  /** Resolves when nothing waits and nothing is under way. */
  async drain(): Promise<void> {
    if (this.#queue.length === 0 && this.#streams.size === 0) return;
    await new Promise<void>((resolve) => {
      this.#drained = resolve;
    });
  }

  /** Once for all that is called in one go. */
  #wake(): void {
    if (this.#isWoken) return;
    this.#isWoken = true;
    queueMicrotask(() => this.#dispatch());
  }

  #dispatch(): void {
    this.#isWoken = false;
    for (let next = this.#queue[0]; next !== undefined; next = this.#queue[0]) {
      if (this.#isBlocked(next.append)) return;
      this.#queue.shift();
      if (!this.#fits(next)) continue;
      const joined = new Joined(next.append);
      void this.#run(joined, [next, ...this.#continuing(joined)]);
    }
    if (this.#streams.size === 0) this.#drained();
  }

  /** Those in front of the queue that go on where the joined ones end; one that would be refused is judged alone, later. */
  #continuing(joined: Joined): readonly Queued[] {
    const taken: Queued[] = [];
    for (let next = this.#queue[0]; next !== undefined; next = this.#queue[0]) {
      const { append } = next;
      if (this.#isBlocked(append) || !joined.isContinuedBy(append)) break;
      if (!this.#isUnmoved(append)) break;
      joined.add(append);
      taken.push(next);
      this.#queue.shift();
    }
    return taken;
  }

  #isBlocked({ stream, read, events }: Append): boolean {
    return (
      this.#streams.size >= MOST_IN_FLIGHT ||
      this.#streams.has(stream) ||
      events.some(({ id }) => this.#ids.has(id)) ||
      Object.keys(read ?? {}).some((name) => this.#streams.has(name))
    );
  }

  #fits({ append, since, reject }: Queued): boolean {
    try {
      this.#assertInTime(since);
      assertFits(append, this.parts.index);
      return true;
    } catch (error) {
      reject(error);
      return false;
    }
  }

  /** Whoever waits that long has given up, and what waits for the event in the vault may be swept. */
  #assertInTime(since: number): void {
    const { callMs, patienceMs } = this.parts.timing;
    if (performance.now() - since <= callMs + patienceMs) return;
    throw new EventStoreError('UNAVAILABLE', 'the event store is slow: nothing was sent');
  }

  #isUnmoved(append: Append): boolean {
    try {
      assertNothingMoved(append, this.parts.index);
      return true;
    } catch {
      return false;
    }
  }

  async #run({ append }: Joined, queued: readonly Queued[]): Promise<void> {
    this.#streams.add(append.stream);
    const last = queued.map((one) => this.#await(one)).at(-1);
    try {
      if (last !== undefined) await sendUntilKnown(append, last, this.parts);
    } catch (error) {
      for (const { reject } of queued) reject(error);
    }
    this.#streams.delete(append.stream);
    for (const { id } of append.events) this.#ids.delete(id);
    this.#dispatch();
  }

  #await({ append, resolve }: Queued): Awaited {
    const awaited = new Awaited(append);
    for (const { id } of append.events) this.#ids.set(id, awaited);
    void awaited.landed.then(resolve);
    return awaited;
  }

  #assertSize({ events }: Append): void {
    const bytes = events.reduce((sum, { leaf }) => sum + leaf.length, 0);
    if (events.length > 0 && bytes <= this.limits.maxAppendBytes) return;
    if (events.length === 0) throw new RangeError('an append has events');
    const message = `an append of ${bytes} bytes is larger than the event store takes`;
    throw new EventStoreError('TOO_LARGE', message);
  }
}
