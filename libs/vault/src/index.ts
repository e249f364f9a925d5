export {
  Vault,
  type DestructionOrder,
  type EnvelopeContext,
  type EpochStatus,
  type Identifier,
  type JsonValue,
  type OpenRequest,
  type Opened,
  type Receipt,
  type Reference,
  type Retiring,
  type Scope,
  type Sealed,
  type SealedEvent,
  type SeenLog,
  type Values,
  type Wanted,
  type VaultFault,
} from './vault.js';
export { VaultError, type VaultErrorCode } from './vault-error.js';
export { holdsKeys, shredKeys } from './keys/key-files.js';
export { KeyDirectory, type RootOptions } from './keys/key-directory.js';
