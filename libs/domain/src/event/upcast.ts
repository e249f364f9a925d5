import { DomainError } from '../domain-error.js';
import type { LedgerEvent } from './ledger-event.js';

/**
 * Brings an event of an older schema version into today's shape. What was stored is what is hashed; only the
 * reader's copy changes. Version 1 is the first: nothing to change yet.
 * @throws {DomainError} NEWER_SCHEMA when the event was written by a newer program.
 */
export function upcast(event: LedgerEvent): LedgerEvent {
  if (event.metadata.schemaVersion === '1') return event;
  throw new DomainError(
    'NEWER_SCHEMA',
    'the log holds events of a newer schema version: update the program',
  );
}
