import type { FastifyInstance, FastifyRequest } from 'fastify';
import { EVENT_TYPES, LIMITS } from './limits.js';
import type { Stopwatch } from './stopwatch.js';

/**
 * Cuts off bodies that do not come: a whole one within its time, a stream piece by piece. Node's own deadline knows
 * no difference between the two, so it is off.
 */
export class BodyDeadline {
  readonly #waiting = new Map<FastifyRequest, { sinceMs: number; bytes: number }>();

  constructor(private readonly stopwatch: Stopwatch) {}

  /** Watches every request until it is answered. */
  register(fastify: FastifyInstance): void {
    fastify.addHook('onRequest', async (request) => {
      if (!request.raw.complete) {
        this.#waiting.set(request, { sinceMs: this.stopwatch.nowMs(), bytes: 0 });
      }
    });
    fastify.addHook('onResponse', async (request) => void this.#waiting.delete(request));
    fastify.addHook('onRequestAbort', async (request) => void this.#waiting.delete(request));
    const timer = setInterval(() => this.sweep(), LIMITS.checkMs);
    timer.unref();
    fastify.addHook('onClose', async () => clearInterval(timer));
  }

  /** Ends the connections of those that are late. */
  sweep(): void {
    const nowMs = this.stopwatch.nowMs();
    for (const [request, progress] of this.#waiting) {
      const { raw } = request;
      if (raw.complete) this.#waiting.delete(request);
      else if (isStream(request) && raw.socket.bytesRead > progress.bytes) {
        Object.assign(progress, { sinceMs: nowMs, bytes: raw.socket.bytesRead });
      } else if (nowMs - progress.sinceMs > LIMITS.bodyMs && !isHeldBack(request)) {
        this.#waiting.delete(request);
        raw.socket.destroy();
      }
    }
  }
}

function isStream({ headers }: FastifyRequest): boolean {
  return headers['content-type']?.startsWith(EVENT_TYPES.stream) === true;
}

/** It is we who do not read on: a stream waits for its answers to be taken. */
function isHeldBack({ raw }: FastifyRequest): boolean {
  return raw.isPaused() || raw.readableLength >= raw.readableHighWaterMark;
}
