import type { LedgerEvent } from '../event/ledger-event.js';

/** Clear fields of a subject's event, read without the domain's own types; what an event lacks is empty. */
interface Fields {
  readonly verdict: string;
  readonly mode: string;
  readonly occurredAt: string;
  readonly operation: string;
  readonly purpose: string;
  readonly basis: { readonly code: string | null; readonly ref?: string };
  /** Undefined where everything of the subject is meant. */
  readonly all: readonly string[] | undefined;
  readonly categories: readonly string[];
  readonly consents: readonly string[];
  readonly validUntil: string;
}

/** Whether a policy lets an operation under a purpose pass a block. */
export type FreeWhenBlocked = (operation: string, purpose: string) => boolean;

const PROTECTIVE = ['block', 'unblock', 'delete', 'destroy'];
const EMPTY = {
  verdict: '',
  basis: { code: null },
  categories: [],
  consents: [],
  validUntil: '9999-01-01T00:00:00Z',
};

function fieldsOf(event: LedgerEvent): Fields {
  const data = event.data as unknown as Partial<Fields>;
  const known = { ...EMPTY, ...data, operation: data.operation ?? '', purpose: data.purpose ?? '' };
  return { ...known, all: data.categories } as Fields;
}

function isOperation(event: LedgerEvent): boolean {
  const { verdict, operation } = fieldsOf(event);
  return verdict === 'lawful' && operation !== '' && !PROTECTIVE.includes(operation);
}

/** Whether an event is a lawful operation that rests on a consent. */
export function restsOnConsent(event: LedgerEvent): boolean {
  return isOperation(event) && fieldsOf(event).basis.code === 'KZ-CONSENT';
}

/**
 * Why a lawful operation on consent should not have been: looks back over the stream, event by event, and folds
 * nothing. Empty when nothing stood against it (AKJET 9.5; Law 94-V art. 1(3), 8(6), 8(7)).
 */
export function objectionsTo(
  event: LedgerEvent,
  past: readonly LedgerEvent[],
  isFree: FreeWhenBlocked,
): readonly string[] {
  const { basis, operation, purpose, categories } = fieldsOf(event);
  const lawful = past.filter((earlier) => fieldsOf(earlier).verdict === 'lawful');
  const given = lawful.find(({ id, type }) => id === basis.ref && type === 'ConsentGiven');
  const free = operation === 'store' || isFree(operation, purpose);
  const blocked = !free && categories.some((category) => isBlocked(category, lawful));
  const destroyed = categories.every((category) => isOrdered(category, lawful));
  return found({
    ...(given === undefined
      ? { 'not given': true }
      : { ...endsOf(given, event, lawful), ...misfitsOf(given, event) }),
    blocked,
    destroyed,
  });
}

type Objections = Readonly<Record<string, boolean>>;

function found(objections: Objections): readonly string[] {
  return Object.keys(objections).filter((name) => objections[name] === true);
}

function endsOf(
  given: LedgerEvent,
  event: LedgerEvent,
  lawful: readonly LedgerEvent[],
): Objections {
  const ends = (type: string): boolean =>
    lawful.some((one) => one.type === type && fieldsOf(one).consents.includes(given.id));
  const until = Date.parse(fieldsOf(given).validUntil);
  return {
    withdrawn: ends('ConsentWithdrawn'),
    expired: ends('ConsentExpired'),
    'term ended': momentsOf(event).some((at) => at >= until),
  };
}

function misfitsOf(given: LedgerEvent, event: LedgerEvent): Objections {
  const { occurredAt, purpose, categories } = fieldsOf(given);
  const asked = fieldsOf(event);
  return {
    'before it was given': momentsOf(event).some((at) => at < Date.parse(occurredAt)),
    'another purpose': purpose !== asked.purpose,
    'another category': !asked.categories.every((category) => categories.includes(category)),
  };
}

function momentsOf(event: LedgerEvent): readonly number[] {
  const { mode, occurredAt } = fieldsOf(event);
  const occurred = Date.parse(occurredAt);
  return mode === 'enforce' ? [occurred, Date.parse(event.metadata.recordedAt)] : [occurred];
}

/** A block that reaches the category stands until a later release of the category. */
function isBlocked(category: string, lawful: readonly LedgerEvent[]): boolean {
  const last = lawful.findLast(
    (event) =>
      reaches(event, category) && (event.type === 'DataBlocked' || event.type === 'DataUnblocked'),
  );
  return last?.type === 'DataBlocked';
}

function isOrdered(category: string, lawful: readonly LedgerEvent[]): boolean {
  return lawful.some((event) => event.type === 'DestructionOrdered' && reaches(event, category));
}

function reaches(event: LedgerEvent, category: string): boolean {
  return fieldsOf(event).all?.includes(category) ?? true;
}

/** Operations that a lawful withdrawal, block or purpose end overturns: later than it, earlier in the stream. */
export function overturnedBy(
  notice: LedgerEvent,
  past: readonly LedgerEvent[],
  isFree: FreeWhenBlocked,
): readonly string[] {
  const since = Date.parse(fieldsOf(notice).occurredAt);
  return past
    .filter((event) => isOperation(event) && Date.parse(fieldsOf(event).occurredAt) > since)
    .filter((event) => reliedOnWhat(notice, event, isFree))
    .map(({ id }) => id);
}

function reliedOnWhat(notice: LedgerEvent, event: LedgerEvent, isFree: FreeWhenBlocked): boolean {
  const { operation, purpose, categories, basis } = fieldsOf(event);
  switch (notice.type) {
    case 'ConsentWithdrawn':
      return restsOnConsent(event) && fieldsOf(notice).consents.some((id) => id === basis.ref);
    case 'DataBlocked':
      if (operation === 'store' || isFree(operation, purpose)) return false;
      return categories.some((category) => reaches(notice, category));
    default:
      return purpose === fieldsOf(notice).purpose && !KEPT.includes(operation);
  }
}

/** What the end of a purpose leaves alone. */
const KEPT = ['store', 'depersonalise'];
