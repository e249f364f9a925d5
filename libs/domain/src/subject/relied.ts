import type { LedgerEvent } from '../event/ledger-event.js';
import { classOf, type Operation } from '../gate/operation.js';
import { isOperationEvent } from './evolve-operation.js';

/** A lawful operation that a late notice could overturn. */
export interface Relied {
  readonly event: string;
  readonly operation: Operation;
  /** Milliseconds. */
  readonly occurredAt: number;
  readonly purpose: string | null;
  readonly categories: readonly string[];
  /** Consent it relied on. */
  readonly consent: string | null;
}

/** What a late notice could overturn of an event of the subject's stream; undefined when nothing. */
export function reliedIn(event: LedgerEvent): Relied | undefined {
  if (!isOperationEvent(event) || event.type === 'DataDestroyed') return undefined;
  const { operation, purpose = null, categories = [], occurredAt, verdict } = event.data;
  if (verdict !== 'lawful' || operation === null || classOf(operation) === 'protective')
    return undefined;
  return {
    event: event.id,
    operation,
    occurredAt: Date.parse(occurredAt),
    purpose,
    categories,
    consent: consentOf(event.data.basis),
  };
}

function consentOf(
  basis: { readonly code: string | null; readonly ref?: string | null | undefined } = NONE,
): string | null {
  return basis.code === 'KZ-CONSENT' ? (basis.ref ?? null) : null;
}

const NONE = { code: null };
