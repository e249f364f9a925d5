import {
  checkIdentifier,
  decide,
  evolve,
  initialState,
  looksBack,
  type DecideContext,
  type Draft,
  type LedgerEvent,
  type SubjectCommand,
  type SubjectState,
  type Submission,
} from '#domain';
import type { Ledger } from '../ledger.js';
import { LedgerError } from '../ledger-error.js';
import type { LoadedSubject } from '../recording/subjects.js';
import { answerOf, type Answer } from './answer.js';
import { contextOf, type Asking, type NamedRecipient } from './context.js';
import { completeDestruction } from './destruction.js';
import { readAheadOn, recipientId, subjectsNamed, type ReadAhead } from './read-ahead.js';
import { answerRepeat, repeated, type Repeat, type UsedUp } from './repeat.js';
import { settled, type Decided } from './settle.js';
import type { Recorded } from '../recording/recorder.js';
import { untilRecorded } from '../recording/until-recorded.js';

/** What was ahead up for a command whose operator is known. */
export type Asked = ReadAhead & { readonly asking: Asking };

/** The one subject that an emitter's reference names. @throws {LedgerError} NOT_FOUND, CONFLICT. */
export function subjectOf(
  ledger: Ledger,
  submission: Submission,
  operator?: string,
): { readonly operator: string; readonly id: string } {
  const [only, other] = subjectsNamed(ledger, submission, operator);
  if (other !== undefined) {
    throw new LedgerError(
      'CONFLICT',
      'two operators know this reference: use a source of its own for each',
    );
  }
  if (only === undefined) throw unknownSubject();
  return only;
}

/**
 * Judges a command on a subject known by its ledger id and sets it on its way into the log; undefined when something
 * that it needs was not ahead up. Synchronous: nothing comes between what it reads and what it records.
 * @throws {LedgerError} NOT_FOUND, INVALID_REQUEST, INVALID_VALUE: nothing was recorded.
 */
export function decideOn(
  ledger: Ledger,
  subject: string,
  command: SubjectCommand,
  asked: Asked,
): Decided | undefined {
  const { asking } = asked;
  const loaded = ledger.subjects.cached(subject) ?? asked.subject;
  const recipients = recipientsOf(ledger, command, asked);
  if (loaded === undefined || recipients === undefined) return undefined;
  assertRegistered(loaded, asking);
  checkValues(ledger, asking.operator, command);
  const context = contextOf(ledger, asking, command, recipients);
  const before = repeated(ledger, asking.firstId, asked.stored);
  if (before !== undefined) {
    const repeat = repeatOf(before, command, context, { asking, subject: loaded });
    return { settle: async () => answerRepeat(ledger, repeat) };
  }
  const known = withPast(command, loaded, context, asked);
  if (known === undefined) return undefined;
  const drafts = decide(command, loaded.state, known);
  const { eventId, read, recorded: moment } = known;
  const { actor } = asking;
  const { at } = moment;
  const recorded = ledger.recorder.record({ tail: loaded, drafts, eventId, actor, read, at });
  moved(loaded, recorded.events);
  return destroying(ledger, recorded, asking) ?? { recorded };
}

/** What the command claims now, on nothing: of several recipients it is the recorded one that is compared. */
function repeatOf(
  before: UsedUp,
  command: SubjectCommand,
  context: DecideContext,
  { asking, subject }: { readonly asking: Asking; readonly subject: LoadedSubject },
): Repeat {
  const { recipient } = before.event.data as { readonly recipient?: string | null };
  const recorded = context.recipients.filter((each) => (each?.id ?? null) === recipient);
  const recipients = recorded.length > 0 ? recorded.slice(0, 1) : context.recipients;
  const blank = { ...initialState, registered: subject.state.registered };
  const again = againOf(command, blank, { ...context, recipients });
  const named = context.recipients.map((each) => each?.id ?? null);
  return { ...before, command, again, timed: asking.time !== undefined, recipients: named };
}

/**
 * Reads what one command on a known subject needs, judges it, and judges again as long as somebody else is faster.
 * @throws {LedgerError} NOT_FOUND, INVALID_REQUEST, INVALID_VALUE, UNAVAILABLE.
 */
