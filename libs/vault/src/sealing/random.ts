import { randomFillSync } from 'node:crypto';

/** Gives fresh random bytes; a parameter, so that known answers can be frozen in a test. */
export type Random = (size: number) => Buffer;

const POOL = 8192;

/** Random bytes from a small pool of this process: a fork or worker has its own, none gives a byte twice. */
export function pooledRandom(): Random {
  const pool = Buffer.alloc(POOL);
  let used = POOL;
  return (size) => {
    if (used + size > POOL) {
      randomFillSync(pool);
      used = 0;
    }
    const bytes = Buffer.from(pool.subarray(used, used + size));
    pool.fill(0, used, used + size);
    used += size;
    return bytes;
  };
}
