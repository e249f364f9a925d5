import type { CloudEvent, EventResult } from './events.js';
import { LedgerProblem } from './ledger-problem.js';

/** As the service takes them (docs/openapi.json). */
const EVENT_BYTES = 256 * 1024;
const BATCH_BYTES = 4 * 1024 * 1024;
const BATCH_EVENTS = 500;

/** Events that are not sent yet, in order. */
export class Waiting {
  readonly #items: Item[] = [];

  constructor(
    /** Most events of a batch. */
    readonly batchEvents: number,
    private readonly capacity: number,
  ) {
    if (!(batchEvents >= 1 && batchEvents <= BATCH_EVENTS)) {
      throw new RangeError(`a batch has from 1 to ${BATCH_EVENTS} events`);
    }
  }

  /** Resolves with the event's result. @throws {LedgerProblem} INVALID_REQUEST, TOO_LARGE, FULL. */
  async add(event: CloudEvent): Promise<EventResult> {
    const text = textOf(event);
    const bytes = Buffer.byteLength(text);
    if (bytes > EVENT_BYTES) throw new LedgerProblem('TOO_LARGE');
    if (this.#items.length >= this.capacity) throw new LedgerProblem('FULL');
    return new Promise((resolve, reject) => {
      this.#items.push({ id: event.id, text, bytes, resolve, reject });
    });
  }

  /** The next batch, undefined when nothing waits. */
  take(): Batch | undefined {
    let [count, bytes] = [0, 2];
    for (const item of this.#items.slice(0, this.batchEvents)) {
      bytes += item.bytes + 1;
      if (bytes > BATCH_BYTES) break;
      count += 1;
    }
    return count === 0 ? undefined : new Batch(this.#items.splice(0, count));
  }

  /** Tells everyone who waits why it will not be sent. */
  failAll(problem: LedgerProblem): void {
    for (const { reject } of this.#items.splice(0)) reject(problem);
  }
}

interface Item {
  readonly id: string;
  readonly text: string;
  readonly bytes: number;
  readonly resolve: (result: EventResult) => void;
  readonly reject: (problem: LedgerProblem) => void;
}

/** Events of one request, the same at every attempt. */
export class Batch {
  readonly body: string;

  constructor(private readonly items: readonly Item[]) {
    this.body = `[${items.map(({ text }) => text).join(',')}]`;
  }

  /** The results of an answer. @throws {LedgerProblem} UNREADABLE unless there is one for each event, in order. */
  resultsIn(answer: unknown): readonly EventResult[] {
    const { results } = answer as { readonly results?: readonly EventResult[] };
    const isWhole =
      Array.isArray(results) &&
      results.length === this.items.length &&
      this.items.every(({ id }, n) => [id, null].includes(results[n]?.id ?? null));
    if (isWhole) return results;
    throw new LedgerProblem('UNREADABLE', 200);
  }

  settle(results: readonly EventResult[]): void {
    for (const [n, { resolve }] of this.items.entries()) resolve(results[n] as EventResult);
  }

  fail(problem: LedgerProblem): void {
    for (const { reject } of this.items) reject(problem);
  }
}

/** Written at once, so that a change afterwards changes nothing. */
function textOf(event: CloudEvent): string {
  try {
    return JSON.stringify(event);
  } catch {
    // The error of the platform would quote it.
    throw new LedgerProblem('INVALID_REQUEST');
  }
}
