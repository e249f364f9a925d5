import type { LedgerEvent } from '#domain';
import type { Row, ViewDefinition } from '#projections';

/**
 * Which event holds the current value of each category: references into the vault, never a value. `category` null
 * speaks of everything of the subject.
 */
export const currentData: ViewDefinition<LedgerEvent> = {
  name: 'current-data',
  version: 1,
  columns: ['operator', 'subject', 'category', 'status', 'event', 'purpose'],
  indexes: [['subject']],
  rows(event) {
    switch (event.type) {
      case 'DataCollected':
      case 'DataClarified':
        return held(event);
      case 'DataBlocked':
      case 'DataUnblocked':
      case 'DataDeleted':
      case 'DestructionOrdered':
        return event.data.verdict === 'lawful' ? changed(event) : [];
      default:
        return [];
    }
  },
};

function held(event: LedgerEvent<'DataCollected' | 'DataClarified'>): readonly Row[] {
  const { operator, subject, sealed, categories = [], purpose = null } = event.data;
  return categories
    .filter((category) => sealed?.commitments[category] !== undefined)
    .map((category) => [operator, subject, category, 'held', event.id, purpose]);
}

function changed(event: LedgerEvent<keyof typeof STATUS>): readonly Row[] {
  const { operator, subject, categories, purpose = null } = event.data;
  const named: readonly (string | null)[] = categories ?? [null];
  return named.map((category) => [
    operator,
    subject,
    category,
    STATUS[event.type],
    event.id,
    purpose,
  ]);
}

const STATUS = {
  DataBlocked: 'blocked',
  DataUnblocked: 'unblocked',
  DataDeleted: 'deleted',
  DestructionOrdered: 'destroyed',
} as const;
