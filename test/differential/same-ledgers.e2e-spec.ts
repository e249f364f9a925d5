import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { EventStoreDbDouble } from '#event-store/testing/eventstoredb';
import { onPostgres } from '../postgresql/server-for-tests.js';
import { SEED, drawn } from '../seed.js';
import { TestClock } from '../test-clock.js';
import { LedgerUnderTest } from './ledger-under-test.js';
import { BEGINNING, ENDING, STEPS } from './steps.js';

/** How many steps: more of them with `PDL_DIFFERENTIAL_STEPS`. */
const COUNT = Number(process.env['PDL_DIFFERENTIAL_STEPS'] ?? 400);

const STATUSES = ['accepted', 'duplicate', 'refused', 'violation', 'invalid'];
const CODE = /"(?:code":"(?=[A-Z_]{5})|status":")(\w+)"/gu;

onPostgres('two ledgers', (server) =>
  describe(`that are asked the same (PDL_SEED=${SEED})`, () => {
    const clock = new TestClock();
    let double: EventStoreDbDouble;
    let embedded: LedgerUnderTest;
    let onServers: LedgerUnderTest;

    beforeAll(async () => {
      double = await EventStoreDbDouble.start();
      embedded = await LedgerUnderTest.begin({}, clock);
      const elsewhere = { store: double.url, database: await server.database() };
      onServers = await LedgerUnderTest.begin(elsewhere, clock);
    });
    afterAll(async () => {
      await embedded.end();
      await onServers.end();
      await double.down();
    });

    it(
      `answer the same, ${COUNT} times`,
      async () => {
        const random = drawn(STEPS);
        const some = Array.from({ length: COUNT }, () => random.next().value);
        const steps = [...BEGINNING, ...some, ...ENDING];
        const said = new Set<string>();
        for (const [n, { does, about, afterMs, ask }] of steps.entries()) {
          clock.move(afterMs);
          const [here, there] = await Promise.all([embedded.answer(ask), onServers.answer(ask)]);
          const asked = { seed: SEED, n, does, about };
          expect({ ...asked, answer: there }).toEqual({ ...asked, answer: here });
          for (const [, code = ''] of JSON.stringify(here).matchAll(CODE)) said.add(code);
        }
        expect([...said]).toEqual(expect.arrayContaining([...STATUSES, 'DESTROYED']));
        expect(said.size).toBeGreaterThan(20);
      },
      120_000 + 300 * COUNT,
    );

    it('have recorded the same', async () => {
      expect(await onServers.events()).toEqual(await embedded.events());
    });

    it('have the same views, which are those that the log says', async () => {
      expect(await onServers.rows()).toEqual(await embedded.rows());
      for (const ledger of [embedded, onServers]) {
        const { live, replayed } = await ledger.digests();
        expect(live).toEqual(replayed);
      }
    });

    it('verify', async () => {
      const verified = await embedded.verify();
      expect(verified).toMatchObject({ faults: [] });
      expect(await onServers.verify()).toEqual(verified);
    });
  }),
);
