import type { Rule } from '../access/role-table.js';
import { STATUS_TABLE } from '../problems/status-table.js';
import type { ProblemCode } from '../problems/problem.js';
import type { Schema } from './request-schemas.js';

const TEXTS = { type: 'array', items: { type: 'string' } };

/** An error answer (RFC 9457). */
export const PROBLEM_SCHEMA: Schema = {
  type: 'object',
  required: ['code', 'detail', 'status', 'title'],
  properties: {
    status: { type: 'integer' },
    title: { type: 'string' },
    detail: { type: 'string', description: 'Never repeats a value of the request.' },
    code: { type: 'string', enum: Object.keys(STATUS_TABLE).sort() },
    codes: { ...TEXTS, description: 'Of a refusal: everything that said no.' },
    clauses: { ...TEXTS, description: 'Of a refusal: what it rests on, never empty.' },
    errors: {
      type: 'array',
      description: 'Of INVALID_REQUEST: what does not fit, and where.',
      items: {
        type: 'object',
        required: ['message', 'path'],
        properties: { path: { type: 'string' }, message: { type: 'string' } },
      },
    },
    event: { type: 'string', format: 'uuid', description: 'The event that records a refusal.' },
    certificate: { type: 'object', description: 'Of a destroyed person.' },
  },
};

/** What can go wrong before any route is reached, or because the log cannot record. */
const ANYWHERE: readonly ProblemCode[] = [
  'INVALID_REQUEST',
  'UNAUTHENTICATED',
  'FORBIDDEN',
  'NOT_FOUND',
  'TOO_LARGE',
  'UNSUPPORTED_MEDIA_TYPE',
  'TOO_MANY',
  'UNAVAILABLE',
];
const OF_WRITES: readonly ProblemCode[] = ['CONFLICT', 'DESTROYED', 'INVALID_VALUE'];

/** The error answers of a route, by status. */
export function problemResponses(method: string, rule: Rule): Readonly<Record<string, Schema>> {
  const codes = codesOf(method, rule).map((code) => STATUS_TABLE[code].status);
  return Object.fromEntries(
    [...new Set(codes)].map((status) => [
      String(status),
      {
        description: titlesOf(status),
        content: { 'application/problem+json': { schema: PROBLEM } },
      },
    ]),
  );
}

const PROBLEM = { $ref: '#/components/schemas/Problem' };

function codesOf(method: string, { roles, values, name }: Rule): readonly ProblemCode[] {
  if (roles === 'public') return name === 'metrics' ? ['UNAVAILABLE'] : [];
  if (method === 'post') return [...ANYWHERE, ...OF_WRITES];
  return values === true ? [...ANYWHERE, 'DESTROYED'] : ANYWHERE;
}

function titlesOf(status: number): string {
  const codes = Object.entries(STATUS_TABLE).filter(([, row]) => row.status === status);
  return codes.map(([code]) => code).join(', ');
}
