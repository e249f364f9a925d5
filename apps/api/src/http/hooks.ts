import type { FastifyInstance } from 'fastify';
import type { Gatekeeper } from '../access/gatekeeper.js';
import { ruleOf } from '../access/role-table.js';
import { Problem } from '../problems/problem.js';
import { assertBodyAnnounced } from './body-parsers.js';
import { kindOf } from './log.js';
import type { RateLimit } from './rate-limit.js';
import { REPLY_FIELDS, REQUEST_FIELDS } from './request-state.js';
import type { Stopwatch } from './stopwatch.js';

/** What stands before and after every route. */
export interface HookParts {
  readonly gatekeeper: Gatekeeper;
  readonly rates: RateLimit;
  readonly stopwatch: Stopwatch;
}

/** Lets in, before anything of the body is read, and writes one log line a request. */
export function registerHooks(fastify: FastifyInstance, parts: HookParts): void {
  for (const [name, value] of Object.entries(REQUEST_FIELDS)) {
    fastify.decorateRequest(name as 'caller', value as null);
  }
  for (const [name, value] of Object.entries(REPLY_FIELDS)) {
    fastify.decorateReply(name as 'problemCode', value);
  }
  admitOnRequest(fastify, parts);
  fastify.addHook('onSend', async (request, reply, payload) => {
    reply.header('x-content-type-options', 'nosniff');
    // Nothing that the ledger answers may lie in a cache: values least of all.
    if (request.url.startsWith('/v1')) reply.header('cache-control', 'no-store');
    return payload;
  });
  logOnResponse(fastify, parts);
}

function admitOnRequest(
  fastify: FastifyInstance,
  { gatekeeper, rates, stopwatch }: HookParts,
): void {
  fastify.addHook('onRequest', async (request) => {
    request.arrivedMs = stopwatch.nowMs();
    if (request.is404) return;
    const rule = ruleOf(request.method, request.routeOptions.url);
    if (rule === undefined) throw new Problem('NOT_FOUND');
    if (rule.roles === 'public') return;
    const { id = '' } = request.params as { readonly id?: string };
    request.caller = await gatekeeper.admit(rule, request.headers.authorization, id);
    const { actor, role, operator = '' } = request.caller.bearer;
    if (!rates.take(`${role} ${operator} ${actor}`)) throw new Problem('TOO_MANY');
    assertBodyAnnounced(request);
  });
}

function logOnResponse(fastify: FastifyInstance, { stopwatch }: HookParts): void {
  fastify.addHook('onResponse', async (request, reply) => {
    const { statusCode, problemCode, problemError } = reply;
    const isFault = statusCode >= 500;
    request.log[isFault ? 'error' : 'info']({
      happened: 'answered',
      method: request.method,
      route: request.routeOptions.url ?? 'none',
      status: statusCode,
      milliseconds: Math.round(stopwatch.nowMs() - request.arrivedMs),
      role: request.caller?.bearer.role,
      operator: request.caller?.operator,
      ...(problemCode === null ? {} : { code: problemCode }),
      ...(isFault ? { error: kindOf(problemError) } : {}),
    });
  });
}
