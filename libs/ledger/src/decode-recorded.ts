import { decodeEvent, type LedgerEvent } from '#domain';
import type { RecordedEvent } from '#event-store';

/** The event of a stored one. @throws {DomainError} as `decodeEvent`. */
export function decodeRecorded({ leaf }: RecordedEvent): LedgerEvent {
  return decodeEvent(leaf);
}
