import type { LedgerEvent } from '../event/ledger-event.js';
import { sharedCode, sharedSet } from './shared.js';
import type { Consent, SubjectState } from './subject-state.js';

const STATE = {
  ConsentRequested: 'requested',
  ConsentGiven: 'given',
  ConsentRefused: 'refused',
  ConsentClaimed: 'claimed',
} as const;
type Recorded = keyof typeof STATE;

/** Events of the consent family. */
export type ConsentEvent = LedgerEvent<Recorded | 'ConsentWithdrawn' | 'ConsentExpired'>;

/** Whether an event belongs to the consent family. */
export function isConsentEvent(event: LedgerEvent): event is ConsentEvent {
  return event.type.startsWith('Consent');
}

/** The state after a consent was recorded, withdrawn or has expired (Law 94-V art. 8). */
export function evolveConsent(state: SubjectState, event: ConsentEvent): SubjectState {
  switch (event.type) {
    case 'ConsentWithdrawn':
      return ended(state, event.data.consents, 'withdrawn');
    case 'ConsentExpired':
      return ended(state, event.data.consents, 'expired');
    default:
      return recorded(state, event);
  }
}

function ended(
  state: SubjectState,
  ids: readonly string[],
  to: 'withdrawn' | 'expired',
): SubjectState {
  const consents = state.consents.map((consent) =>
    ids.includes(consent.id) ? { ...consent, state: to } : consent,
  );
  return { ...state, consents };
}

function recorded(state: SubjectState, event: LedgerEvent<Recorded>): SubjectState {
  const { purpose, categories, validUntil, occurredAt } = event.data;
  if (purpose === undefined || purpose === null) return state;
  const consent: Consent = {
    id: event.id,
    state: STATE[event.type],
    purpose: sharedCode(purpose),
    categories: sharedSet(categories ?? []),
    givenAt: Date.parse(occurredAt),
    validUntil: validUntil === undefined ? Infinity : Date.parse(validUntil),
    thirdParties: event.data.thirdParties === true,
    crossBorder: event.data.crossBorder === true,
    publication: event.data.publication === true,
  };
  const consents = [...state.consents, consent];
  if (consent.state !== 'given' || !state.achieved.has(purpose)) return { ...state, consents };
  const achieved = new Map(state.achieved);
  achieved.delete(purpose);
  return { ...state, consents, achieved };
}
