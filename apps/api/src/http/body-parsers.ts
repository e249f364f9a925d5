import type { FastifyInstance, FastifyRequest } from 'fastify';
import { parseStrictJson, type JsonFault } from '#ledger/intake';
import { Problem, invalidRequest } from '../problems/problem.js';
import { EVENT_TYPES, LIMITS } from './limits.js';

const EVENTS = '/v1/events';

/** Reads bodies as strict JSON, within the limits of their route; a stream of lines is left to its route. */
export function registerBodyParsers(fastify: FastifyInstance): void {
  fastify.removeAllContentTypeParsers();
  const options = { parseAs: 'buffer' as const, bodyLimit: LIMITS.batchBytes };
  fastify.addContentTypeParser('application/json', options, readJson);
  for (const type of [EVENT_TYPES.single, EVENT_TYPES.batch]) {
    fastify.addContentTypeParser(type, options, onlyForEvents(readJson));
  }
  fastify.addContentTypeParser(
    EVENT_TYPES.stream,
    onlyForEvents((_request, stream: unknown, done) => done(null, stream)),
  );
}

/** Refuses a body that says it is too large, or packed, before any of it is read. @throws {Problem}. */
export function assertBodyAnnounced({ headers, routeOptions }: FastifyRequest): void {
  const encoding = headers['content-encoding'] ?? 'identity';
  if (encoding !== 'identity') throw new Problem('UNSUPPORTED_MEDIA_TYPE');
  const isStream = headers['content-type']?.startsWith(EVENT_TYPES.stream) === true;
  if (!isStream && Number(headers['content-length'] ?? 0) > limitOf(routeOptions.url)) {
    throw new Problem('TOO_LARGE');
  }
}

type Done = (error: Error | null, body?: unknown) => void;
type Parser<B> = (request: FastifyRequest, body: B, done: Done) => void;

function readJson({ routeOptions }: FastifyRequest, bytes: Buffer, done: Done): void {
  // Without a body all fields are absent: whether that will do is the route's question.
  if (bytes.length === 0) return done(null, {});
  const json = parseStrictJson(bytes, limitOf(routeOptions.url));
  if ('value' in json) return done(null, json.value);
  return done(
    json.fault === 'TOO_LARGE'
      ? new Problem('TOO_LARGE')
      : invalidRequest('', `the body ${MESSAGES[json.fault]}`),
  );
}

function onlyForEvents<B>(parse: Parser<B>): Parser<B> {
  return (request, body, done) => {
    if (request.routeOptions.url === EVENTS) parse(request, body, done);
    else done(new Problem('UNSUPPORTED_MEDIA_TYPE'));
  };
}

function limitOf(route: string | undefined): number {
  return route === EVENTS ? LIMITS.batchBytes : LIMITS.bodyBytes;
}

const MESSAGES: Readonly<Record<JsonFault, string>> = {
  INVALID_JSON: 'is not JSON',
  INVALID_ENCODING: 'is not clean UTF-8: no NUL, no lone surrogates',
  TOO_LARGE: 'is too long',
  TOO_DEEP: 'is nested deeper than 32 levels',
  TOO_MANY_KEYS: 'has an object of more than 1,000 keys',
  FORBIDDEN_KEY: 'uses a key that is not allowed',
  DUPLICATE_KEY: 'writes a key twice',
};
