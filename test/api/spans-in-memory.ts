import {
  ROOT_CONTEXT,
  context,
  propagation,
  trace,
  type Attributes,
  type Context,
  type ContextManager,
  type Span,
  type SpanOptions,
  type SpanStatus,
  type TextMapPropagator,
} from '@opentelemetry/api';
import { AsyncLocalStorage } from 'node:async_hooks';

/** A span as it was told, when it ended. */
export interface Told {
  readonly name: string;
  readonly id: string;
  readonly traceId: string;
  readonly parent: string | undefined;
  readonly attributes: Attributes;
  readonly status: SpanStatus | undefined;
}

/** The least that an SDK is: spans in memory, contexts by async storage, W3C `traceparent`. */
export class SpansInMemory {
  readonly ended: Told[] = [];
  #spans = 0;

  register(): void {
    context.setGlobalContextManager(new Contexts());
    propagation.setGlobalPropagator(TRACEPARENT);
    trace.setGlobalTracerProvider({
      getTracer: () => ({
        startSpan: (name, options, around) => this.#start(name, options, around),
        startActiveSpan: (name: string, ...rest: readonly unknown[]) => {
          const work = rest.at(-1) as (span: Span) => unknown;
          const span = this.#start(name);
          return context.with(trace.setSpan(context.active(), span), () => work(span)) as never;
        },
      }),
    });
  }

  unregister(): void {
    for (const each of [trace, context, propagation]) each.disable();
  }

  #start(name: string, _options?: SpanOptions, around: Context = context.active()): Span {
    this.#spans += 1;
    const above = trace.getSpanContext(around);
    const id = this.#spans.toString(16).padStart(16, '0');
    const traceId = above?.traceId ?? id.padStart(32, 'a');
    const told = { name, id, traceId, parent: above?.spanId, attributes: {} as Attributes };
    let status: SpanStatus | undefined;
    const span: Partial<Span> = {
      spanContext: () => ({ traceId, spanId: id, traceFlags: 1 }),
      isRecording: () => true,
      setAttribute: (key, value) => {
        told.attributes[key] = value;
        return span as Span;
      },
      setStatus: (given) => {
        status = given;
        return span as Span;
      },
      end: () => void this.ended.push({ ...told, status }),
    };
    // Whatever else a span can be told (events, exceptions, a name) would fail the test: there is no list for it.
    return span as Span;
  }
}

class Contexts implements ContextManager {
  readonly #storage = new AsyncLocalStorage<Context>();

  active(): Context {
    return this.#storage.getStore() ?? ROOT_CONTEXT;
  }

  with<A extends unknown[], F extends (...args: A) => ReturnType<F>>(
    around: Context,
    work: F,
    self?: ThisParameterType<F>,
    ...args: A
  ): ReturnType<F> {
    return this.#storage.run(around, () => work.apply(self, args));
  }

  bind<T>(_around: Context, target: T): T {
    return target;
  }

  enable(): this {
    return this;
  }

  disable(): this {
    this.#storage.disable();
    return this;
  }
}

const TRACEPARENT: TextMapPropagator<Readonly<Record<string, string>>> = {
  inject: () => undefined,
  fields: () => ['traceparent'],
  extract: (around, carrier) => {
    const [, traceId, spanId] = String(carrier['traceparent']).split('-');
    if (traceId === undefined || spanId === undefined) return around;
    return trace.setSpanContext(around, { traceId, spanId, traceFlags: 1, isRemote: true });
  },
};
