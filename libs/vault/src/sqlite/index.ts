export { SqliteVault, type SqliteVaultOptions } from './sqlite-vault.js';
export { VaultFileRows } from './vault-file-rows.js';
