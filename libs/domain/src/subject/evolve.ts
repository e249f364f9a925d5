import type { LedgerEvent } from '../event/ledger-event.js';
import { evolveConsent, isConsentEvent } from './evolve-consent.js';
import { evolveOperation, isOperationEvent } from './evolve-operation.js';
import { coverOf, release, type SubjectState } from './subject-state.js';

/**
 * The state after one more event of the subject's stream; total and deterministic. A violation or a refusal changes
 * nothing but what was found (design §5, record mode).
 */
export function evolve(state: SubjectState, event: LedgerEvent): SubjectState {
  if (event.type === 'ViolationDetected') {
    const found = event.data.codes.some(
      (code) => code.startsWith('CONSENT_') || code === 'NO_LAWFUL_BASIS',
    );
    return found ? { ...state, consentViolation: true } : state;
  }
  if ('verdict' in event.data && event.data.verdict !== 'lawful') return state;
  if (isConsentEvent(event)) return evolveConsent(state, event);
  if (isOperationEvent(event)) return evolveOperation(state, event);
  return evolveRelation(state, event);
}

function evolveRelation(state: SubjectState, event: LedgerEvent): SubjectState {
  switch (event.type) {
    case 'SubjectRegistered': {
      const { operator, subject, subjectKind } = event.data;
      return { ...state, registered: { operator, subject, kind: subjectKind } };
    }
    case 'SubjectKindChanged':
      return state.registered === null
        ? state
        : { ...state, registered: { ...state.registered, kind: event.data.to } };
    case 'ContractStarted':
      return withContract(state, event.data.contract, null);
    case 'ContractEnded':
      return withContract(state, event.data.contract, Date.parse(event.data.occurredAt));
    case 'PurposeAchieved':
      return event.data.purpose === null
        ? state
        : {
            ...state,
            achieved: withEntry(
              state.achieved,
              event.data.purpose,
              Date.parse(event.data.occurredAt),
            ),
          };
    case 'HoldPlaced':
      return { ...state, holds: [...state.holds, coverOf(event.data.categories)] };
    case 'HoldReleased':
      return { ...state, holds: release(state.holds, event.data.categories) };
    case 'RequestReceived':
      return { ...state, requests: new Set([...state.requests, event.data.request]) };
    case 'DestructionApproved':
      return { ...state, approvals: new Set([...state.approvals, event.data.ground]) };
    default:
      return state;
  }
}

function withContract(state: SubjectState, contract: string, endedAt: number | null): SubjectState {
  return { ...state, contracts: withEntry(state.contracts, contract, { endedAt }) };
}

function withEntry<V>(map: ReadonlyMap<string, V>, key: string, value: V): ReadonlyMap<string, V> {
  return new Map(map).set(key, value);
}
