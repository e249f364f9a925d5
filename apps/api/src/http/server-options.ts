import { LogController, type FastifyHttpOptions } from 'fastify';
import type { Server } from 'node:http';
import type { Socket } from 'node:net';
import { bodyOf, sendProblem } from '../problems/problem.filter.js';
import { Problem, invalidRequest } from '../problems/problem.js';
import { LIMITS } from './limits.js';
import { loggerOptions, type LogSink } from './log.js';

/** Fastify and Node's server, within the limits. */
export function serverOptions(logLevel: string, log: LogSink): FastifyHttpOptions<Server> {
  return {
    logger: loggerOptions(logLevel, log),
    logController: new LogController({ disableRequestLogging: true }),
    exposeHeadRoutes: false,
    bodyLimit: LIMITS.bodyBytes,
    forceCloseConnections: 'idle',
    return503OnClosing: false,
    keepAliveTimeout: LIMITS.keepAliveMs,
    requestTimeout: 0,
    maxRequestsPerSocket: LIMITS.requestsPerSocket,
    // An id of any length is looked up, and is nobody's: the router's own limit is a 414.
    routerOptions: {
      maxParamLength: LIMITS.headerBytes,
      ignoreTrailingSlash: false,
      caseSensitive: true,
    },
    // What the router cannot read reaches no route and no filter; its own words quote the path.
    frameworkErrors: (error, _request, reply) => sendProblem(reply, error),
    // The default takes a caller's word for a request's id; ours say nothing.
    requestIdHeader: false,
    clientErrorHandler: answerBroken,
    http: {
      headersTimeout: LIMITS.headersMs,
      connectionsCheckingInterval: LIMITS.checkMs,
      maxHeaderSize: LIMITS.headerBytes,
      insecureHTTPParser: false,
      requireHostHeader: true,
    },
  };
}

/** Bytes that are no HTTP, or too many of them, or too late: one answer, then the connection ends. */
function answerBroken(error: Error & { readonly code?: string }, socket: Socket): void {
  if (socket.destroyed || error.code === 'ECONNRESET') return;
  const isTooLong = error.code === 'HPE_HEADER_OVERFLOW';
  const { code, members } = isTooLong ? new Problem('TOO_LARGE') : invalidRequest('', 'is no HTTP');
  const problem = bodyOf(code, members);
  const body = JSON.stringify(problem);
  const head = [
    `HTTP/1.1 ${problem.status} Refused`,
    'content-type: application/problem+json',
    `content-length: ${Buffer.byteLength(body)}`,
    'connection: close',
  ];
  if (socket.writable) socket.write(`${head.join('\r\n')}\r\n\r\n${body}`);
  socket.destroySoon();
}
