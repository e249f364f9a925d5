import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { PostgresVault } from '#vault/postgres';
import { vaultContract } from '#vault/testing';
import { onPostgres } from './server-for-tests.js';

onPostgres('the vault', (server) => {
  vaultContract('PostgresVault', async () => {
    const url = await server.database();
    return {
      open: async (options) => PostgresVault.open({ ...options, url, mode: 'create' }),
      stored: async () => {
        await server.run('CHECKPOINT');
        const { data } = server.own;
        const paths = readdirSync(data, { recursive: true, withFileTypes: true });
        return paths
          .filter((entry) => entry.isFile() && /base|pg_wal/u.test(entry.parentPath))
          .map((entry) => readFileSync(join(entry.parentPath, entry.name)));
      },
      bury: async (subject, order, receipt) => {
        const row = [subject, '', order, receipt].map((cell) => `'${cell}'`);
        await server.run(`INSERT INTO pdl_vault.tombstones VALUES (${row.join()})`, url);
      },
      remove: async () => undefined,
    };
  });
});
