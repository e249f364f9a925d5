import type { SeenLog } from '../vault.js';

/** The log as it was seen, as bytes. */
export function packSeen({ ledgerId, size, hash }: SeenLog): Buffer {
  const bytes = Buffer.alloc(76);
  bytes.writeBigUInt64BE(size, 0);
  bytes.set(hash, 8);
  bytes.write(ledgerId, 40, 'latin1');
  return bytes;
}

/** What `packSeen` made. */
export function unpackSeen(bytes: Buffer): SeenLog {
  return {
    ledgerId: bytes.toString('latin1', 40),
    size: bytes.readBigUInt64BE(0),
    hash: Uint8Array.from(bytes.subarray(8, 40)),
  };
}
