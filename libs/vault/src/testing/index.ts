export { vaultContract, type VaultUnderTest } from './vault-contract.js';
