import type { LedgerEvent } from '../event/ledger-event.js';
import { classOf, type Operation } from '../gate/operation.js';
import { coverOf, release, type Holding, type SubjectState } from './subject-state.js';

/** The event type in which each operation is recorded (design §4). */
export const EVENT_OF = {
  collect: 'DataCollected',
  record: 'DataRecorded',
  systematise: 'DataSystematised',
  accumulate: 'DataAccumulated',
  store: 'DataStored',
  clarify: 'DataClarified',
  retrieve: 'DataRetrieved',
  use: 'DataUsed',
  provide: 'DataProvided',
  disseminate: 'DataDisseminated',
  'grant-access': 'AccessGranted',
  depersonalise: 'DataDepersonalised',
  block: 'DataBlocked',
  unblock: 'DataUnblocked',
  delete: 'DataDeleted',
  destroy: 'DestructionOrdered',
} as const satisfies Record<Operation, string>;

type OperationEventType = (typeof EVENT_OF)[Operation];
const TYPES: ReadonlySet<string> = new Set(Object.values(EVENT_OF));

/** Events of the operations family, and the end of a destruction. */
export type OperationEvent = LedgerEvent<OperationEventType | 'DataDestroyed'>;

/** Whether an event belongs to the operations family. */
export function isOperationEvent(event: LedgerEvent): event is OperationEvent {
  return TYPES.has(event.type) || event.type === 'DataDestroyed';
}

/** The state after a lawful operation. */
export function evolveOperation(state: SubjectState, event: OperationEvent): SubjectState {
  switch (event.type) {
    case 'DataCollected':
    case 'DataClarified':
      return relied(held(state, event), event);
    case 'DataBlocked': {
      const { categories, reasonCode } = event.data;
      return { ...state, blocks: [...state.blocks, coverOf(categories, reasonCode)] };
    }
    case 'DataUnblocked':
      return { ...state, blocks: release(state.blocks, event.data.categories) };
    case 'DataDeleted':
      return { ...state, deleted: new Set([...state.deleted, ...(event.data.categories ?? [])]) };
    case 'DestructionOrdered':
      return ordered(state, event);
    case 'DataDestroyed':
      return { ...state, openOrders: without(state.openOrders, [event.data.order]) };
    default:
      return relied(state, event);
  }
}

type Relying = Exclude<OperationEvent, LedgerEvent<'DataDestroyed'>>;

function relied(state: SubjectState, event: Relying): SubjectState {
  const { operation, purpose, categories, basis, occurredAt } = event.data;
  if (operation === null || classOf(operation) === 'protective') return state;
  const entry = {
    before: state.relied,
    event: event.id,
    operation,
    occurredAt: Date.parse(occurredAt),
    purpose: purpose ?? null,
    categories: categories ?? [],
    consent: basis?.code === 'KZ-CONSENT' ? (basis.ref ?? null) : null,
  };
  return { ...state, relied: entry };
}

function held(
  state: SubjectState,
  event: LedgerEvent<'DataCollected' | 'DataClarified'>,
): SubjectState {
  const { categories = [], purpose, sealed } = event.data;
  const holdings = new Map(state.holdings);
  for (const category of categories) {
    if (sealed?.commitments[category] === undefined) continue;
    const purposes = new Set(holdings.get(category)?.purposes);
    if (typeof purpose === 'string') purposes.add(purpose);
    holdings.set(category, { event: event.id, purposes, ...groundsOf(event) });
  }
  return { ...state, holdings, deleted: without(state.deleted, categories) };
}

function groundsOf({
  data,
}: LedgerEvent<'DataCollected' | 'DataClarified'>): Pick<Holding, 'basis' | 'facts'> {
  const { basis, facts } = data;
  if (basis === undefined || basis.code === null || basis.code === 'KZ-CONSENT')
    return { basis: null, facts: [] };
  return {
    basis: { code: basis.code, ...(basis.cite === undefined ? {} : { cite: basis.cite }) },
    facts,
  };
}

function ordered(state: SubjectState, event: LedgerEvent<'DestructionOrdered'>): SubjectState {
  const { categories, generation } = event.data;
  const openOrders = new Set([...state.openOrders, event.id]);
  if (categories === undefined || state.destroyed === 'all') {
    return { ...state, destroyed: 'all', holdings: new Map(), openOrders, generation };
  }
  const holdings = new Map(
    [...state.holdings].filter(([category]) => !categories.includes(category)),
  );
  const destroyed = new Set([...state.destroyed, ...categories]);
  return { ...state, destroyed, holdings, openOrders, generation };
}

function without(set: ReadonlySet<string>, items: readonly string[]): ReadonlySet<string> {
  return set.size === 0 ? set : new Set([...set].filter((item) => !items.includes(item)));
}
