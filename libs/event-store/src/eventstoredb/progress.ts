interface Waiting {
  readonly isMet: () => boolean;
  readonly resolve: () => void;
}

/** Who waits for the index to come so far. */
export class Progress {
  readonly #waiting = new Set<Waiting>();

  /** Resolves once the condition holds, looked at now and whenever the index has grown; or when the signal aborts. */
  async until(isMet: () => boolean, signal?: AbortSignal): Promise<void> {
    if (isMet() || signal?.aborted === true) return;
    await new Promise<void>((resolve) => {
      const waiting = {
        isMet,
        resolve: () => {
          this.#waiting.delete(waiting);
          signal?.removeEventListener('abort', waiting.resolve);
          resolve();
        },
      };
      this.#waiting.add(waiting);
      signal?.addEventListener('abort', waiting.resolve);
    });
  }

  /** The index has grown. */
  tell(): void {
    for (const waiting of [...this.#waiting]) if (waiting.isMet()) waiting.resolve();
  }
}
