import { createHash } from 'node:crypto';

const LEAF = Uint8Array.of(0x00);
const LINK = Uint8Array.of(0x01);

/** Running hash of an empty log: 32 zero bytes. */
export const EMPTY_LOG_HASH: Uint8Array = new Uint8Array(32);

/** Leaf hash of canonical leaf bytes: SHA-256(0x00 ‖ leaf), RFC 6962 §2.1; 32 bytes. */
export function leafHash(leaf: Uint8Array): Uint8Array {
  return createHash('sha256').update(LEAF).update(leaf).digest();
}

/** Running hash of the log after one more leaf: SHA-256(0x01 ‖ previous ‖ leafHash); 32 bytes. */
export function nextLogHash(previous: Uint8Array, leaf: Uint8Array): Uint8Array {
  return createHash('sha256').update(LINK).update(previous).update(leaf).digest();
}
