import type { LedgerEvent } from '#domain';
import type { ViewDefinition } from '#projections';

/** One entry of the audit trail (AKJET 10.2.4), as a reader gets it; position is added on reading. */
export interface TrailEntry {
  readonly revision: string;
  readonly event: string;
  readonly type: string;
  readonly operation: string | null;
  readonly purpose: string | null;
  readonly basis: unknown;
  readonly categories: readonly string[] | null;
  readonly actor: string;
  readonly actorRole: string;
  readonly occurredAt: string;
  readonly recordedAt: string;
  readonly verdict: string;
  readonly code?: string;
  readonly clauses: readonly string[];
  readonly policy: unknown;
  readonly recipient: string | null;
}

/** Every event of a subject's stream, refusals included, in log order. */
export const auditTrail: ViewDefinition<LedgerEvent> = {
  name: 'audit-trail',
  version: 1,
  columns: ['operator', 'subject', 'operation', 'recorded_at'],
  indexes: [['subject'], ['operator']],
  rows(event) {
    const { data } = event;
    if (!('subject' in data) || !event.stream.startsWith('subject-')) return [];
    const operation = 'operation' in data ? data.operation : null;
    return [[data.operator, data.subject ?? null, operation, event.metadata.recordedAt]];
  },
};

/** The entry of an event: the view only knows where it is, the log says what it was. */
export function entryOf(event: LedgerEvent): TrailEntry {
  // One reading of all types: fields that a type lacks are absent.
  const data = { ...ABSENT, ...event.data } as Partial<LedgerEvent<'OperationRefused'>['data']>;
  const { actor, actorRole, recordedAt } = event.metadata;
  const { operation, purpose, basis, categories, verdict, clauses, policy, recipient } = data;
  const [code] = data.codes ?? [];
  return {
    revision: event.revision,
    event: event.id,
    type: event.type,
    operation,
    purpose,
    basis,
    categories,
    actor,
    actorRole,
    occurredAt: data.occurredAt,
    recordedAt,
    verdict,
    ...(code === undefined ? {} : { code }),
    clauses,
    policy,
    recipient,
  } as TrailEntry;
}

/** What a type without the field shows. */
const ABSENT = {
  operation: null,
  purpose: null,
  basis: null,
  categories: null,
  recipient: null,
  policy: null,
} as object;
