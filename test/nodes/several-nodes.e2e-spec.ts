import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { LedgerEvent } from '#domain';
import { EventStoreDbDouble } from '#event-store/testing/eventstoredb';
import {
  SystemClock,
  decodeRecorded,
  initLedger,
  ledgerFiles,
  openLedger,
  rotateKeys,
  shippedPolicies,
  submit,
  submitAll,
  verifyLedger,
  type Ledger,
  type LedgerFiles,
} from '#ledger';
import { onPostgres, type ServerForTests } from '../postgresql/server-for-tests.js';
import { KillableNode } from './killable-node.js';
import { BACKEND, begins, said, type Saying } from './sayings.js';

/** Withdrawals while the other node uses: `PDL_RACES=10000` runs the long one. */
const RACES = Number(process.env['PDL_RACES'] ?? 240);
const PEOPLE = 24;
/** A withdrawal is two events: the third of them expects the revision that those leave. */
const USES = [0, 1, 2, 3];

onPostgres('several nodes', (server) =>
  // Closed before the server stops.
  describe('on one EventStoreDB and one PostgreSQL', () => severalNodes(server)),
);

function severalNodes(server: ServerForTests): void {
  let base: string;
  let double: EventStoreDbDouble;
  let database: string;
  let ledger: Ledger;
  const nodes: KillableNode[] = [];
  const ledgers: Ledger[] = [];
  beforeAll(async () => {
    base = mkdtempSync(join(tmpdir(), 'pdl-nodes-'));
    double = await EventStoreDbDouble.start();
    database = await server.database();
    const clock = new SystemClock();
    await initLedger({ files: files('first'), clock, policies: shippedPolicies(), by: 'test' });
    ledger = await opened('first');
  });
  afterAll(async () => {
    for (const each of nodes) await each.kill();
    for (const each of ledgers.reverse()) await each.close();
    await double.down();
    rmSync(base, { recursive: true });
  });

  it(`records no lawful use between a withdrawal and the next consent, in ${RACES} races`, async () => {
    const people = Array.from({ length: PEOPLE }, (_, n) => `raced ${n}`);
    await told(...people.flatMap(begins));
    const [one, two] = await Promise.all([node('one', '300000'), node('two')]);
    const seen = new Set<string>();
    const race = async (person: string): Promise<void> => {
      for (let round = 0; round < RACES / PEOPLE; round += 1) {
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
    await Promise.all(people.map(race));
    // Once one is refused, all that come after it are.
    const inOrder = [...seen].every((codes) =>
      /^(?:accepted ?)*(?:CONSENT_WITHDRAWN ?)*$/u.test(codes),
    );
    expect([inOrder, seen]).toEqual([true, seen]);
    expect(seen.size).toBeGreaterThan(1);
    expect(unlawful(await events())).toEqual([]);
    await expectWhole();
  }, 1_200_000);

  it('loses nothing and repeats nothing when a node is killed, and folds on without it', async () => {
    await told(...begins('killed'));
    await endLease();
    const victim = await node('three');
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
    await endLease();
    const before = answered;
    const codes = await told(...uses);
    expect(codes.slice(0, 20)).toEqual(Array.from({ length: 20 }, () => 'duplicate'));
    expect(codes.filter((code) => code === 'duplicate').length).toBeGreaterThanOrEqual(before);
    expect(new Set([...codes, 'accepted'])).toEqual(new Set(['duplicate', 'accepted']));
    await expectWhole();
  });

  it('completes a destruction that a killed node had ordered', async () => {
    await told(...begins('left'), ['left', 'purpose.achieved', 'left achieved']);
    const other = await opened('four');
    // Its vault is gone when the order is in the log: nothing of it is carried out there.
    const destroy = other.parts.vault.destroy.bind(other.parts.vault);
    other.parts.vault.destroy = async () => Promise.reject(new Error('killed'));
    const order = submit(other, said('left', 'operation.destroy', 'left destroyed'), BACKEND);
    await expect(order).rejects.toThrow('killed');
    await ledger.others?.caughtUp();
    expect(ledger.others?.isNoOrderOpen).toBe(false);
    await ledger.others?.completeAbandoned(0);
    await ledger.others?.caughtUp();
    expect(ledger.others?.isNoOrderOpen).toBe(true);
    other.parts.vault.destroy = destroy;
    const done = (await events()).filter(({ type }) => type === 'DataDestroyed');
    expect(done).toHaveLength(1);
    await expectWhole();
  });

  it('forgets the key of whom another node destroyed', async () => {
    await told(...begins('gone'), ['gone', 'purpose.achieved', 'gone achieved']);
    const [subject] = ledger.parts.vault.resolve('urn:nodes', 'gone').map(({ id }) => id);
    const at = { operator: 'quicklid', subject: subject ?? '', eventType: 'DataUsed' };
    const context = { ...at, eventId: 'e', schemaVersion: '1' };
    // At hand: a value can be sealed.
    ledger.parts.vault.seal('subject', context, { 'quicklid:name': 'x' });
    await ledger.parts.vault.discard(['e']);
    await ledger.parts.vault.ahead({ subjects: [subject ?? ''] });
    const other = await opened('five');
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
    await told(...begins('wrapped'));
    const epoch = (): Buffer => ledger.parts.keys.epochKey('quicklid', 1);
    expect(epoch()).toHaveLength(32);
    const other = await opened('six');
    const { retired } = await rotateKeys(other, true, { name: 'admin' });
    expect(retired).toContainEqual(expect.objectContaining({ operator: 'quicklid', epoch: 1 }));
    await ledger.others?.caughtUp();
    expect(epoch).toThrow(expect.objectContaining({ code: 'NO_KEY' }));
    const codes = await told(...begins('after'), ['wrapped', 'operation.collect', 'again']);
    expect(new Set(codes)).toEqual(new Set(['accepted']));
    await expectWhole();
  });

  function files(name: string): LedgerFiles {
    const keys = join(base, 'keys');
    return ledgerFiles(join(base, name), keys, { store: double.url, database });
  }

  /** A data directory of its own; keys are shared. */
  function joined(name: string): string {
    const directory = join(base, name);
    mkdirSync(directory, { recursive: true });
    if (name !== 'first') cpSync(files('first').identity, files(name).identity);
    return directory;
  }

  async function opened(name: string): Promise<Ledger> {
    joined(name);
    const onFatal = (error: Error): never => {
      throw error;
    };
    const made = await openLedger({ files: files(name), clock: new SystemClock(), onFatal });
    ledgers.push(made);
    return made;
  }

  async function node(name: string, behindMs = '0'): Promise<KillableNode> {
    const at = [joined(name), join(base, 'keys'), double.url, database, behindMs];
    const made = await KillableNode.open(...at);
    nodes.push(made);
    return made;
  }

  /** As when five seconds have passed. */
  async function endLease(): Promise<void> {
    const sql = 'UPDATE pdl_nodes.leases SET expires = clock_timestamp()';
    await server.run(sql, database);
  }

  async function told(...sayings: readonly Saying[]): Promise<readonly string[]> {
    const { answers } = await submitAll(
      ledger,
      sayings.map((saying) => said(...saying)),
      BACKEND,
    );
    return (await answers).map(({ code, status }) => code ?? status);
  }

  async function events(): Promise<readonly LedgerEvent[]> {
    const all: LedgerEvent[] = [];
    for await (const batch of ledger.parts.store.readAll()) all.push(...batch.map(decodeRecorded));
    return all;
  }

  /** Chain, verdicts, values and views, as whoever comes later sees them. */
  async function expectWhole(): Promise<void> {
    await ledger.views();
    const { faults } = await verifyLedger(files('first'), { now: new Date() });
    expect(faults).toEqual([]);
  }
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
