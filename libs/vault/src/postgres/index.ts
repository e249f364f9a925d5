export { assertMayBegin, takeBackVault } from './beginning.js';
export { PostgresVault, type PostgresVaultOptions } from './postgres-vault.js';
export { VaultArrival, rowsWaiting, settleVault, type Taken } from './vault-arrival.js';
