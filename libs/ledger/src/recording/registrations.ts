import type { Submission } from '#domain';

interface Pending {
  count: number;
  readonly ended: Promise<void>;
  readonly end: () => void;
}

/**
 * References whose registration was decided and is not answered yet. One that another writer overtook is decided again:
 * until then nothing else tells that its reference is about to be known. Whoever waits for one waits for what was decided
 * before: nobody waits in a circle.
 */
export class Registrations {
  readonly #pending = new Map<string, Pending>();

  /** A command was decided: counts when it registers somebody. */
  begin(submission: Submission): void {
    if (!isRegistration(submission)) return;
    const name = nameOf(submission);
    const pending = this.#pending.get(name) ?? made();
    pending.count += 1;
    this.#pending.set(name, pending);
  }

  /** A decided command is answered, or never will be. */
  end(submission: Submission): void {
    if (!isRegistration(submission)) return;
    const name = nameOf(submission);
    const pending = this.#pending.get(name);
    if (pending === undefined || (pending.count -= 1) > 0) return;
    this.#pending.delete(name);
    pending.end();
  }

  /** Resolves when no registration of the command's reference is pending any more; undefined when none is. */
  ended(submission: Submission): Promise<void> | undefined {
    return this.#pending.get(nameOf(submission))?.ended;
  }
}

function isRegistration({ command: { kind } }: Submission): boolean {
  return kind === 'register-subject' || kind === 'register-recipient';
}

function nameOf({ source, reference }: Submission): string {
  return `${source}\0${reference}`;
}

function made(): Pending {
  let end: () => void = () => undefined;
  const ended = new Promise<void>((resolve) => (end = resolve));
  return { count: 0, ended, end };
}
