import type { Role } from './caller.js';

/** Who may ask for a route, and what its path names. */
export interface Rule {
  /** The service's own name of the route, as refusals record it. */
  readonly name: string;
  /** `public`: without a token, and without anything about anybody. */
  readonly roles: readonly Role[] | 'public';
  /** What the path's `:id` is: it must be of the token's operator (of the token's person for role subject). */
  readonly object?: 'subject' | 'recipient';
  /** Personal values can be in the answer: never for auditors, regulators and administrators. */
  readonly values?: true;
}

const WRITERS = ['emitter', 'officer'] as const;
const READERS = ['officer', 'auditor', 'regulator'] as const;
const EVERYONE = ['emitter', 'officer', 'auditor', 'regulator', 'subject', 'admin'] as const;

/** Route × role (contract §4, *Roles*). A route that is not here cannot start; every role not named is refused. */
export const ROLE_TABLE = {
  'POST /v1/subjects': { name: 'subjects-register', roles: WRITERS },
  'POST /v1/subjects/:id/operations': { name: 'operations', roles: WRITERS, object: 'subject' },
  'POST /v1/subjects/:id/consents': { name: 'consents-record', roles: WRITERS, object: 'subject' },
  'POST /v1/subjects/:id/consents/:consent/withdrawal': {
    name: 'consents-withdraw',
    roles: WRITERS,
    object: 'subject',
  },
  'POST /v1/events': { name: 'events', roles: WRITERS },
  'GET /v1/subjects/:id/data': {
    name: 'data',
    roles: ['officer', 'subject'],
    object: 'subject',
    values: true,
  },
  'GET /v1/subjects/:id/consents': {
    name: 'consents',
    roles: [...READERS, 'subject'],
    object: 'subject',
  },
  'GET /v1/subjects/:id/audit-trail': {
    name: 'audit-trail',
    roles: [...READERS, 'subject'],
    object: 'subject',
  },
  'GET /v1/subjects/:id/disclosures': {
    name: 'disclosures',
    roles: [...READERS, 'subject'],
    object: 'subject',
  },
  'GET /v1/audit-trail': { name: 'operator-trail', roles: READERS },
  'POST /v1/lookups': { name: 'lookups', roles: ['officer'] },
  'POST /v1/recipients': { name: 'recipients-register', roles: WRITERS },
  'POST /v1/recipients/:id/binding': {
    name: 'recipients-bind',
    roles: ['officer'],
    object: 'recipient',
  },
  'GET /v1/policies': { name: 'policies', roles: EVERYONE },
  'GET /v1/policies/:id': { name: 'policy', roles: EVERYONE },
  'GET /health/live': { name: 'health-live', roles: 'public' },
  'GET /health/ready': { name: 'health-ready', roles: 'public' },
  'GET /metrics': { name: 'metrics', roles: 'public' },
  'GET /docs': { name: 'docs', roles: 'public' },
  'GET /docs/:file': { name: 'docs-file', roles: 'public' },
  'GET /docs-json': { name: 'docs-json', roles: 'public' },
} as const satisfies Readonly<Record<string, Rule>>;

/** `METHOD pattern` of a route of the table. */
export type RouteKey = keyof typeof ROLE_TABLE;

/** The rule of a route, undefined when the table does not name it. */
export function ruleOf(method: string, pattern: string | undefined): Rule | undefined {
  const key = `${method} ${pattern ?? ''}`;
  return Object.hasOwn(ROLE_TABLE, key) ? ROLE_TABLE[key as RouteKey] : undefined;
}

/** @throws {Error} naming a route that the table lacks, or a row that no route has. */
export function assertTableComplete(routes: readonly string[]): void {
  const missing = routes.find((route) => !Object.hasOwn(ROLE_TABLE, route));
  if (missing !== undefined) throw new Error(`the role table has no row for ${missing}`);
  const idle = Object.keys(ROLE_TABLE).find((route) => !routes.includes(route));
  if (idle !== undefined) throw new Error(`no route serves the role table's row ${idle}`);
}
