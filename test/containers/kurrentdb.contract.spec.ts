import { afterAll, beforeAll } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { GenericContainer, Wait, type StartedTestContainer } from 'testcontainers';
import { eventStoreContract } from '#event-store/testing';
import { OnDouble } from '#event-store/testing/eventstoredb';
import { START_MS, imageOf, inContainers } from './engine.js';

inContainers('a log in a container of KurrentDB', () => {
  let server: StartedTestContainer;
  beforeAll(async () => {
    server = await new GenericContainer(imageOf('store'))
      .withPlatform('linux/amd64')
      .withEnvironment({
        KURRENTDB_INSECURE: 'true',
        KURRENTDB_RUN_PROJECTIONS: 'None',
        KURRENTDB_TELEMETRY_OPTOUT: 'true',
      })
      .withExposedPorts(2113)
      .withHealthCheck({
        test: ['CMD', 'curl', '--fail', '--silent', 'http://localhost:2113/health/live'],
        interval: 1_000,
        timeout: 5_000,
        retries: 120,
      })
      .withWaitStrategy(Wait.forHealthCheck())
      .withStartupTimeout(START_MS)
      .start();
  }, START_MS);
  afterAll(async () => server.stop());

  // Each test is a ledger of its own on the same server.
  eventStoreContract('EventStoreDbEventStore', async () => {
    const on = new OnDouble();
    const url = `esdb://${server.getHost()}:${server.getMappedPort(2113)}?tls=false`;
    const timing = { callMs: 5_000, patienceMs: 20_000 };
    const options = { ledgerId: randomUUID(), isBesideOthers: true, timing };
    return {
      open: async () => on.store(url, options),
      remove: async () => on.end(),
      durable: true,
    };
  });
});
