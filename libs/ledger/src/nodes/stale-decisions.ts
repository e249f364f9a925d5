import type { LedgerEvent } from '#domain';
import type { RecordedEvent } from '#event-store';
import type { Ledger } from '../ledger.js';
import { noteStaleRules } from '../recording/stale-rules.js';

interface Unnoted {
  readonly events: LedgerEvent[];
  /** By this process's monotonic clock, in milliseconds. */
  readonly seenAt: number;
}

/**
 * Sees, told every event in log order, what was judged by rules that had changed by the time it came into the log, as
 * long as no violation says so: the node that recorded it may have ended in between (design §3).
 */
export class StaleDecisions {
  /** Of the streams that decisions on subjects read. */
  readonly #revisions = new Map<string, bigint>();
  /** By the first event of its append. */
  readonly #unnoted = new Map<string, Unnoted>();

  /** Whether there is none. */
  get isEmpty(): boolean {
    return this.#unnoted.size === 0;
  }

  take({ stream, revision }: RecordedEvent, event: LedgerEvent): void {
    const { type, data } = event;
    const { causationId, correlationId } = event.metadata;
    if (!stream.startsWith('subject-')) this.#revisions.set(stream, revision);
    if (causationId === undefined) {
      if ('read' in data && this.#isStale(data.read)) this.#add(correlationId, event);
    } else if (type === 'ViolationDetected') {
      this.#unnoted.delete(causationId);
    }
  }

  /** Records what is missing, of those that have been seen for so long (ms); another node may do the same. */
  async note(ledger: Ledger, afterMs: number): Promise<void> {
    for (const { events, seenAt } of [...this.#unnoted.values()]) {
      if (performance.now() - seenAt >= afterMs) await noteStaleRules(ledger, events);
    }
  }

  #isStale(read: Readonly<Record<string, string>>): boolean {
    return Object.entries(read).some(
      ([stream, revision]) => (this.#revisions.get(stream) ?? -1n) > BigInt(revision),
    );
  }

  #add(first: string, event: LedgerEvent): void {
    const known = this.#unnoted.get(first);
    if (known === undefined)
      this.#unnoted.set(first, { events: [event], seenAt: performance.now() });
    else known.events.push(event);
  }
}
