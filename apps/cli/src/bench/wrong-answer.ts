import { CliError, EXIT } from '../exit.js';

/** A side measured something else than it said: nothing of the run may be believed. */
export class WrongAnswerError extends CliError {
  constructor(side: string, found: string) {
    super(EXIT.no, `${side} answered wrongly: ${found}`, 'WRONG_ANSWER');
  }
}

/** @throws {WrongAnswerError} naming the side and what was found, unless both are the same. */
export function assertSame(
  side: string,
  what: string,
  found: string | number | bigint | undefined,
  expected: string | number | bigint,
): void {
  if (found === expected) return;
  throw new WrongAnswerError(side, `${what} is ${found}, expected ${expected}`);
}
