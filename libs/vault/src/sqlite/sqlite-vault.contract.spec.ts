import { DatabaseSync } from '@photostructure/sqlite';
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { vaultContract } from '../testing/vault-contract.js';
import { SqliteVault } from './sqlite-vault.js';

vaultContract('SqliteVault', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'pdl-vault-'));
  return {
    open: async (options) =>
      SqliteVault.open({ file: join(directory, 'vault.db'), mode: 'write', ...options }),
    stored: async () => readdirSync(directory).map((name) => readFileSync(join(directory, name))),
    bury: async (...row) => {
      const database = new DatabaseSync(join(directory, 'vault.db'));
      const [subject, order, receipt] = row;
      const sql = 'INSERT INTO tombstones VALUES (?, ?, ?, ?)';
      database.prepare(sql).run(subject, '', order, receipt);
      database.close();
    },
    remove: async () => rmSync(directory, { recursive: true }),
  };
});