export async function answerOn(
  ledger: Ledger,
  subject: string,
  command: SubjectCommand,
  asking: Asking,
): Promise<Answer> {
  return untilRecorded(ledger, async () =>
    settled(await decidedOnce(ledger, subject, command, asking)),
  );
}

async function decidedOnce(
  ledger: Ledger,
  subject: string,
  command: SubjectCommand,
  asking: Asking,
): Promise<Decided> {
  const { asked, release } = await readAheadOn(ledger, subject, command, asking);
  try {
    const decided = decideOn(ledger, subject, command, asked);
    if (decided === undefined) throw new LedgerError('OVERTAKEN', 'the subject has moved on');
    return decided;
  } finally {
    release();
  }
}

/** With what a late notice needs; undefined when the stream has moved since its past was read. */
function withPast(
  command: SubjectCommand,
  { state, revision }: LoadedSubject,
  context: DecideContext,
  { past }: Asked,
): DecideContext | undefined {
  if (!looksBack(command, state, context.occurredAt)) return context;
  return past?.revision === revision ? { ...context, relied: past.relied } : undefined;
}

function assertRegistered({ state }: LoadedSubject, { operator }: Asking): void {
  if (state.registered?.operator !== operator) throw unknownSubject();
}

function moved(loaded: LoadedSubject, events: readonly LedgerEvent[]): void {
  for (const event of events) loaded.state = evolve(loaded.state, event);
}

/** An order of destruction is carried out before it is answered. */
function destroying(
  ledger: Ledger,
  { events, durable }: Recorded,
  { actor }: Asking,
): Decided | undefined {
  const index = events.findIndex(({ type }) => type === 'DestructionOrdered');
  const order = events[index];
  if (order?.type !== 'DestructionOrdered' || order.data.verdict !== 'lawful') return undefined;
  ledger.openOrders.add(order.id);
  return {
    settle: async (): Promise<Answer> => {
      const { firstOrdinal } = await durable;
      const at = firstOrdinal + BigInt(index);
      const { event, ordinal, certificate } = await completeDestruction(ledger, order, at, actor);
      return { ...answerOf(event, ordinal), certificate };
    },
  };
}

function recipientsOf(
  ledger: Ledger,
  command: SubjectCommand,
  { asking, recipients }: Asked,
): readonly NamedRecipient[] | undefined {
  if (command.kind !== 'operate' || command.recipients === undefined) return [];
  const named: NamedRecipient[] = [];
  for (const name of command.recipients) {
    const id = recipientId(ledger, asking.operator, asking.source, name);
    const loaded =
      id === undefined ? undefined : (ledger.subjects.cachedRecipient(id) ?? recipients.get(id));
    if (id !== undefined && loaded === undefined) return undefined;
    named.push(loaded);
  }
  return named;
}

/** Values of typed categories must pass their check digits, before the gate (contract §3). */
function checkValues(ledger: Ledger, operator: string, command: SubjectCommand): void {
  if (command.kind !== 'operate' || command.data === undefined) return;
  const schemes = ledger.parts.governance.schemes(operator);
  for (const category in command.data) {
    const scheme = schemes.get(category);
    if (scheme === undefined) continue;
    const fault = checkIdentifier(scheme, command.data[category] ?? '');
    if (fault === 'ok') continue;
    throw new LedgerError(
      'INVALID_VALUE',
      `the value of ${category} fails its check (${scheme}, ${fault})`,
    );
  }
}

function unknownSubject(): LedgerError {
  return new LedgerError(
    'NOT_FOUND',
    'nobody is registered under this reference: register the subject first',
  );
}

/** What a command would claim now: as if it were reported, since a refusal does not tell of what. */
function againOf(command: SubjectCommand, state: SubjectState, context: DecideContext): Draft {
  const { type, data } = firstOf(decide(command, state, { ...context, mode: 'record' }));
  return { type, data: { ...data, mode: context.mode } } as Draft;
}

function firstOf(drafts: readonly Draft[]): Draft {
  const [first] = drafts;
  if (first === undefined) throw new LedgerError('BROKEN', 'a command made no event');
  return first;
}
