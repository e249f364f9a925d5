import type { LedgerEvent } from '#domain';
import type { ViewDefinition } from '#projections';

/** What was published, ruled and put in force, when (AKJET 1.5). */
export const policyTimeline: ViewDefinition<LedgerEvent> = {
  name: 'policy-timeline',
  version: 1,
  columns: ['operator', 'policy', 'policy_version', 'change', 'at', 'detail'],
  indexes: [['operator']],
  rows(event) {
    switch (event.type) {
      case 'PolicyPublished': {
        const { operator, id, version, hash, occurredAt } = event.data;
        return [[operator, id, version, 'published', occurredAt, hash]];
      }
      case 'RulingIssued': {
        const { operator, id, version, contradiction, option, occurredAt } = event.data;
        return [[operator, id, version, 'ruled', occurredAt, `${contradiction}=${option}`]];
      }
      case 'PolicyActivated': {
        const { operator, id, version, hash, effectiveFrom } = event.data;
        return [[operator, id, version, 'activated', effectiveFrom, hash]];
      }
      default:
        return [];
    }
  },
};
