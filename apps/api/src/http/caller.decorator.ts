import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { Caller } from '../access/caller.js';
import { Problem, invalidRequest } from '../problems/problem.js';
import './request-state.js';

/** Who asks. @throws {Problem} UNAUTHENTICATED on a route that was let through without a token. */
export const Asking = createParamDecorator((_: unknown, context: ExecutionContext): Caller => {
  const { caller } = context.switchToHttp().getRequest<FastifyRequest>();
  if (caller === null) throw new Problem('UNAUTHENTICATED');
  return caller;
});

const KEY = /^[\x21-\x7e]{1,256}$/u;

/** The `Idempotency-Key` header. @throws {Problem} INVALID_REQUEST. */
export const IdempotencyKey = createParamDecorator(
  (_: unknown, context: ExecutionContext): string | undefined => {
    const key = context.switchToHttp().getRequest<FastifyRequest>().headers['idempotency-key'];
    if (key === undefined || (typeof key === 'string' && KEY.test(key))) return key;
    throw invalidRequest('Idempotency-Key', 'must be 1 to 256 visible ASCII characters');
  },
);
