import {
  decodeEvent,
  evolve,
  evolveRecipient,
  initialState,
  type LedgerEvent,
  type RecipientState,
  type SubjectState,
} from '#domain';
import type { EventStore, RecordedEvent } from '#event-store';
import type { Tail } from './recorder.js';

/** A subject's stream folded up to its end. */
export interface LoadedSubject extends Tail {
  state: SubjectState;
}

/** A recipient's stream folded up to its end; `state` is undefined when nobody is registered under the id. */
export interface LoadedRecipient extends Tail {
  state: RecipientState | undefined;
}

/** Streams that are kept, about 1.5 KB each; many more than can be on their way to the log. */
const CACHED = 60_000;

/** The stream of a subject. */
export function subjectStream(subject: string): string {
  return `subject-${subject}`;
}

/** The stream of a recipient. */
export function recipientStream(recipient: string): string {
  return `recipient-${recipient}`;
}

/**
 * Streams folded up to their end, kept while they are used; the log stays the truth. There is one object a stream:
 * what is decided on it moves it at once, before it is durable.
 */
export class Subjects {
  /** The one that was not used for longest comes first. */
  readonly #tails = new Map<string, Tail>();

  /** `onLoaded` hears when the last event of a stream was recorded: another node's clock may be ahead of ours. */
  constructor(
    private readonly store: EventStore,
    private readonly onLoaded: (recordedAt: string) => void = () => undefined,
  ) {}

  /** A subject that was used lately, undefined when it must be loaded. */
  cached(subject: string): LoadedSubject | undefined {
    return this.#cached(subjectStream(subject));
  }

  /** A subject by its ledger id; `state.registered` is null when the log knows nobody of that id. */
  async load(subject: string): Promise<LoadedSubject> {
    const stream = subjectStream(subject);
    return this.#cached<LoadedSubject>(stream) ?? this.#fold(stream, initialState, evolve);
  }

  /** A subject that is being registered now. */
  fresh(subject: string): LoadedSubject {
    const tail = { stream: subjectStream(subject), revision: -1n, prev: '', state: initialState };
    return this.#keep(tail);
  }

  /** A recipient that was used lately, undefined when it must be loaded. */
  cachedRecipient(recipient: string): LoadedRecipient | undefined {
    return this.#cached(recipientStream(recipient));
  }

  async recipient(recipient: string): Promise<LoadedRecipient> {
    const stream = recipientStream(recipient);
    const nobody: RecipientState | undefined = undefined;
    return (
      this.#cached<LoadedRecipient>(stream) ??
      this.#fold<RecipientState | undefined>(stream, nobody, evolveRecipient)
    );
  }

  /** A recipient that is being registered now. */
  freshRecipient(recipient: string): LoadedRecipient {
    const stream = recipientStream(recipient);
    return this.#keep({ stream, revision: -1n, prev: '', state: undefined });
  }

  /** The end of any other stream. */
  async tail(stream: string): Promise<Tail> {
    const cached = this.#cached<Tail>(stream);
    if (cached !== undefined) return cached;
    const head = await this.store.streamHead(stream);
    const tail = { stream, revision: head?.revision ?? -1n, prev: '' };
    for await (const batch of this.store.readStream(stream, head?.revision)) {
      for (const recorded of batch) this.#moveTo(tail, recorded);
    }
    // Another reader may have loaded and moved it meanwhile.
    return this.#cached<Tail>(stream) ?? this.#keep(tail);
  }

  /** Forgets a stream whose last decision did not become durable, and those it read that may have moved since. */
  forget(tail: Tail, moved: readonly string[] = []): void {
    if (this.#tails.get(tail.stream) === tail) this.#tails.delete(tail.stream);
    for (const stream of moved) this.#tails.delete(stream);
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

  #cached<T extends Tail>(stream: string): T | undefined {
    const found = this.#tails.get(stream);
    if (found === undefined) return undefined;
    this.#tails.delete(stream);
    this.#tails.set(stream, found);
    // A stream's name tells what is folded from it.
    return found as T;
  }

  /** The one that goes was not used while all others were: nothing of it is still on its way to the log. */
  #keep<T extends Tail>(tail: T): T {
    if (this.#tails.size >= CACHED) {
      const [oldest] = this.#tails.keys();
      if (oldest !== undefined) this.#tails.delete(oldest);
    }
    this.#tails.set(tail.stream, tail);
    return tail;
  }

  #moveTo(tail: Tail, recorded: RecordedEvent): LedgerEvent {
    const event = decodeEvent(recorded.leaf);
    tail.revision = recorded.revision;
    tail.prev = Buffer.from(recorded.leafHash).toString('hex');
    this.onLoaded(event.metadata.recordedAt);
    return event;
  }

  async #fold<S>(
    stream: string,
    initial: S,
    step: (state: S, event: LedgerEvent) => S,
  ): Promise<Tail & { state: S }> {
    const loaded = { stream, revision: -1n, prev: '', state: initial };
    const read = async (): Promise<void> => {
      for await (const batch of this.store.readStream(stream))
        for (const recorded of batch)
          loaded.state = step(loaded.state, this.#moveTo(loaded, recorded));
    };
    await read();
    if (loaded.revision < 0n) {
      // Another node may have registered it just now.
      await this.store.caughtUp();
      await read();
    }
    const meanwhile = this.#cached<Tail & { state: S }>(stream);
    return meanwhile ?? (loaded.revision < 0n ? loaded : this.#keep(loaded));
  }
}
