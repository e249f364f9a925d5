import type { LedgerEvent } from '../event/ledger-event.js';
import { classOf, type Operation } from '../gate/operation.js';
import { sharedSet } from './shared.js';
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

/** The list of such operations is the stream's: a state that kept it would grow with every operation. */
function relied(state: SubjectState, { data }: Relying): SubjectState {
  const { operation, occurredAt } = data;
  if (operation === null || classOf(operation) === 'protective') return state;
  const reliedUntil = Math.max(state.reliedUntil, Date.parse(occurredAt));
  return reliedUntil === state.reliedUntil ? state : { ...state, reliedUntil };
}

function held(
  state: SubjectState,
  event: LedgerEvent<'DataCollected' | 'DataClarified'>,
): SubjectState {
  const { categories = [], purpose, sealed } = event.data;
  const holdings = new Map(state.holdings);
  const grounds = groundsOf(event);
  let last: Holding | undefined;
  for (const category of categories) {
    if (sealed?.commitments[category] === undefined) continue;
    const purposes = withPurpose(holdings.get(category), purpose);
    // Categories of one event mostly differ in nothing.
    if (last?.purposes !== purposes) last = { event: event.id, purposes, ...grounds };
    holdings.set(category, last);
  }
  return { ...state, holdings, deleted: without(state.deleted, categories) };
}

const NO_PURPOSE: ReadonlySet<string> = new Set();

function withPurpose(
  before: Holding | undefined,
  purpose: string | null | undefined,
): ReadonlySet<string> {
  const purposes = before?.purposes ?? NO_PURPOSE;
  if (typeof purpose !== 'string' || purposes.has(purpose)) return purposes;
  return sharedSet([...purposes, purpose]);
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
