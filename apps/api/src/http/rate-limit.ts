import type { Stopwatch } from './stopwatch.js';

interface Bucket {
  tokens: number;
  filledMs: number;
}

const BUCKETS = 10_000;

/** As many requests a second as are allowed, for each bearer; a second's worth may come at once. */
export class RateLimit {
  readonly #buckets = new Map<string, Bucket>();

  constructor(
    private readonly perSecond: number,
    private readonly stopwatch: Stopwatch,
  ) {}

  /** Whether one more request of this bearer is allowed now. */
  take(bearer: string): boolean {
    if (this.perSecond === 0) return true;
    const nowMs = this.stopwatch.nowMs();
    const bucket = this.#buckets.get(bearer) ?? { tokens: this.perSecond, filledMs: nowMs };
    const earned = ((nowMs - bucket.filledMs) / 1000) * this.perSecond;
    bucket.tokens = Math.min(this.perSecond, bucket.tokens + earned);
    bucket.filledMs = nowMs;
    this.#keep(bearer, bucket);
    if (bucket.tokens < 1) return false;
    bucket.tokens -= 1;
    return true;
  }

  /** Whoever was not seen for longest is forgotten first: by then the bucket is full again. */
  #keep(bearer: string, bucket: Bucket): void {
    this.#buckets.delete(bearer);
    this.#buckets.set(bearer, bucket);
    const [oldest] = this.#buckets.size > BUCKETS ? this.#buckets.keys() : [];
    if (oldest !== undefined) this.#buckets.delete(oldest);
  }
}
