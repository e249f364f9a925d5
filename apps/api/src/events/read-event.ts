import type { Submission } from '#domain';
import { parseEvent, parseLine, type Line, type ParsedLine } from '#ledger/intake';
import type { Bearer } from '../access/caller.js';
import type { EventFault, EventResult } from './event.answer.dto.js';

/** An event that may be submitted, or what became of it already. */
export type ReadEvent = { readonly submission: Submission } | { readonly result: EventResult };

/** One line of a stream. */
export function readLine({ bytes }: Line, bearer: Bearer): ReadEvent {
  return bytes === undefined
    ? invalid(null, 'TOO_LARGE', [{ path: '', message: 'the line is longer than 256 KiB' }])
    : permitted(parseLine(bytes), bearer);
}

/** One event of a body that is parsed already. */
export function readEvent(value: unknown, bearer: Bearer): ReadEvent {
  return permitted(parseEvent(value), bearer);
}

/** Whether an event was turned away because the token does not allow it. */
export function isForbidden(read: ReadEvent): boolean {
  return 'result' in read && read.result.code === 'FORBIDDEN';
}

function permitted(parsed: ParsedLine, bearer: Bearer): ReadEvent {
  if (!parsed.ok) {
    const errors = parsed.faults.map(({ path, message }) => ({ path, message }));
    const isTooLarge = parsed.faults.some(({ code }) => code === 'TOO_LARGE');
    return invalid(parsed.id ?? null, isTooLarge ? 'TOO_LARGE' : 'INVALID_REQUEST', errors);
  }
  const { submission } = parsed;
  return isAllowed(submission, bearer) ? { submission } : invalid(submission.id, 'FORBIDDEN');
}

/** Sources by the token's claim; the service's own source is nobody's; registrations for the token's operator alone. */
function isAllowed({ source, command }: Submission, { sources, operator }: Bearer): boolean {
  if (sources?.includes(source) === false || source.startsWith('urn:pdl:')) return false;
  return !('operator' in command) || (operator ?? command.operator) === command.operator;
}

function invalid(id: string | null, code: string, errors?: EventFault[]): ReadEvent {
  return { result: { id, status: 'invalid', code, ...(errors === undefined ? {} : { errors }) } };
}
