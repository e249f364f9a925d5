import type { Caller } from '../access/caller.js';
import type { ProblemCode } from '../problems/problem.js';

declare module 'fastify' {
  interface FastifyRequest {
    /** Who asks; set before the body is read, on every route that is not public. */
    caller: Caller | null;
    /** Milliseconds of the monotonic clock at arrival. */
    arrivedMs: number;
  }

  interface FastifyReply {
    /** Why the answer is an error. */
    problemCode: ProblemCode | null;
    problemError: unknown;
  }
}

/** Fields that the service keeps on a request and its reply. */
export const REQUEST_FIELDS = { caller: null, arrivedMs: 0 } as const;
export const REPLY_FIELDS = { problemCode: null, problemError: null } as const;
