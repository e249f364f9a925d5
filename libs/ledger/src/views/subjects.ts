import type { LedgerEvent } from '#domain';
import type { ViewDefinition } from '#projections';

/** Who is registered, of which kind, and who is under a destruction order or destroyed. */
export const subjects: ViewDefinition<LedgerEvent> = {
  name: 'subjects',
  version: 1,
  columns: ['operator', 'subject', 'status', 'kind', 'at'],
  indexes: [['subject'], ['operator']],
  rows(event) {
    switch (event.type) {
      case 'SubjectRegistered':
        return [row(event, 'registered', event.data.subjectKind)];
      case 'SubjectKindChanged':
        return [row(event, 'kind-changed', event.data.to)];
      case 'DestructionOrdered':
        return event.data.categories === undefined && event.data.verdict === 'lawful'
          ? [row(event, 'destruction-ordered', null)]
          : [];
      case 'DataDestroyed':
        return event.data.categories === undefined ? [row(event, 'destroyed', null)] : [];
      default:
        return [];
    }
  },
};

function row(
  event: LedgerEvent<
    'SubjectRegistered' | 'SubjectKindChanged' | 'DestructionOrdered' | 'DataDestroyed'
  >,
  status: string,
  kind: string | null,
): readonly (string | null)[] {
  return [event.data.operator, event.data.subject, status, kind, event.data.occurredAt];
}
