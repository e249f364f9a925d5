import { Catch, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { detailOf } from './detail.js';
import { Problem, invalidRequest, type ProblemCode, type ProblemMembers } from './problem.js';
import { STATUS_TABLE, isProblemCode } from './status-table.js';

/** Answers every error as RFC 9457 says; whatever is not known to be free of values is answered by its code alone. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    sendProblem(http.getResponse<FastifyReply>(), error);
  }
}

/** Sends an error as a problem; an answer that is under way is only cut off. */
export function sendProblem(reply: FastifyReply, error: unknown): void {
  if (reply.raw.headersSent) {
    reply.raw.destroy();
    return;
  }
  const { code, members } = problemOf(error);
  const body = bodyOf(code, members);
  if (code === 'UNAUTHENTICATED') reply.header('www-authenticate', 'Bearer');
  if (code === 'UNAVAILABLE' || code === 'TOO_MANY') reply.header('retry-after', '1');
  reply.problemCode = code;
  reply.problemError = error;
  void reply
    .header('cache-control', 'no-store')
    .code(body.status)
    .type('application/problem+json')
    .send(body);
}

/** The body of an error answer. */
export function bodyOf(
  code: ProblemCode,
  members: ProblemMembers = {},
): ProblemMembers & {
  readonly status: number;
  readonly title: string;
  readonly code: ProblemCode;
} {
  const { status, title } = STATUS_TABLE[code];
  return { status, title, ...members, detail: detailOf(code, members), code };
}

/** The problem that an error is. */
export function problemOf(error: unknown): Problem {
  if (error instanceof Problem) return error;
  if (!(error instanceof Error)) return new Problem('BROKEN');
  const code = 'code' in error ? error.code : undefined;
  if (error.name === 'LedgerError' && isProblemCode(code)) return ofCore(code, error);
  if (STORES.has(error.name)) return new Problem('UNAVAILABLE');
  return ofFramework(error);
}

/** The core's own words name no value; why something could not be recorded is for the log, not for callers. */
function ofCore(code: ProblemCode, { message: detail }: Error): Problem {
  if (code === 'INVALID_REQUEST') return invalidRequest('', detail);
  return new Problem(code, code === 'UNAVAILABLE' ? {} : { detail });
}

const STORES: ReadonlySet<string> = new Set(['EventStoreError', 'VaultError', 'ViewError']);

/** Errors of Fastify and Nest carry a status. */
function ofFramework(error: Error): Problem {
  const status = statusOf(error);
  const known = FRAMEWORK[status];
  if (known !== undefined) return new Problem(known);
  if (status >= 400 && status < 500) return invalidRequest('', 'is not read as a request here');
  return new Problem('BROKEN');
}

const FRAMEWORK: Readonly<Record<number, ProblemCode>> = {
  404: 'NOT_FOUND',
  413: 'TOO_LARGE',
  415: 'UNSUPPORTED_MEDIA_TYPE',
  503: 'UNAVAILABLE',
};

function statusOf(error: Error): number {
  if ('statusCode' in error && typeof error.statusCode === 'number') return error.statusCode;
  return 'status' in error && typeof error.status === 'number' ? error.status : 500;
}
