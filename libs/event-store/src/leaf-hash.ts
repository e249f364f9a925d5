import { hash } from 'node:crypto';

const LINK = 0x01;
const HASH_BYTES = 32;

/** Running hash of an empty log: 32 zero bytes. */
export const EMPTY_LOG_HASH: Uint8Array = new Uint8Array(HASH_BYTES);

/** Leaf hash of canonical leaf bytes: SHA-256(0x00 ‖ leaf), RFC 6962 §2.1; 32 bytes. */
export function leafHash(leaf: Uint8Array): Uint8Array {
  const preimage = Buffer.allocUnsafe(1 + leaf.length);
  preimage[0] = 0x00;
  preimage.set(leaf, 1);
  return hash('sha256', preimage, 'buffer');
}

/** Running hash of the log after one more leaf: SHA-256(0x01 ‖ previous ‖ leafHash); 32 bytes. */
export function nextLogHash(previous: Uint8Array, leaf: Uint8Array): Uint8Array {
  const running = new RunningHash(previous);
  running.add(leaf);
  return running.value();
}

/** The running hash of a log carried on over many leaves; a leaf costs one hash and no object. */
export class RunningHash {
  readonly #preimage = Buffer.alloc(1 + 2 * HASH_BYTES, LINK);

  constructor(from: Uint8Array) {
    this.#preimage.set(from, 1);
  }

  /** Carries on over the leaf of this hash. */
  add(leaf: Uint8Array): void {
    this.#preimage.set(leaf, 1 + HASH_BYTES);
    // A string of one byte a character is the cheapest that a hash gives out.
    this.#preimage.write(hash('sha256', this.#preimage, 'binary'), 1, 'binary');
  }

  /** The hash over everything added. */
  value(): Uint8Array {
    return Uint8Array.from(this.#preimage.subarray(1, 1 + HASH_BYTES));
  }
}
