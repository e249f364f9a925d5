import type { Submission } from '#domain';
import { parseEvent, parseLine, type Line, type ParsedLine } from '#ledger/intake';
import type { Caller } from '../access/caller.js';
import type { OperatorGate } from '../access/operator-gate.js';
import type { EventFault, EventResult } from './event.answer.dto.js';

/** An event that may be submitted, or what became of it already. */
export type ReadEvent = { readonly submission: Submission } | { readonly result: EventResult };

/** One line of a stream. */
export function readLine({ bytes }: Line, caller: Caller, gate: OperatorGate): ReadEvent {
  return bytes === undefined
    ? invalid(null, 'TOO_LARGE', [{ path: '', message: 'the line is longer than 256 KiB' }])
    : permitted(parseLine(bytes), caller, gate);
}

/** One event of a body that is parsed already. */
export function readEvent(value: unknown, caller: Caller, gate: OperatorGate): ReadEvent {
  return permitted(parseEvent(value), caller, gate);
}

/** Whether an event was turned away because the token does not allow it. */
export function isForbidden(read: ReadEvent): boolean {
  return 'result' in read && read.result.code === 'FORBIDDEN';
}

function permitted(parsed: ParsedLine, caller: Caller, gate: OperatorGate): ReadEvent {
  if (!parsed.ok) {
    const errors = parsed.faults.map(({ path, message }) => ({ path, message }));
    const isTooLarge = parsed.faults.some(({ code }) => code === 'TOO_LARGE');
    return invalid(parsed.id ?? null, isTooLarge ? 'TOO_LARGE' : 'INVALID_REQUEST', errors);
  }
  const { submission } = parsed;
  const isAllowed = isOwnSource(submission, caller) && isOwnOperator(submission, caller, gate);
  return isAllowed ? { submission } : invalid(submission.id, 'FORBIDDEN');
}

/** By the token's claim; the service's own source is nobody's. */
function isOwnSource({ source }: Submission, { bearer }: Caller): boolean {
  return bearer.sources?.includes(source) !== false && !source.startsWith('urn:pdl:');
}

/** Registrations name their operator. */
function isOwnOperator({ command }: Submission, caller: Caller, gate: OperatorGate): boolean {
  return !('operator' in command) || !gate.isAnothers(caller, command.operator);
}

function invalid(id: string | null, code: string, errors?: EventFault[]): ReadEvent {
  return { result: { id, status: 'invalid', code, ...(errors === undefined ? {} : { errors }) } };
}
