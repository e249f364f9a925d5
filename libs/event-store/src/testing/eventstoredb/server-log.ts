/** Revision that an append expects, as the server's API says it. */
export type Expected = bigint | 'any' | 'no_stream' | 'stream_exists';

/** An event as a client proposes it. */
export interface Proposed {
  readonly id: string;
  readonly type: string;
  readonly contentType: string;
  readonly data: Uint8Array;
  readonly metadata: Uint8Array;
}

/** An event as the server holds it. */
export interface Held extends Proposed {
  readonly stream: string;
  readonly revision: bigint;
  /** Commit and prepare position alike, as in logs of today. */
  readonly position: bigint;
  /** Ticks of 100 ns; whatever the server's clock said. */
  readonly created: bigint;
}

/** What came of an append: where it landed, or the revision that was not expected (undefined: no stream). */
export type Outcome =
  | { readonly revision: bigint; readonly position: bigint }
  | { readonly current: bigint | undefined };

const HEADER_BYTES = 137n;
const TICKS_A_MS = 10_000n;

/** What a server keeps on its disk: outlives the server that serves it, and may be served by several. */
export class ServerLog {
  readonly all: Held[] = [];
  readonly #streams = new Map<string, Held[]>();
  readonly #listeners = new Set<() => void>();
  #end = 0n;
  /** Milliseconds since 1970 as the server believes. */
  clock = (): number => 0;

  /**
   * As the server does it: the events of a repeat are recognised by the revisions after the expected one alone, so
   * that the same ids with a correct newer revision are appended again.
   */
  append(stream: string, expected: Expected, events: readonly Proposed[]): Outcome {
    const held = this.#streams.get(stream) ?? [];
    if (!fits(held.length, expected)) return repeated(held, expected, events);
    this.#streams.set(stream, held);
    for (const event of events) {
      const created = BigInt(this.clock()) * TICKS_A_MS;
      const next = {
        ...event,
        stream,
        revision: BigInt(held.length),
        position: this.#end,
        created,
      };
      this.#end += HEADER_BYTES + BigInt(event.data.length);
      held.push(next);
      this.all.push(next);
    }
    this.wake();
    return landed(held.at(-1));
  }

  /** Calls back who listens. */
  wake(): void {
    for (const listener of [...this.#listeners]) listener();
  }

  stream(name: string): readonly Held[] | undefined {
    return this.#streams.get(name);
  }

  revisionOf(name: string): bigint | undefined {
    return this.#streams.get(name)?.at(-1)?.revision;
  }

  /** Calls back after each append until the returned function is called. */
  onAppend(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** A log that holds the first `size` events only, as after a restore of an old backup. */
  upTo(size: number): ServerLog {
    const older = new ServerLog();
    for (const { stream, revision, ...event } of this.all.slice(0, size)) {
      older.append(stream, revision === 0n ? 'no_stream' : revision - 1n, [event]);
    }
    return older;
  }
}

function fits(length: number, expected: Expected): boolean {
  if (expected === 'any') return true;
  if (expected === 'stream_exists') return length > 0;
  return BigInt(length) - 1n === (expected === 'no_stream' ? -1n : expected);
}

function repeated(held: readonly Held[], expected: Expected, events: readonly Proposed[]): Outcome {
  const from =
    expected === 'no_stream' ? 0 : typeof expected === 'bigint' ? Number(expected) + 1 : 0;
  const there = held.slice(from, from + events.length);
  const isRepeat =
    there.length === events.length && there.every(({ id }, n) => id === events[n]?.id);
  return isRepeat ? landed(there.at(-1)) : { current: held.at(-1)?.revision };
}

function landed(last: Held | undefined): Outcome {
  return { revision: last?.revision ?? -1n, position: last?.position ?? 0n };
}
