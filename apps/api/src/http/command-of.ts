import type { EmitterCommand } from '#domain';
import { parseCommand } from '#ledger/intake';
import { Problem } from '../problems/problem.js';

/**
 * The command that a body is, by the same rules as in a CloudEvent.
 * @throws {Problem} INVALID_REQUEST with paths of the body.
 */
export function commandOf(type: string, body: object, occurredAt?: string): EmitterCommand {
  const read = parseCommand(`kz.pdl.${type}.v1`, body, occurredAt);
  if ('command' in read) return read.command;
  const errors = read.faults.map(({ path, message }) => ({ path: pathInBody(path), message }));
  throw new Problem('INVALID_REQUEST', { errors });
}

/** Path in a body of its own: in a CloudEvent the body lies under `data`, and the time beside it. */
export function pathInBody(path: string): string {
  return path === 'time' ? 'occurredAt' : path.replace(/^data(\.|$)/u, '');
}
