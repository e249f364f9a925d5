import type { ActorRole, Mode, Submission } from '#domain';
import type { Ledger } from '../ledger.js';
import { LedgerError, wrongField } from '../ledger-error.js';
import { isOvertaken, untilRecorded } from '../recording/until-recorded.js';
import { invalidOf, type Answer } from './answer.js';
import { decideOn, subjectOf } from './decide-on.js';
import { readAhead, type ReadAhead } from './read-ahead.js';
import { registerRecipient, registerSubject } from './register.js';
import { settled, type Decided } from './settle.js';

/** Who submits, in which mode. */
export interface Submitter {
  readonly name: string;
  readonly role: ActorRole;
  readonly mode: Mode;
  /** Whose references and subjects it may name; absent: every operator's. */
  readonly operator?: string;
}

/** Commands that were decided, in the order in which they came. */
export interface Submitted {
  /** Resolves when all are durable. @throws {LedgerError} UNAVAILABLE: what was not recorded may be sent again. */
  readonly answers: Promise<readonly Answer[]>;
}

/** Judges and records one command of an emitter; answers when it is durable. */
export async function submit(
  ledger: Ledger,
  submission: Submission,
  submitter: Submitter,
): Promise<Answer> {
  const { answers } = await submitAll(ledger, [submission], submitter);
  const [answer] = await answers;
  if (answer === undefined) throw new LedgerError('BROKEN', 'a command has no answer');
  return answer;
}

/**
 * Judges and records commands, one after another. Resolves when they are decided, so that the next ones may follow
 * while these become durable.
 */
export async function submitAll(
  ledger: Ledger,
  submissions: readonly Submission[],
  submitter: Submitter,
): Promise<Submitted> {
  const decided = await decideAll(ledger, submissions, { ...submitter, isAgain: false });
  const answers = answersOf(ledger, submissions, submitter, decided);
  // Whoever waits for them hears of a failure; that nobody waits yet is no reason to end the process.
  answers.catch(() => undefined);
  return { answers };
}

/** Whether it is for the second time. */
type Deciding = Submitter & { readonly isAgain: boolean };

async function decideAll(
  ledger: Ledger,
  submissions: readonly Submission[],
  submitter: Deciding,
): Promise<readonly Decided[]> {
  const decided: Decided[] = [];
  try {
    while (decided.length < submissions.length) {
      await decideNext(ledger, submissions, submitter, decided);
    }
    return decided;
  } catch (error) {
    endAll(ledger, submissions.slice(0, decided.length));
    throw error;
  }
}

/** Ends where what was read ahead is not what a command needs any more: look again from there on. */
async function decideNext(
  ledger: Ledger,
  submissions: readonly Submission[],
  submitter: Deciding,
  decided: Decided[],
): Promise<void> {
  const rest = submissions.slice(decided.length);
  // A destruction takes from hand what was just read; what was decided before it stands.
  const { each, release } = await untilRecorded(ledger, async () =>
    readAhead(ledger, rest, submitter),
  );
  try {
    for (const [n, submission] of rest.entries()) {
      const ahead = each[n];
      const one = ahead && decideOne(ledger, submission, submitter, ahead);
      if (one === undefined) return;
      decided.push(one);
      if ('recorded' in one && isRegistration(submission)) ledger.registrations.begin(submission);
    }
  } finally {
    // Also when a store failed: whoever sends the same ids again would wait for ever.
    release();
  }
}

function isRegistration({ command: { kind } }: Submission): boolean {
  return kind === 'register-subject' || kind === 'register-recipient';
}

function endAll(ledger: Ledger, submissions: readonly Submission[]): void {
  for (const submission of submissions) ledger.registrations.end(submission);
}

/** Undefined when something that the command needs was not read ahead. */
function decideOne(
  ledger: Ledger,
  submission: Submission,
  { operator: only, isAgain }: Deciding,
  ahead: ReadAhead,
): Decided | undefined {
  try {
    const { command } = submission;
    if (command.kind === 'register-subject' || command.kind === 'register-recipient') {
      assertOperator(ledger, command.operator, only);
      return command.kind === 'register-subject'
        ? registerSubject(ledger, submission, command, ahead)
        : registerRecipient(ledger, submission, command, ahead);
    }
    const { operator, id } = subjectOf(ledger, submission, only);
    if (ahead.asking?.operator !== operator) return undefined;
    return decideOn(ledger, id, command, { ...ahead, asking: ahead.asking });
  } catch (error) {
    return isOvertaken(error) ? undefined : invalidNow(ledger, submission, isAgain, error);
  }
}

/** A registration that was decided before and overtaken is decided again: only after it is nobody known for good. */
function invalidNow(
  ledger: Ledger,
  submission: Submission,
  isAgain: boolean,
  error: unknown,
): Decided {
  const answer = invalidOf(error);
  const { source, reference } = submission;
  // Once only: what is pending then may have been decided behind this one, and be answered behind it.
  const registered = isAgain ? undefined : ledger.registrations.ended(submission);
  const isKnown = ledger.parts.vault.resolve(source, reference).length > 0;
  if (registered === undefined || isKnown) return { answer };
  return {
    settle: async () => {
      await registered;
      throw new LedgerError('OVERTAKEN', 'the registration was overtaken');
    },
  };
}

function assertOperator({ parts }: Ledger, operator: string, only: string | undefined): void {
  if (!parts.governance.isOperator(operator)) {
    throw wrongField('data.operator', 'is not an operator of this ledger');
  }
  if ((only ?? operator) !== operator) {
    throw wrongField('data.operator', 'is not the operator of the emitter');
  }
}

async function answersOf(
  ledger: Ledger,
  submissions: readonly Submission[],
  submitter: Submitter,
  decided: readonly Decided[],
): Promise<readonly Answer[]> {
  // Work that follows a record begins at once and together: destructions share their transaction.
  const settling = decided.map((one) => ('settle' in one ? begun(one) : one));
  const answers: Answer[] = [];
  try {
    for (const [n, submission] of submissions.entries()) {
      const answer = await settledOrAgain(ledger, submission, submitter, settling[n]);
      ledger.registrations.end(submission);
      answers.push(answer);
    }
    return answers;
  } finally {
    endAll(ledger, submissions.slice(answers.length));
  }
}

async function settledOrAgain(
  ledger: Ledger,
  submission: Submission,
  submitter: Submitter,
  one: Decided | undefined,
): Promise<Answer> {
  try {
    return await settledOne(one);
  } catch (error) {
    if (!isOvertaken(error)) throw error;
    return decideAgain(ledger, submission, submitter);
  }
}

async function settledOne(one: Decided | undefined): Promise<Answer> {
  if (one === undefined) throw new LedgerError('BROKEN', 'a command was not decided');
  return settled(one);
}

function begun({ settle }: Extract<Decided, { settle: unknown }>): Decided {
  const answer = settle();
  answer.catch(() => undefined);
  return { settle: async () => answer };
}

/** Judged anew on what is there now, in the order of the first judgements. */
async function decideAgain(
  ledger: Ledger,
  submission: Submission,
  submitter: Submitter,
): Promise<Answer> {
  return ledger.mutex.run(`again ${submission.source} ${submission.reference}`, async () =>
    untilRecorded(ledger, async () => {
      const [one] = await decideAll(ledger, [submission], { ...submitter, isAgain: true });
      return settledOne(one).finally(() => ledger.registrations.end(submission));
    }),
  );
}
