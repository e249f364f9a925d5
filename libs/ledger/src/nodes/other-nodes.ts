import { decodeEvent, type LedgerEvent } from '#domain';
import type { RecordedEvent } from '#event-store';
import { completeDestruction } from '../commands/destruction.js';
import type { Ledger } from '../ledger.js';
import { StaleDecisions } from './stale-decisions.js';

interface OpenOrder {
  readonly order: LedgerEvent<'DestructionOrdered'>;
  readonly ordinal: bigint;
  /** By this process's monotonic clock, in milliseconds. */
  readonly seenAt: number;
}

/** Both take much less; whoever left one open for longer is not there any more. */
const ABANDONED_MS = 30_000;

/**
 * Takes in what other nodes record in the same log, as soon as it is there: policies, so that this node judges by them;
 * destructions and retired epochs, so that no key of theirs stays in memory; what others leave unfinished.
 */
export class OtherNodes {
  readonly #stop = new AbortController();
  readonly #orders = new Map<string, OpenOrder>();
  readonly #stale = new StaleDecisions();
  readonly #waiting = new Map<() => void, bigint>();
  #next: bigint;
  #isOver = false;
  #running: Promise<void> | undefined;
  #onSeen: () => void = () => undefined;

  constructor(
    private readonly ledger: Ledger,
    from: bigint,
  ) {
    this.#next = from;
  }

  /** Follows the log from now on; `onFatal` hears when it cannot be followed, and must end the process. */
  start(onFatal: (error: Error) => void): void {
    this.#running = this.#follow()
      .catch((error: unknown) => {
        if (!this.#stop.signal.aborted)
          onFatal(error instanceof Error ? error : new Error('other nodes'));
      })
      .finally(() => {
        this.#isOver = true;
        this.#wake(() => true);
      });
  }

  /** Calls back whenever there is something new. */
  watch(onSeen: () => void): void {
    this.#onSeen = onSeen;
  }

  /** Resolves when everything is taken in that the log holds now, or nothing more will be. */
  async caughtUp(): Promise<void> {
    const { size } = await this.ledger.parts.store.head();
    if (!this.#isOver && this.#next < size)
      await new Promise<void>((resolve) => this.#waiting.set(resolve, size));
  }

  /** Whether every order that was seen since the start is completed, and every stale decision noted. */
  get isAllFinished(): boolean {
    return this.#orders.size === 0 && this.#stale.isEmpty;
  }

  /**
   * Carries out orders of nodes that are gone, and notes what they judged by rules that had changed; another node may do
   * the same at the same time.
   */
  async finishAbandoned(afterMs = ABANDONED_MS): Promise<void> {
    for (const { order, ordinal, seenAt } of [...this.#orders.values()]) {
      if (performance.now() - seenAt < afterMs) continue;
      const actor = { id: order.metadata.actor, role: 'ledger' as const };
      await completeDestruction(this.ledger, order, ordinal, actor);
    }
    await this.#stale.note(this.ledger, afterMs);
  }

  async stop(): Promise<void> {
    this.#stop.abort();
    await this.#running;
  }

  async #follow(): Promise<void> {
    const { store } = this.ledger.parts;
    for await (const batch of store.follow(this.#next, this.#stop.signal)) {
      for (const recorded of batch) this.#take(recorded);
      this.#next += BigInt(batch.length);
      this.#wake((size) => size <= this.#next);
      this.#onSeen();
    }
  }

  #take(recorded: RecordedEvent): void {
    const { governance, vault } = this.ledger.parts;
    const event = decodeEvent(recorded.leaf);
    this.ledger.recorder.startAfter(event.metadata.recordedAt);
    governance.evolve(event);
    this.#stale.take(recorded, event);
    switch (event.type) {
      case 'DestructionOrdered':
        if (event.data.verdict !== 'lawful') return;
        vault.purge(event.data.subject);
        this.#orders.set(event.id, {
          order: event,
          ordinal: recorded.ordinal,
          seenAt: performance.now(),
        });
        return;
      case 'DataDestroyed':
        vault.purge(event.data.subject);
        this.#orders.delete(event.data.order);
        return;
      case 'KeyEpochRetired':
        vault.purgeEpoch(event.data.operator, event.data.epoch);
        return;
      default:
    }
  }

  #wake(isDue: (size: bigint) => boolean): void {
    for (const [resolve, size] of this.#waiting) {
      if (!isDue(size)) continue;
      this.#waiting.delete(resolve);
      resolve();
    }
  }
}
