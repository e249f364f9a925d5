import { SpanKind, context, propagation, trace, type Context, type Span } from '@opentelemetry/api';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { ruleOf } from '../access/role-table.js';
import { fail, tell, tracer } from './spans.js';

/** A span around every request, under the one that its `traceparent` names; to be registered before other hooks. */
export function traceRequests(fastify: FastifyInstance): void {
  fastify.addHook('onRequest', (request, reply, done) => {
    const parent = parentOf(request);
    const span = tracer().startSpan(nameOf(request), { kind: SpanKind.SERVER }, parent);
    // Also comes when the caller is gone before the answer.
    reply.raw.once('close', () => end(span, request, reply));
    context.with(trace.setSpan(parent, span), done);
  });
}

/** What already surrounds the request (an instrumentation of HTTP), else what its caller says. */
function parentOf({ headers }: FastifyRequest): Context {
  const active = context.active();
  return trace.getSpan(active) === undefined ? propagation.extract(active, headers) : active;
}

/** A path that is no route is the caller's words. */
function nameOf({ is404, method, routeOptions }: FastifyRequest): string {
  return is404 ? 'no route' : `${method} ${routeOptions.url ?? ''}`;
}

function end(span: Span, request: FastifyRequest, reply: FastifyReply): void {
  const { is404, method, routeOptions, caller } = request;
  const route = { 'http.request.method': method, 'http.route': routeOptions.url };
  tell(span, {
    ...(is404 ? {} : route),
    'http.response.status_code': reply.statusCode,
    'pdl.route': is404 ? undefined : ruleOf(method, routeOptions.url)?.name,
    'pdl.operator': caller?.operator,
    'pdl.code': reply.problemCode ?? undefined,
  });
  if (reply.statusCode >= 500) fail(span);
  span.end();
}
