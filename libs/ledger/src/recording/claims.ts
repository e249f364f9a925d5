/**
 * Event ids that are being looked up in the log. A second command with one of them waits until the first is recorded,
 * so that its own look finds what the first one made.
 */
export class Claims {
  readonly #taken = new Map<string, Promise<void>>();

  /** Resolves when none of the ids is taken by anybody else; call what it gives once the decisions are recorded. */
  async take(ids: ReadonlySet<string>): Promise<() => void> {
    for (let busy = this.#busy(ids); busy.length > 0; busy = this.#busy(ids)) {
      await Promise.all(busy);
    }
    let released: () => void = () => undefined;
    const until = new Promise<void>((resolve) => (released = resolve));
    for (const id of ids) this.#taken.set(id, until);
    return () => {
      for (const id of ids) this.#taken.delete(id);
      released();
    };
  }

  #busy(ids: ReadonlySet<string>): readonly Promise<void>[] {
    const busy: Promise<void>[] = [];
    for (const id of this.#taken.size === 0 ? [] : ids) {
      const taken = this.#taken.get(id);
      if (taken !== undefined) busy.push(taken);
    }
    return busy;
  }
}
