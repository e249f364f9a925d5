import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { Housekeeping, ViewFollower, type Ledger } from '#ledger';
import { onPostgres, type ServerForTests } from '../postgresql/server-for-tests.js';
import { begins } from './sayings.js';
import { SharedStores, told } from './shared-stores.js';

onPostgres('the node that leads', (server) =>
  // Closed before the server stops.
  describe('of several', () => leadingNode(server)),
);

function leadingNode(server: ServerForTests): void {
  let stores: SharedStores;
  let leading: Ledger;
  let other: Ledger;
  beforeAll(async () => {
    stores = await SharedStores.made(server);
    leading = await stores.opened('first');
    expect(await leading.liveViews.isLeading()).toBe(true);
    other = await stores.opened('second');
    expect(await other.liveViews.isLeading()).toBe(false);
  });
  afterAll(async () => stores.close());

  it('folds what another one records, without being asked', async () => {
    const errors: unknown[] = [];
    const neverByItself = 2 ** 31 - 1;
    const follower = new ViewFollower(leading, neverByItself, (_, error) => errors.push(error));
    follower.start();
    expect(new Set(await told(other, ...begins('somebody')))).toEqual(new Set(['accepted']));
    while ((await other.viewLag()) > 0n);
    await follower.stop();
    expect(errors).toEqual([]);
  });

  it('sweeps what a killed one left pending, once it can no longer come', async () => {
    const { vault } = other.parts;
    const [id, eventId] = [randomUUID(), randomUUID()];
    const named = { source: 'urn:nodes', reference: 'left behind' };
    await vault.ahead({ references: [named] });
    const target = { kind: 'subject', id, eventId } as const;
    vault.stageReference('quicklid', named.source, named.reference, target);
    await vault.commit();
    const pending = `SELECT 1 FROM pdl_vault.claims WHERE event = '${eventId}'`;
    const again = async (): Promise<readonly string[]> =>
      told(leading, ...begins(named.reference).slice(0, 1));
    await new Housekeeping(leading, 0).tend();
    expect(await stores.run(pending)).toHaveLength(1);
    await expect(again()).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    await stores.letPass(121);
    await new Housekeeping(leading, 0).tend();
    expect(await stores.run(pending)).toEqual([]);
    expect(await again()).toEqual(['accepted']);
  });

  it('lets go of everything when it is closed while the database is away', async () => {
    const third = await stores.opened('third');
    await server.own.stop();
    await expect(stores.closed(third)).rejects.toMatchObject({ code: 'IO' });
    await server.own.start();
    // Its lock and its index file are free again.
    await stores.opened('third');
  });

  it('ends, with all others, when a newer program records what it does not know', async () => {
    expect(stores.fatal).toEqual([]);
    stores.appendUnknown('PlanetMoved');
    await Promise.all([leading.others?.caughtUp(), other.others?.caughtUp()]);
    while (stores.fatal.length < 3) await new Promise((resolve) => setImmediate(resolve));
    expect(stores.fatal[0]).toMatchObject({ code: 'UNKNOWN_EVENT' });
  });
}
