/** Groups whose answers may be under way at once: what bounds the memory of a stream of any length. */
const GROUPS_IN_FLIGHT = 8;

/** Something that was taken; its answer comes later. */
export interface Taken {
  readonly answer: Promise<string>;
}

/**
 * Answers to a stream, in order, each as soon as it is there: a sender that waits for its answers gets them before it
 * sends on. Nobody taking them stops the reading; whoever stops taking them ends it: what was taken by then is recorded
 * whole.
 */
export async function* answerStream<Group>(
  groups: AsyncIterable<Group>,
  take: (group: Group) => Promise<Taken>,
): AsyncGenerator<string> {
  const reader = new Reader(groups[Symbol.asyncIterator]());
  const waiting: Taken[] = [];
  while (!reader.ended || waiting.length > 0) {
    const [oldest] = waiting;
    const mayRead = !reader.ended && waiting.length < GROUPS_IN_FLIGHT;
    if (oldest !== undefined && !(mayRead && (await reader.comesBefore(oldest.answer)))) {
      yield await oldest.answer;
      waiting.shift();
      continue;
    }
    const group = await reader.next();
    if (group !== undefined) waiting.push(await take(group));
  }
}

/** Reads one ahead, so that it can be told whether there is more. */
class Reader<Group> {
  ended = false;
  #coming: Promise<IteratorResult<Group, unknown>>;

  constructor(private readonly groups: AsyncIterator<Group, unknown>) {
    this.#coming = this.#read();
  }

  /** The next group, undefined at the end. */
  async next(): Promise<Group | undefined> {
    const { done, value } = await this.#coming;
    if (done === true) {
      this.ended = true;
      return undefined;
    }
    this.#coming = this.#read();
    return value;
  }

  /** Whether the next group is there, or the end, before something else is. */
  async comesBefore(other: Promise<unknown>): Promise<boolean> {
    return Promise.race([this.#coming.then(() => true), other.then(() => false)]);
  }

  async #read(): Promise<IteratorResult<Group, unknown>> {
    const coming = this.groups.next();
    // It is awaited with the next call; the stream may break before.
    coming.catch(() => undefined);
    return coming;
  }
}
