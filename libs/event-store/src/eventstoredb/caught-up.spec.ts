import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import {
  OnDouble,
  byAnother,
  onServer,
  oneEvent,
  type EventStoreDbDouble,
} from '../testing/eventstoredb/index.js';
import { NO_STREAM } from '../event-store.js';
import type { EventStoreDbEventStore } from './eventstoredb-event-store.js';

describe('a log on a server that others write too', () => {
  let on: OnDouble;
  let double: EventStoreDbDouble;
  let store: EventStoreDbEventStore;
  beforeEach(async () => {
    on = new OnDouble();
    double = await on.server();
    store = await on.store(double.url, { timing: { callMs: 250, patienceMs: 500 } });
  });
  afterEach(async () => on.end());

  const written = (stream: string, n: number): void => {
    double.log.append(stream, 'any', [byAnother(n)]);
  };

  it('is read as far as the server had it, once it has caught up', async () => {
    await store.append(oneEvent('a', NO_STREAM, 0));
    double.isPushing = false;
    written(onServer('b'), 1);
    // Behind it is more of another program than one look at the end shows.
    for (let n = 2; n < 50; n += 1) written('of-another-program', n);
    const caughtUp = store.caughtUp().then(async () => store.head());
    double.isPushing = true;
    written('of-another-program', 50);
    expect((await caughtUp).size).toBe(2n);
    expect((await store.streamHead('b'))?.revision).toBe(0n);
  });

  it('is caught up with when nothing is newer, also where there is nothing', async () => {
    await store.caughtUp();
    written('of-another-program', 0);
    await store.caughtUp();
    await store.append(oneEvent('a', NO_STREAM, 1));
    await store.caughtUp();
    expect((await store.head()).size).toBe(1n);
  });

  it('says UNAVAILABLE when what is there does not come in time', async () => {
    double.isPushing = false;
    written(onServer('b'), 1);
    await expect(store.caughtUp()).rejects.toMatchObject({ code: 'UNAVAILABLE' });
  });
});
