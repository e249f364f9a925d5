import type { LedgerEvent } from '../event/ledger-event.js';
import type { RecipientState } from './ask.js';

/** A recipient after one more event of its stream (AKJET 7.5; Law 94-V art. 10(1)). */
export function evolveRecipient(
  state: RecipientState | undefined,
  event: LedgerEvent,
): RecipientState | undefined {
  switch (event.type) {
    case 'RecipientRegistered': {
      const { operator, class: of, country } = event.data;
      return { operator, class: of, country, bound: false };
    }
    case 'ProcessorBound':
      return state && { ...state, bound: true };
    case 'ProcessorReleased':
      return state && { ...state, bound: false };
    default:
      return state;
  }
}
