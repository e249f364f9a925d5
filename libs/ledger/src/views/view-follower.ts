import type { Ledger } from '../ledger.js';

/** Keeps the views of a serving ledger near the log's end, so that no reader waits for what others wrote. */
export class ViewFollower {
  #timer: NodeJS.Timeout | undefined;
  #running: Promise<void> = Promise.resolve();

  constructor(
    private readonly ledger: Ledger,
    private readonly everyMs: number,
    private readonly onError: (error: unknown) => void,
  ) {}

  /** Looks again and again, a pause after each look. */
  start(): void {
    this.#timer = setTimeout(() => {
      this.#running = this.#step();
    }, this.everyMs).unref();
  }

  /** Resolves when nothing is folded any more. */
  async stop(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    await this.#running;
  }

  async #step(): Promise<void> {
    try {
      await this.ledger.views();
    } catch (error) {
      this.onError(error);
    }
    if (this.#timer !== undefined) this.start();
  }
}
