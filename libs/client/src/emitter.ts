import type { Access } from './access.js';
import { MACHINE_TIMING, backoffMs, type Timing } from './backoff.js';
import { exchange } from './exchange.js';
import type { CloudEvent, EventResult } from './events.js';
import { LedgerProblem } from './ledger-problem.js';
import { Waiting, type Batch } from './waiting.js';

/** How an emitter sends. */
export interface EmitterOptions extends Access {
  /** `record` reports after the act, and needs a token that allows it; `enforce` if not told. */
  readonly mode?: 'enforce' | 'record';
  /** Events a request, from 1 to 500; 100 if not told. One request is under way at a time. */
  readonly batchEvents?: number;
  /** Events that may wait beside it; 10,000 if not told. */
  readonly capacity?: number;
  /** How often a batch is sent before the emitter gives up; 12 if not told, about two minutes. */
  readonly attempts?: number;
  readonly timing?: Timing;
}

/**
 * Sends events in the order in which they were given, one batch after another: what is given while a batch is under
 * way makes the next. A batch without an answer, or with one of 429, 502, 503 or 504, is sent again as it was, so that
 * the ledger knows by the ids what it has. Any other error stops the emitter: whatever came after would be out of order.
 */
export class Emitter {
  readonly #waiting: Waiting;
  readonly #path: string;
  readonly #attempts: number;
  readonly #timing: Timing;
  #isSending = false;
  #stopped: LedgerProblem | undefined;

  constructor(private readonly options: EmitterOptions) {
    const { mode = 'enforce', batchEvents = 100, capacity = 10_000 } = options;
    this.#waiting = new Waiting(batchEvents, capacity);
    this.#path = `/v1/events?mode=${mode}`;
    this.#attempts = options.attempts ?? 12;
    this.#timing = options.timing ?? MACHINE_TIMING;
  }

  /**
   * The event's result, after those of all events before it.
   * @throws {LedgerProblem} TOO_LARGE beyond 256 KiB, INVALID_REQUEST when it is no JSON, FULL (none of these stops the
   * emitter); or what stopped it.
   */
  async emit(event: CloudEvent): Promise<EventResult> {
    if (this.#stopped !== undefined) throw this.#stopped;
    const result = this.#waiting.add(event);
    if (!this.#isSending) {
      this.#isSending = true;
      // So that whatever is emitted in the same turn of the loop goes together.
      setImmediate(() => void this.#send());
    }
    return result;
  }

  /** Results in order; takes on only so many events that two batches are filled. @throws {LedgerProblem} as `emit`. */
  async *emitAll(
    events: Iterable<CloudEvent> | AsyncIterable<CloudEvent>,
  ): AsyncGenerator<EventResult> {
    const results: Promise<EventResult>[] = [];
    for await (const event of events) {
      const result = this.emit(event);
      result.catch(() => undefined);
      results.push(result);
      const isFull = results.length === this.#waiting.batchEvents * 2;
      const oldest = isFull ? results.shift() : undefined;
      if (oldest !== undefined) yield await oldest;
    }
    for (const result of results) yield await result;
  }

  async #send(): Promise<void> {
    for (let batch = this.#waiting.take(); batch !== undefined; batch = this.#waiting.take()) {
      try {
        batch.settle(await this.#answered(batch));
      } catch (error) {
        this.#stopped = error instanceof LedgerProblem ? error : new LedgerProblem('UNREADABLE');
        batch.fail(this.#stopped);
        this.#waiting.failAll(this.#stopped);
      }
    }
    this.#isSending = false;
  }

  async #answered(batch: Batch): Promise<readonly EventResult[]> {
    const headers = { 'content-type': 'application/cloudevents-batch+json' };
    const message = { method: 'POST', path: this.#path, headers, body: batch.body };
    for (let attempt = 0; ; attempt += 1) {
      try {
        return batch.resultsIn(await exchange(this.options, message));
      } catch (error) {
        const isPassing = error instanceof LedgerProblem && error.isPassing;
        if (!isPassing || attempt + 1 >= this.#attempts) throw error;
        await this.#timing.wait(backoffMs(attempt, this.#timing.random()));
      }
    }
  }
}
