import type { LedgerEvent } from '../event/ledger-event.js';

/** Clear fields of a subject's event, read without the domain's own types. */
interface Fields {
  readonly verdict?: string;
  readonly mode?: string;
  readonly occurredAt: string;
  readonly operation?: string | null;
  readonly purpose?: string | null;
  readonly basis?: { readonly code: string | null; readonly ref?: string };
  readonly categories?: readonly string[];
  readonly consents?: readonly string[];
  readonly validUntil?: string;
}

const PROTECTIVE = ['block', 'unblock', 'delete', 'destroy'];

/** Reads the clear fields of a subject's event. */
export function fieldsOf(event: LedgerEvent): Fields {
  return event.data as Fields;
}

/** Whether an event is a lawful operation that rests on a consent. */
export function restsOnConsent(event: LedgerEvent): boolean {
  const { verdict, operation, basis } = fieldsOf(event);
  if (verdict !== 'lawful' || typeof operation !== 'string') return false;
  return basis?.code === 'KZ-CONSENT' && !PROTECTIVE.includes(operation);
}

/**
 * Why a lawful operation on consent should not have been: looks back over the stream, event by event, and folds
 * nothing. Empty when nothing stood against it (AKJET 9.5; Law 94-V art. 1(3), 8(6), 8(7)).
 */
export function objectionsTo(
  event: LedgerEvent,
  past: readonly LedgerEvent[],
  isFreeWhenBlocked: (operation: string, purpose: string) => boolean,
): readonly string[] {
  const { basis, operation, purpose, categories = [] } = fieldsOf(event);
  const lawful = past.filter((earlier) => fieldsOf(earlier).verdict === 'lawful');
  const free = operation === 'store' || isFreeWhenBlocked(operation ?? '', purpose ?? '');
  const objections = consentObjections(event, lawful, basis?.ref);
  if (!free && categories.some((category) => isBlocked(category, lawful))) {
    objections.push('blocked');
  }
  if (categories.every((category) => isOrdered(category, lawful))) objections.push('destroyed');
  return objections;
}

function consentObjections(
  event: LedgerEvent,
  lawful: readonly LedgerEvent[],
  ref: string | undefined,
): string[] {
  const given = lawful.find(({ id, type }) => id === ref && type === 'ConsentGiven');
  if (given === undefined) return ['not given'];
  const { purpose, categories = [], validUntil, occurredAt } = fieldsOf(given);
  const asked = fieldsOf(event);
  const recordedAt = asked.mode === 'enforce' ? event.metadata.recordedAt : asked.occurredAt;
  const moments = [asked.occurredAt, recordedAt].map((time) => Date.parse(time));
  const ends = (type: string): boolean =>
    lawful.some((one) => one.type === type && fieldsOf(one).consents?.includes(given.id) === true);
  const found: string[] = [];
  if (ends('ConsentWithdrawn')) found.push('withdrawn');
  if (ends('ConsentExpired')) found.push('expired');
  if (moments.some((at) => at >= Date.parse(validUntil ?? '9999-01-01T00:00:00Z'))) {
    found.push('term ended');
  }
  if (moments.some((at) => at < Date.parse(occurredAt))) found.push('before it was given');
  if (purpose !== asked.purpose) found.push('another purpose');
  if (asked.categories?.every((category) => categories.includes(category)) !== true) {
    found.push('another category');
  }
  return found;
}

/** A block that reaches the category stands until a later release of the category. */
function isBlocked(category: string, lawful: readonly LedgerEvent[]): boolean {
  const last = lawful.findLast(({ type, data }) => {
    const { categories } = data as { readonly categories?: readonly string[] };
    const reaches = categories === undefined || categories.includes(category);
    return reaches && (type === 'DataBlocked' || type === 'DataUnblocked');
  });
  return last?.type === 'DataBlocked';
}

function isOrdered(category: string, lawful: readonly LedgerEvent[]): boolean {
  return lawful.some(
    (event) =>
      event.type === 'DestructionOrdered' &&
      (event.data.categories === undefined || event.data.categories.includes(category)),
  );
}

/** Operations that a lawful withdrawal, block or purpose end overturns: later than it, earlier in the stream. */
export function overturnedBy(
  notice: LedgerEvent,
  past: readonly LedgerEvent[],
  isFreeWhenBlocked: (operation: string, purpose: string) => boolean,
): readonly string[] {
  const { occurredAt, consents, categories, purpose } = fieldsOf(notice);
  const relies = (event: LedgerEvent): boolean => {
    const asked = fieldsOf(event);
    const operation = asked.operation ?? '';
    switch (notice.type) {
      case 'ConsentWithdrawn':
        return restsOnConsent(event) && consents?.includes(asked.basis?.ref ?? '') === true;
      case 'DataBlocked':
        return (
          !isFreeWhenBlocked(operation, asked.purpose ?? '') &&
          (asked.categories ?? []).some((one) => categories?.includes(one) ?? true)
        );
      default:
        return asked.purpose === purpose && operation !== 'depersonalise';
    }
  };
  return past
    .filter(
      (event) =>
        isOperation(event) && Date.parse(fieldsOf(event).occurredAt) > Date.parse(occurredAt),
    )
    .filter((event) => notice.type === 'ConsentWithdrawn' || fieldsOf(event).operation !== 'store')
    .filter(relies)
    .map(({ id }) => id);
}

function isOperation(event: LedgerEvent): boolean {
  const { verdict, operation } = fieldsOf(event);
  return verdict === 'lawful' && typeof operation === 'string' && !PROTECTIVE.includes(operation);
}
