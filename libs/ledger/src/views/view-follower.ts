import type { Ledger } from '../ledger.js';
import { Housekeeping } from '../nodes/housekeeping.js';

/** What a look at the views left undone, as a log line says it. */
export type Undone = 'views stayed behind' | 'housekeeping stayed behind';

/**
 * Keeps the views of a serving ledger near the log's end, so that no reader waits for what others wrote, and keeps
 * house: where several nodes serve, on the one that leads.
 */
export class ViewFollower {
  readonly #housekeeping: Housekeeping;
  #timer: NodeJS.Timeout | undefined;
  #running: Promise<void> | undefined;
  #isDue = false;
  #isStopped = true;

  constructor(
    private readonly ledger: Ledger,
    private readonly everyMs: number,
    private readonly onError: (happened: Undone, error: unknown) => void,
  ) {
    this.#housekeeping = new Housekeeping(ledger);
  }

  /** Looks again and again, a pause after each look, and whenever another node recorded something. */
  start(): void {
    this.#isStopped = false;
    this.ledger.others?.watch(() => this.#soon());
    this.#pause();
  }

  /** Resolves when nothing is folded any more. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    clearTimeout(this.#timer);
    await this.#running;
  }

  #pause(): void {
    this.#timer = setTimeout(() => this.#soon(), this.everyMs).unref();
  }

  #soon(): void {
    this.#isDue = true;
    if (!this.#isStopped) this.#running ??= this.#look();
  }

  async #look(): Promise<void> {
    clearTimeout(this.#timer);
    while (this.#isDue && !this.#isStopped) {
      this.#isDue = false;
      await this.#step();
    }
    this.#running = undefined;
    if (!this.#isStopped) this.#pause();
  }

  async #step(): Promise<void> {
    let undone: Undone = 'views stayed behind';
    try {
      if (!(await this.ledger.liveViews.isLeading())) return;
      await this.ledger.views();
      undone = 'housekeeping stayed behind';
      await this.#housekeeping.tend();
    } catch (error) {
      this.onError(undone, error);
    }
  }
}
