import { afterAll, beforeAll } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { buffer } from 'node:stream/consumers';
import { GenericContainer, Wait, type StartedTestContainer } from 'testcontainers';
import { PostgresViewPlace } from '#projections/postgres';
import { viewContract } from '#projections/testing';
import { PostgresVault } from '#vault/postgres';
import { vaultContract } from '#vault/testing';
import { databaseAt, rowsAt } from '../postgresql/server-for-tests.js';
import { START_MS, imageOf, inContainers } from './engine.js';

const DATA = '/var/lib/postgresql/data';

inContainers('vault and views in a container of PostgreSQL', () => {
  const password = randomUUID();
  let server: StartedTestContainer;
  let databases = 0;
  beforeAll(async () => {
    server = await new GenericContainer(imageOf('database'))
      .withEnvironment({ POSTGRES_PASSWORD: password })
      .withExposedPorts(5432)
      .withHealthCheck({
        test: ['CMD', 'pg_isready', '--host=127.0.0.1', '--username=postgres'],
        interval: 1_000,
        timeout: 5_000,
        retries: 120,
      })
      .withWaitStrategy(Wait.forHealthCheck())
      .withStartupTimeout(START_MS)
      .start();
  }, START_MS);
  afterAll(async () => server.stop());

  vaultContract('PostgresVault', async () => {
    const url = await database();
    return {
      open: async (options) => PostgresVault.open({ ...options, url, mode: 'create' }),
      // Everything that the server has written, as one archive, which compresses nothing.
      stored: async () => {
        await rowsAt(url, 'CHECKPOINT');
        return [await buffer(await server.copyArchiveFromContainer(DATA))];
      },
      bury: async (subject, order, receipt) => {
        const row = [subject, '', order, receipt].map((cell) => `'${cell}'`);
        await rowsAt(url, `INSERT INTO pdl_vault.tombstones VALUES (${row.join()})`);
      },
      remove: async () => undefined,
    };
  });

  viewContract(
    'PostgresViewPlace',
    async () => {
      const url = await database();
      return {
        place: (views, ledgerId) => new PostgresViewPlace({ url, views, ledgerId }),
        damage: async () => {
          await rowsAt(url, 'ALTER TABLE pdl_views.thirds DROP COLUMN part');
        },
        remove: async () => undefined,
      };
    },
    8,
  );

  /** Url of a fresh database. */
  async function database(): Promise<string> {
    databases += 1;
    const at = `${server.getHost()}:${server.getMappedPort(5432)}`;
    return databaseAt(`postgres://postgres:${password}@${at}/postgres`, `pdl_${databases}`);
  }
});
