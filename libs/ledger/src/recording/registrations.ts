import type { Submission } from '#domain';

interface Pending {
  readonly submission: Submission;
  readonly ended: Promise<void>;
  readonly end: () => void;
}

/**
 * Registrations that were recorded and are not answered yet. One that another writer overtook is decided again: until then
 * nothing else tells that its reference is about to be known.
 */
export class Registrations {
  readonly #pending = new Map<string, Pending[]>();

  /** A registration was recorded. */
  begin(submission: Submission): void {
    const pending = this.#pending.get(nameOf(submission)) ?? [];
    pending.push(made(submission));
    this.#pending.set(nameOf(submission), pending);
  }

  /** What was submitted is answered, or never will be: nothing, when it was no registration that was recorded. */
  end(submission: Submission): void {
    const name = nameOf(submission);
    const pending = this.#pending.get(name) ?? [];
    const at = pending.findIndex((one) => one.submission === submission);
    if (at === -1) return;
    for (const { end } of pending.splice(at, 1)) end();
    if (pending.length === 0) this.#pending.delete(name);
  }

  /**
   * Resolves when the registrations of the command's reference that are pending now are answered; undefined when none
   * is. Not those that come later: two commands would wait for each other.
   */
  ended(submission: Submission): Promise<unknown> | undefined {
    const pending = this.#pending.get(nameOf(submission));
    return pending && Promise.all(pending.map(({ ended }) => ended));
  }
}

function nameOf({ source, reference }: Submission): string {
  return `${source}\0${reference}`;
}

function made(submission: Submission): Pending {
  let end: () => void = () => undefined;
  const ended = new Promise<void>((resolve) => (end = resolve));
  return { submission, ended, end };
}
