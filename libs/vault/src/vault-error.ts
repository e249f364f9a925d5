/** Why the vault said no. */
export type VaultErrorCode =
  | 'NO_ROOT_KEY'
  | 'WRONG_ROOT_KEY'
  | 'KEY_FILE_MODE'
  | 'NO_KEY'
  | 'UNKNOWN_OPERATOR'
  | 'UNKNOWN_SUBJECT'
  | 'DESTROYED'
  | 'DISK_FULL'
  | 'READ_ONLY'
  | 'ACCESS_DENIED'
  | 'TLS'
  | 'NOT_FOUND'
  | 'NOT_AT_HAND'
  | 'NOT_DURABLE'
  | 'SQLITE_TOO_OLD'
  | 'NEWER_FORMAT'
  | 'WRONG_LOG'
  | 'OCCUPIED'
  | 'CORRUPT'
  | 'IO'
  | 'CLOSED';

/** The only error the vault throws. The message never holds a value, an identifier, a reference or a key. */
export class VaultError extends Error {
  override readonly name = 'VaultError';

  constructor(
    readonly code: VaultErrorCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
