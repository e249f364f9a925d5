import { afterEach, beforeEach, expect, it } from '@jest/globals';
import pg from 'pg';
import { MemoryEventStore } from '#event-store/memory';
import type { ViewDefinition, ViewStore } from '#projections';
import { PostgresViewPlace } from '#projections/postgres';
import { onPostgres } from './server-for-tests.js';

const VIEWS: readonly ViewDefinition<string>[] = [
  { name: 'all', version: 1, columns: ['event'], indexes: [], rows: (event) => [[event]] },
];
const waiting = (sessions: number): string =>
  `SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock' HAVING count(*) = ${sessions}`;
const notLeading = { name: 'ViewError', code: 'NOT_LEADING' };

onPostgres('one projector among several nodes', (server) => {
  let url: string;
  const places: PostgresViewPlace<string>[] = [];
  let one: PostgresViewPlace<string>;
  let other: PostgresViewPlace<string>;
  beforeEach(async () => {
    url = await server.database();
    const store = new MemoryEventStore();
    const made = node();
    await made.build({ store, decode: () => '', views: VIEWS });
    await made.putInPlace();
    [one, other] = [node(), node()];
  });
  afterEach(async () => {
    for (const place of places.splice(0)) await place.close();
  });

  it('is the first that asks, until it lets go', async () => {
    const views = await opened(one);
    await opened(other);
    expect(await one.isLeading()).toBe(true);
    expect(await other.isLeading()).toBe(false);
    await views.apply(0n, ['a']);
    await one.close();
    places.splice(places.indexOf(one), 1);
    expect(await other.isLeading()).toBe(true);
  });

  it('is another one when it does not say in time that it is still there', async () => {
    const views = await opened(one);
    const others = await opened(other);
    expect(await one.isLeading()).toBe(true);
    await expect(others.apply(0n, ['b'])).rejects.toMatchObject(notLeading);
    await views.apply(0n, ['a']);
    await server.run('UPDATE pdl_nodes.leases SET expires = clock_timestamp()', url);
    expect(await other.isLeading()).toBe(true);
    // It was asleep, and does not know: what it writes is refused all the same.
    await expect(views.apply(1n, ['late'])).rejects.toMatchObject(notLeading);
    await others.apply(1n, ['b']);
    expect(await one.isLeading()).toBe(false);
    const rows = await views.select('all', {});
    expect(rows.map(({ cells }) => cells['event'])).toEqual(['a', 'b']);
  });

  it('lets nobody take the lease while it writes', async () => {
    const [views] = [await opened(one), await opened(other)];
    expect(await one.isLeading()).toBe(true);
    await server.run('UPDATE pdl_nodes.leases SET expires = clock_timestamp()', url);
    const holder = new pg.Client({ connectionString: url });
    await holder.connect();
    await holder.query('BEGIN; SELECT 1 FROM pdl_views.meta FOR UPDATE');
    const order: string[] = [];
    const written = views.apply(0n, ['a']).then(() => order.push('written'));
    await server.until(waiting(1), url);
    const taken = other.isLeading().then((leads) => order.push(`taken: ${String(leads)}`));
    await server.until(waiting(2), url);
    await holder.query('COMMIT');
    await holder.end();
    await Promise.all([written, taken]);
    expect(order).toEqual(['written', 'taken: true']);
  });

  function node(): PostgresViewPlace<string> {
    const place = new PostgresViewPlace({ url, views: VIEWS, ledgerId: 'ledger', isShared: true });
    places.push(place);
    return place;
  }

  async function opened(place: PostgresViewPlace<string>): Promise<ViewStore<string>> {
    const found = await place.open();
    if (typeof found === 'string') throw new Error(found);
    return found;
  }
});
