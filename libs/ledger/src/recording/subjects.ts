import {
  decodeEvent,
  evolve,
  evolveRecipient,
  initialState,
  type LedgerEvent,
  type RecipientState,
  type SubjectState,
} from '#domain';
import type { EventStore } from '#event-store';
import type { Tail } from './recorder.js';

/** A subject's stream folded up to its end. */
export interface LoadedSubject extends Tail {
  state: SubjectState;
}

/** A recipient's stream folded up to its end. */
export interface LoadedRecipient extends Tail {
  state: RecipientState | undefined;
}

const CACHED = 50_000;

/** The stream of a subject. */
export function subjectStream(subject: string): string {
  return `subject-${subject}`;
}

/** The stream of a recipient. */
export function recipientStream(recipient: string): string {
  return `recipient-${recipient}`;
}

/** Folded streams, kept while they are used; the log stays the truth. */
export class Subjects {
  readonly #subjects = new Map<string, LoadedSubject>();
  readonly #recipients = new Map<string, LoadedRecipient>();
  readonly #tails = new Map<string, Tail>();

  constructor(private readonly store: EventStore) {}

  /** A subject by its ledger id; `state.registered` is null when the log knows nobody of that id. */
  async load(subject: string): Promise<LoadedSubject> {
    const cached = this.#subjects.get(subject);
    if (cached !== undefined) return this.#keep(subject, cached);
    const folded = await this.#fold(subjectStream(subject), initialState, evolve);
    // Whoever loaded it meanwhile may have recorded on it: one object per stream.
    return this.#keep(subject, this.#subjects.get(subject) ?? folded);
  }

  /** A subject that is being registered now. */
  fresh(subject: string): LoadedSubject {
    const tail = { stream: subjectStream(subject), revision: -1n, prev: '' };
    return this.#keep(subject, { ...tail, state: initialState });
  }

  async recipient(recipient: string): Promise<LoadedRecipient> {
    const cached = this.#recipients.get(recipient);
    if (cached !== undefined) return cached;
    const none: RecipientState | undefined = undefined;
    const loaded = await this.#fold<RecipientState | undefined>(
      recipientStream(recipient),
      none,
      evolveRecipient,
    );
    const meanwhile = this.#recipients.get(recipient);
    if (meanwhile !== undefined) return meanwhile;
    if (loaded.revision >= 0n) this.#recipients.set(recipient, loaded);
    return loaded;
  }

  /** The end of any other stream. */
  async tail(stream: string): Promise<Tail> {
    const cached = this.#tails.get(stream);
    if (cached !== undefined) return cached;
    const head = await this.store.streamHead(stream);
    const meanwhile = this.#tails.get(stream);
    if (meanwhile !== undefined) return meanwhile;
    const tail = {
      stream,
      revision: head?.revision ?? -1n,
      prev: head === undefined ? '' : Buffer.from(head.leafHash).toString('hex'),
    };
    this.#tails.set(stream, tail);
    return tail;
  }

  /** Forgets everything that was not read back from the log: after a failed append. */
  forget(): void {
    this.#subjects.clear();
    this.#recipients.clear();
    this.#tails.clear();
  }

  /** The state of a subject as of an ordinal, straight from the log. */
  async asOf(subject: string, upTo: bigint): Promise<SubjectState> {
    let state = initialState;
    for await (const batch of this.store.readStream(subjectStream(subject))) {
      for (const recorded of batch) {
        if (recorded.ordinal > upTo) return state;
        state = evolve(state, decodeEvent(recorded.leaf));
      }
    }
    return state;
  }

  /** The least recently used goes first: by then nothing of it is still on its way to the log. */
  #keep(subject: string, loaded: LoadedSubject): LoadedSubject {
    this.#subjects.delete(subject);
    this.#subjects.set(subject, loaded);
    const [oldest] = this.#subjects.size > CACHED ? this.#subjects.keys() : [];
    if (oldest !== undefined) this.#subjects.delete(oldest);
    return loaded;
  }

  async #fold<S>(
    stream: string,
    initial: S,
    step: (state: S, event: LedgerEvent) => S,
  ): Promise<Tail & { state: S }> {
    const loaded = { stream, revision: -1n, prev: '', state: initial };
    for await (const batch of this.store.readStream(stream)) {
      for (const recorded of batch) {
        loaded.state = step(loaded.state, decodeEvent(recorded.leaf));
        loaded.revision = recorded.revision;
        loaded.prev = Buffer.from(recorded.leafHash).toString('hex');
      }
    }
    return loaded;
  }
}
