import { viewContract } from '#projections/testing';
import { PostgresViewPlace } from '#projections/postgres';
import { onPostgres } from './server-for-tests.js';

onPostgres('views', (server) => {
  viewContract(
    'PostgresViewPlace',
    async () => {
      const url = await server.database();
      return {
        place: (views, ledgerId) => new PostgresViewPlace({ url, views, ledgerId }),
        damage: async () => {
          await server.run('ALTER TABLE pdl_views.thirds DROP COLUMN part', url);
        },
        remove: async () => undefined,
      };
    },
    8,
  );
});
