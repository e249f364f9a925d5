import { REFUSAL_WORDS, type RefusalCode } from '#domain';
import type { ProblemCode, ProblemMembers } from './problem.js';

/** What an error answer says beside its title: the core's words, what does not fit, what said no, else what to do. */
export function detailOf(code: ProblemCode, members: ProblemMembers): string {
  const { detail, errors = [], codes = [code] } = members;
  if (detail !== undefined) return detail;
  if (errors.length > 0) {
    return errors.map(({ path, message }) => `${path} ${message}`.trim()).join('; ');
  }
  return isRefusal(code) ? codes.filter(isRefusal).map(wordsOf).join(' ') : WHAT_TO_DO[code];
}

function isRefusal(code: string): code is RefusalCode {
  return Object.hasOwn(REFUSAL_WORDS, code);
}

function wordsOf(code: RefusalCode): string {
  return REFUSAL_WORDS[code].en;
}

const REPORT = 'nothing that you send differently will help: tell whoever runs the service';

const WHAT_TO_DO: Readonly<Record<Exclude<ProblemCode, RefusalCode>, string>> = {
  INVALID_REQUEST: 'see /docs for what is taken here',
  UNAUTHENTICATED: 'send a token of this ledger that has not ended: "authorization: Bearer …"',
  FORBIDDEN: 'use a token whose role, operator and claims allow it; this attempt is recorded',
  NOT_FOUND: 'check the path and the id, and whose they are',
  CONFLICT: 'look at what is recorded, or give a new id',
  TOO_LARGE: 'send less at once, or a stream of lines to /v1/events',
  UNSUPPORTED_MEDIA_TYPE: 'see /docs for the content types of this route; nothing packed is taken',
  INVALID_VALUE: 'check the value where it was taken down',
  TOO_MANY: 'wait as long as retry-after says',
  UNAVAILABLE: 'wait as long as retry-after says, then send it again under the same id',
  OVERTAKEN: 'send it again under the same id',
  ALREADY_INITIALISED: REPORT,
  NO_LEDGER: REPORT,
  WRONG_LOG: REPORT,
  ROLLED_BACK: REPORT,
  BROKEN: REPORT,
};
