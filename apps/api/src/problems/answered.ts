import type { Answer } from '#ledger';
import { pathInBody } from '../http/command-of.js';
import { given } from '../http/given.js';
import { Problem, invalidRequest, type ProblemMembers } from './problem.js';
import { isProblemCode } from './status-table.js';

/** What a recorded command is answered with (contract §4). */
export interface Recorded {
  readonly event: string;
  readonly position: string;
  readonly revision: string;
  readonly recordedAt: string;
  readonly verdict: 'lawful' | 'violation';
}

/** The answer to a command that was recorded and not refused. @throws {Problem} for every other. */
export function recordedOf(answer: Answer): Recorded {
  const { status, verdict } = answer;
  // A repeat of what was refused is refused again, in the same words.
  if (status === 'invalid' || status === 'refused' || verdict === 'refused')
    throw problemOf(answer);
  const { event, position, revision, recordedAt } = { ...NOWHERE, ...answer };
  const lawful = verdict === 'violation' ? 'violation' : 'lawful';
  return { event, position, revision, recordedAt, verdict: lawful };
}

const NOWHERE = { event: '', position: '', revision: '', recordedAt: '' };

function problemOf({ code, path = '', message: detail, ...answer }: Answer): Problem {
  if (code === 'INVALID_REQUEST') return invalidRequest(pathInBody(path), detail ?? '');
  const { codes, clauses, event, certificate } = answer;
  const members: ProblemMembers = given({ detail, codes, clauses, event, certificate });
  return new Problem(isProblemCode(code) ? code : 'BROKEN', members);
}
