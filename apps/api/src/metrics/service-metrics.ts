import type { FastifyInstance } from 'fastify';
import { Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client';
import type { Ledger } from '#ledger';
import type { Stopwatch } from '../http/stopwatch.js';
import { RecordingMetrics } from './recording-metrics.js';

const BUCKETS = [0.001, 0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5];

/** Everything that `/metrics` says: numbers under labels of closed lists, nothing that a caller wrote. */
export class ServiceMetrics {
  readonly registry = new Registry();
  readonly #answered: Histogram<'method' | 'route' | 'status'>;

  constructor(
    private readonly ledger: Ledger,
    private readonly stopwatch: Stopwatch,
  ) {
    collectDefaultMetrics({ register: this.registry });
    this.#answered = new Histogram({
      name: 'pdl_http_request_seconds',
      help: 'time from the head of a request until its answer is sent',
      labelNames: ['method', 'route', 'status'],
      buckets: BUCKETS,
      registers: [this.registry],
    });
    this.#registerGauges();
    ledger.recorder.observe(new RecordingMetrics(stopwatch, this.registry));
  }

  /** Times every answer. */
  register(fastify: FastifyInstance): void {
    fastify.addHook('onResponse', async (request, { statusCode: status }) => {
      // A path that is no route, and a method that no route has, are the caller's words.
      const isRoute = !request.is404;
      const route = isRoute ? (request.routeOptions.url ?? 'none') : 'none';
      const seconds = (this.stopwatch.nowMs() - request.arrivedMs) / 1000;
      this.#answered.observe({ method: isRoute ? request.method : 'none', route, status }, seconds);
    });
  }

  #registerGauges(): void {
    const { ledger } = this;
    const registers = [this.registry];
    new Gauge({
      name: 'pdl_log_events',
      help: 'events in the log',
      registers,
      async collect(): Promise<void> {
        this.set(Number((await ledger.parts.store.head()).size));
      },
    });
    new Gauge({
      name: 'pdl_view_lag_events',
      help: 'events that the views have not seen',
      registers,
      async collect(): Promise<void> {
        this.set(Number(await ledger.viewLag()));
      },
    });
  }
}
