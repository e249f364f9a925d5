import { SpanStatusCode, trace, type Span, type Tracer } from '@opentelemetry/api';

/** Everything that a span can say: names and codes of closed lists and numbers, nothing that a caller wrote. */
export interface SpanFacts {
  readonly 'http.request.method'?: string | undefined;
  /** The pattern of the route, never the path. */
  readonly 'http.route'?: string | undefined;
  readonly 'http.response.status_code'?: number | undefined;
  /** The service's own name of the route. */
  readonly 'pdl.route'?: string | undefined;
  readonly 'pdl.operator'?: string | undefined;
  readonly 'pdl.operation'?: string | undefined;
  readonly 'pdl.verdict'?: string | undefined;
  readonly 'pdl.code'?: string | undefined;
  /** How many events a batch has. */
  readonly 'pdl.events'?: number | undefined;
}

/** The service's tracer: of the SDK that the process was started with; without one its spans are nothing. */
export function tracer(): Tracer {
  return trace.getTracer('personal-data-ledger');
}

/** Tells a span some facts. */
export function tell(span: Span, facts: SpanFacts): void {
  for (const [name, value] of Object.entries(facts) as [string, string | number | undefined][])
    if (value !== undefined) span.setAttribute(name, value);
}

/** Marks a span as a fault of the service; a refusal is none. What the error says stays unsaid. */
export function fail(span: Span): void {
  span.setStatus({ code: SpanStatusCode.ERROR });
}
