import type { LedgerEvent } from '#domain';
import type { ViewDefinition } from '#projections';

const STATUS = {
  ConsentGiven: 'given',
  ConsentRefused: 'refused',
  ConsentClaimed: 'claimed',
} as const;

/** A consent's history: one row when it is stated, one more when it is withdrawn or noted as expired. */
export const consents: ViewDefinition<LedgerEvent> = {
  name: 'consents',
  version: 1,
  columns: ['operator', 'subject', 'consent', 'status', 'at', 'terms'],
  indexes: [['subject']],
  rows(event) {
    switch (event.type) {
      case 'ConsentGiven':
      case 'ConsentRefused':
      case 'ConsentClaimed':
        return event.data.verdict === 'lawful' ? [stated(event)] : [];
      case 'ConsentWithdrawn':
      case 'ConsentExpired': {
        const { operator, subject, verdict, occurredAt, consents: ids } = event.data;
        if (verdict !== 'lawful') return [];
        const status = event.type === 'ConsentWithdrawn' ? 'withdrawn' : 'expired';
        return ids.map((id) => [operator, subject, id, status, occurredAt, null]);
      }
      default:
        return [];
    }
  },
};

function stated(event: LedgerEvent<keyof typeof STATUS>): readonly (string | null)[] {
  const { operator, subject, occurredAt, purpose, categories, validUntil = null } = event.data;
  const { thirdParties, crossBorder, publication, channel, evidenceKind, language } = event.data;
  const terms = {
    purpose,
    categories,
    validUntil,
    thirdParties,
    crossBorder,
    publication,
    channel,
    evidence: { kind: evidenceKind, language },
  };
  return [operator, subject, event.id, STATUS[event.type], occurredAt, JSON.stringify(terms)];
}
