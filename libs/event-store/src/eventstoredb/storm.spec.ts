import { expect, it } from '@jest/globals';
import { NO_STREAM } from '../event-store.js';
import { collected } from '../testing/made-up-events.js';
import {
  OnDouble,
  oneEvent,
  ServerLog,
  type AppendBehaviour,
  type EventStoreDbDouble,
} from '../testing/eventstoredb/index.js';
import type { EventStoreDbEventStore } from './eventstoredb-event-store.js';

const STREAMS = 16;
const EVENTS = 640;
const FAULTS: readonly AppendBehaviour[] = [
  'swallow',
  'write-and-swallow',
  'write-and-break',
  'fail-stream',
  'write-and-fail-stream',
  'not-ready',
];

it('loses nothing and stores nothing twice while calls fail, connections break and leaders change', async () => {
  const on = new OnDouble();
  const log = new ServerLog();
  const [one, other] = [await on.server({ log }), await on.server({ log })];
  const url = `esdb://127.0.0.1:${one.port},127.0.0.1:${other.port}?tls=false`;
  new Storm(one, other).begin();
  const store = await on.store(url, { timing: { callMs: 150, patienceMs: 1_000 } });
  const numbers = Array.from({ length: EVENTS }, (_, n) => n);
  const streams = Array.from({ length: STREAMS }, (_, stream) =>
    appendAll(
      store,
      `s${stream}`,
      numbers.filter((n) => n % STREAMS === stream),
    ),
  );
  await Promise.all(streams);
  const stored = log.all.map(({ id }) => id);
  expect(new Set(stored).size).toBe(EVENTS);
  expect(stored).toHaveLength(EVENTS);
  expect((await collected(store.readAll())).map(({ id }) => id)).toEqual(stored);
  await on.end();
});

/** As the ledger does it: what is in doubt is sent again, and found if it was stored. */
async function appendAll(
  store: EventStoreDbEventStore,
  stream: string,
  numbers: readonly number[],
): Promise<void> {
  let revision = NO_STREAM;
  for (const n of numbers) {
    const append = oneEvent(stream, revision, n);
    for (let isStored = false; !isStored;) {
      isStored = await store.append(append).then(
        () => true,
        async (error: unknown) => {
          expect(error).toMatchObject({
            code: expect.stringMatching(/DOUBT|UNAVAILABLE|REVISION/u),
          });
          return (await store.streamHead(stream))?.revision === revision + 1n;
        },
      );
    }
    revision += 1n;
  }
}

/** Bad weather by the number of appends that came, the same every time. */
class Storm {
  #arrived = 0;

  constructor(
    private readonly one: EventStoreDbDouble,
    private readonly other: EventStoreDbDouble,
  ) {}

  begin(): void {
    this.#lead(this.one, this.other);
    this.one.faults = this.other.faults = () => this.#next();
  }

  #next(): AppendBehaviour {
    this.#arrived += 1;
    const { one, other } = this;
    if (this.#arrived % 90 === 0) one.cut();
    if (this.#arrived % 110 === 0) one.failCalls('read');
    if (this.#arrived % 130 === 0) other.failCalls('append');
    if (this.#arrived % 150 === 0) {
      if (one.leader === undefined) this.#lead(other, one);
      else this.#lead(one, other);
    }
    return this.#arrived % 40 === 0
      ? (FAULTS[(this.#arrived / 40) % FAULTS.length] ?? 'answer')
      : 'answer';
  }

  #lead(leader: EventStoreDbDouble, follower: EventStoreDbDouble): void {
    [leader.leader, follower.leader] = [undefined, leader.port];
    leader.members = follower.members = [leader.port, follower.port];
  }
}
