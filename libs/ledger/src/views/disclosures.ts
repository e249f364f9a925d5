import type { LedgerEvent } from '#domain';
import type { ViewDefinition } from '#projections';

const TYPES: ReadonlySet<string> = new Set(['DataProvided', 'AccessGranted', 'DataDisseminated']);

/** Who got what, when and why (AKJET 7, 8.1.3; QuickLid 7): transfers that happened, breaches among them. */
export const disclosures: ViewDefinition<LedgerEvent> = {
  name: 'disclosures',
  version: 1,
  columns: ['operator', 'subject', 'recipient', 'entry'],
  indexes: [['subject'], ['recipient']],
  rows(event) {
    if (!TYPES.has(event.type)) return [];
    const { data } = event as LedgerEvent<'DataProvided'>;
    const { operator, subject, recipient = null } = data;
    const entry = {
      event: event.id,
      type: event.type,
      recipient,
      categories: data.categories ?? [],
      purpose: data.purpose ?? null,
      basis: data.basis ?? null,
      country: data.country ?? 'KZ',
      occurredAt: data.occurredAt,
      recordedAt: event.metadata.recordedAt,
      verdict: data.verdict,
      clauses: data.clauses,
    };
    return [[operator, subject, recipient, JSON.stringify(entry)]];
  },
};
