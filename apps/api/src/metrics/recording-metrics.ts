import { Counter, Histogram, type Registry } from 'prom-client';
import type { LedgerEvent } from '#domain';
import type { CommittingStore, RecordingObserver } from '#ledger';
import type { Stopwatch } from '../http/stopwatch.js';

const BUCKETS = [0.000_25, 0.000_5, 0.001, 0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 5];

/** What the recorder does, by operation and verdict, and how long its commits take. */
export class RecordingMetrics implements RecordingObserver {
  /** Counted here and handed over when asked: a label set an event would cost more than its decision. */
  readonly #tallies = new Map<string, number>();
  readonly #seconds: Histogram<'store'>;
  readonly #failed: Counter<'store'>;

  constructor(
    private readonly stopwatch: Stopwatch,
    registry: Registry,
  ) {
    const registers = [registry];
    const tallies = this.#tallies;
    new Counter({
      name: 'pdl_recorded_events_total',
      help: 'events that became durable, by operation and verdict',
      labelNames: ['operation', 'verdict'],
      registers,
      collect(): void {
        this.reset();
        for (const [key, count] of tallies) {
          const [operation = '', verdict = ''] = key.split(' ');
          this.inc({ operation, verdict }, count);
        }
      },
    });
    this.#seconds = new Histogram({
      name: 'pdl_commit_seconds',
      help: 'time from sending a batch to a store until it is synced to disk',
      labelNames: ['store'],
      buckets: BUCKETS,
      registers,
    });
    this.#failed = new Counter({
      name: 'pdl_failed_commits_total',
      help: 'batches of which not all became durable',
      labelNames: ['store'],
      registers,
    });
    for (const store of ['vault', 'log']) this.#failed.inc({ store }, 0);
  }

  recorded(events: readonly LedgerEvent[]): void {
    for (const { data } of events) {
      const { operation, verdict = 'none' } = data as Judged;
      const key = `${operation === undefined ? 'none' : (operation ?? 'unknown')} ${verdict}`;
      this.#tallies.set(key, (this.#tallies.get(key) ?? 0) + 1);
    }
  }

  committing(store: CommittingStore): (isDurable: boolean) => void {
    const beganMs = this.stopwatch.nowMs();
    return (isDurable) => {
      this.#seconds.observe({ store }, (this.stopwatch.nowMs() - beganMs) / 1000);
      if (!isDurable) this.#failed.inc({ store });
    };
  }
}

/** Both are closed lists (design §4); an operation that nobody knows is null. */
interface Judged {
  readonly operation?: string | null;
  readonly verdict?: string;
}
