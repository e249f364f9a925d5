import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { LedgerEvent } from '#domain';
import { rotateKeys, submit, type Ledger } from '#ledger';
import { onPostgres, type ServerForTests } from '../postgresql/server-for-tests.js';
import { BACKEND, begins, said, type Saying } from './sayings.js';
import { SharedStores, eventsOf, told } from './shared-stores.js';

/** Withdrawals while the other node uses: `PDL_RACES=10000` runs the long one. */
const RACES = Number(process.env['PDL_RACES'] ?? 240);
/** Streams do not grow with the number of races: people do. */
const RACES_EACH = 10;
/** People who are raced at the same time. */
const LANES = 24;
/** A withdrawal is two events: the third of them expects the revision that those leave. */
const USES = [0, 1, 2, 3];

onPostgres('several nodes', (server) =>
  // Closed before the server stops.
  describe('on one EventStoreDB and one PostgreSQL', () => severalNodes(server)),
);

function severalNodes(server: ServerForTests): void {
  let stores: SharedStores;
  let ledger: Ledger;
  beforeAll(async () => {
    stores = await SharedStores.made(server);
    ledger = await stores.opened('first');
  });
  afterAll(async () => stores.close());

  it(`records no lawful use between a withdrawal and the next consent, in ${RACES} races`, async () => {
    const people = Array.from({ length: RACES / RACES_EACH }, (_, n) => `raced ${n}`);
    await told(ledger, ...people.flatMap(begins));
    const [one, two] = await Promise.all([stores.node('one', '300000'), stores.node('two')]);
    const seen = new Set<string>();
    const race = async (person: string): Promise<void> => {
      for (let round = 0; round < RACES_EACH; round += 1) {
        const id = `${person} ${round}`;
        const [withdrawal, uses] = await Promise.all([
          one.say([person, 'consent.withdrawn', `${id} withdrawn`]),
          // Each is decided behind the one before it, whatever comes in between.
          two.say(...USES.map((n): Saying => [person, 'operation.use', `${id} used ${n}`])),
        ]);
        expect(withdrawal).toEqual(['accepted']);
        seen.add(uses.join(' '));
        expect(await two.say([person, 'consent.given', `${id} given`])).toEqual(['accepted']);
      }
    };
    const lane = async (): Promise<void> => {
      for (let person = people.pop(); person !== undefined; person = people.pop())
        await race(person);
    };
    await Promise.all(Array.from({ length: LANES }, lane));
    // Once one is refused, all that come after it are.
    const inOrder = [...seen].every((codes) =>
      /^(?:accepted ?)*(?:CONSENT_WITHDRAWN ?)*$/u.test(codes),
    );
    expect([inOrder, seen]).toEqual([true, seen]);
    expect(seen.size).toBeGreaterThan(1);
    expect(unlawful(await eventsOf(ledger))).toEqual([]);
    await stores.expectWhole(ledger);
  }, 1_200_000);

  it('loses nothing and repeats nothing when a node is killed, and folds on without it', async () => {
    await told(ledger, ...begins('killed'));
    await stores.endLease();
    const victim = await stores.node('three');
    const uses = Array.from({ length: 200 }, (_, n): Saying => [
      'killed',
      'operation.use',
      `each ${n}`,
    ]);
    let answered = 0;
    for (const use of uses.slice(0, 20)) answered += (await victim.say(use)).length;
    // The rest is on its way when it dies.
    for (const use of uses.slice(20)) void victim.say(use).then(() => (answered += 1));
    await victim.say(['killed', 'operation.use', 'last']);
    await victim.kill();
    expect(await ledger.liveViews.isLeading()).toBe(false);
    await stores.endLease();
    const before = answered;
    const codes = await told(ledger, ...uses);
    expect(codes.slice(0, 20)).toEqual(Array.from({ length: 20 }, () => 'duplicate'));
    expect(codes.filter((code) => code === 'duplicate').length).toBeGreaterThanOrEqual(before);
    expect(new Set([...codes, 'accepted'])).toEqual(new Set(['duplicate', 'accepted']));
    await stores.expectWhole(ledger);
  });

  it('completes a destruction that a killed node had ordered', async () => {
    await told(ledger, ...begins('left'), ['left', 'purpose.achieved', 'left achieved']);
    const other = await stores.opened('four');
    // Its vault is gone when the order is in the log: nothing of it is carried out there.
    const destroy = other.parts.vault.destroy.bind(other.parts.vault);
    other.parts.vault.destroy = async () => Promise.reject(new Error('killed'));
    const order = submit(other, said('left', 'operation.destroy', 'left destroyed'), BACKEND);
    await expect(order).rejects.toThrow('killed');
    await ledger.others?.caughtUp();
    expect(ledger.others?.isAllFinished).toBe(false);
    await ledger.others?.finishAbandoned(0);
    await ledger.others?.caughtUp();
    expect(ledger.others?.isAllFinished).toBe(true);
    other.parts.vault.destroy = destroy;
    const done = (await eventsOf(ledger)).filter(({ type }) => type === 'DataDestroyed');
    expect(done).toHaveLength(1);
    await stores.expectWhole(ledger);
  });

  it('forgets the key of whom another node destroyed', async () => {
    await told(ledger, ...begins('gone'), ['gone', 'purpose.achieved', 'gone achieved']);
    const [subject] = ledger.parts.vault.resolve('urn:nodes', 'gone').map(({ id }) => id);
    const at = { operator: 'quicklid', subject: subject ?? '', eventType: 'DataUsed' };
    const context = { ...at, eventId: 'e', schemaVersion: '1' };
    // At hand: a value can be sealed.
    ledger.parts.vault.seal('subject', context, { 'quicklid:name': 'x' });
    await ledger.parts.vault.discard(['e']);
    await ledger.parts.vault.ahead({ subjects: [subject ?? ''] });
    const other = await stores.opened('five');
    const destroyed = await submit(other, said('gone', 'operation.destroy', 'gone now'), BACKEND);
    expect(destroyed).toMatchObject({ status: 'accepted' });
    await ledger.others?.caughtUp();
    expect(() => ledger.parts.vault.seal('subject', context, { 'quicklid:name': 'x' })).toThrow(
      expect.objectContaining({ code: 'NOT_AT_HAND' }),
    );
    const use = await submit(ledger, said('gone', 'operation.use', 'gone used'), BACKEND);
    expect(use).toMatchObject({ code: 'DESTROYED' });
  });

  it('goes on under the keys that another node rotated, and keeps none of the old ones', async () => {
    await told(ledger, ...begins('wrapped'));
    const epoch = (): Buffer => ledger.parts.keys.epochKey('quicklid', 1);
    expect(epoch()).toHaveLength(32);
    const other = await stores.opened('six');
    const { retired } = await rotateKeys(other, 'all', { name: 'admin' });
    expect(retired).toContainEqual(expect.objectContaining({ operator: 'quicklid', epoch: 1 }));
    await ledger.others?.caughtUp();
    expect(epoch).toThrow(expect.objectContaining({ code: 'NO_KEY' }));
    const codes = await told(ledger, ...begins('after'), ['wrapped', 'operation.collect', 'again']);
    expect(new Set(codes)).toEqual(new Set(['accepted']));
    await stores.expectWhole(ledger);
  });
}

/** Uses that were lawful while no consent was. */
function unlawful(all: readonly LedgerEvent[]): readonly string[] {
  const withdrawn = new Set<string>();
  return all.flatMap((event) => {
    if (event.type === 'ConsentWithdrawn') withdrawn.add(event.stream);
    if (event.type === 'ConsentGiven') withdrawn.delete(event.stream);
    return event.type === 'DataUsed' && withdrawn.has(event.stream) ? [event.id] : [];
  });
}
