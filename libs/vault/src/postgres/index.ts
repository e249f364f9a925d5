export { PostgresVault, type PostgresVaultOptions } from './postgres-vault.js';
export { VaultArrival, rowsWaiting, settleVault, type Taken } from './vault-arrival.js';
