import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { viewContract } from '../testing/view-contract.js';
import { SqliteViewPlace } from './sqlite-view-place.js';

viewContract('SqliteViewPlace', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'pdl-views-'));
  const file = join(directory, 'views.db');
  return {
    place: (views, ledgerId) => new SqliteViewPlace({ file, views, ledgerId }),
    damage: async () => writeFileSync(file, 'not a database'),
    remove: async () => rmSync(directory, { recursive: true }),
  };
});
