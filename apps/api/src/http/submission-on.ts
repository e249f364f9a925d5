import type { SubjectCommand } from '#domain';
import type { SubjectSubmission } from '#ledger';
import type { Caller } from '../access/caller.js';
import { given } from './given.js';
import { Problem } from '../problems/problem.js';

/** A command on a subject of the path, for the operator that the gatekeeper found it under. */
export function submissionOn(
  { operator }: Caller,
  asked: {
    readonly subject: string;
    readonly command: SubjectCommand;
    readonly time: string | undefined;
    readonly key: string | undefined;
  },
): SubjectSubmission {
  if (operator === undefined) throw new Problem('NOT_FOUND');
  const { subject, command, time, key } = asked;
  return { operator, subject, command, ...given({ time, key }) };
}
