import { isUuid, type Mode, type SubjectCommand, type Submission } from '#domain';
import type { RecordedEvent } from '#event-store';
import type { Ledger } from '../ledger.js';
import type { LoadedRecipient, LoadedSubject } from '../recording/subjects.js';
import type { Asking } from './context.js';
import { readPast, type Past } from './past.js';
import type { Submitter } from './submit.js';

/** What one command needs, read before it is decided. */
export interface ReadAhead {
  /** Absent when nobody was registered under the reference, or under the operator, when it was read. */
  readonly asking: Asking | undefined;
  readonly subject: LoadedSubject | undefined;
  /** The event that used up the command's id before, straight from the log. */
  readonly stored: RecordedEvent | undefined;
  readonly recipients: ReadonlyMap<string, LoadedRecipient>;
  /** Of a command that looks back. */
  readonly past: Past | undefined;
}

/** Everything that commands need, and the end of the claim on their ids. */
export interface AllAhead {
  readonly each: readonly ReadAhead[];
  readonly release: () => void;
}

/**
 * Reads what the commands need, all at once; deciding then is synchronous, so that nothing comes between what a
 * decision reads and what it records. Ids stay claimed until released.
 */
export async function readAhead(
  ledger: Ledger,
  submissions: readonly Submission[],
  submitter: Submitter,
): Promise<AllAhead> {
  const references = referencesIn(submissions);
  await ledger.parts.vault.ahead({ references });
  const places = placesOf(ledger, submissions, submitter.operator);
  const actors = await actorsOf(ledger, places, submitter);
  const askings = submissions.map((submission, n) =>
    askingOf(ledger, submission, submitter.mode, actors.get(places[n]?.operator ?? '')),
  );
  const ids = askings.map((asking) => asking?.firstId);
  const release = await ledger.claims.take(new Set(ids.filter((id) => id !== undefined)));
  try {
    const stored = await storedOf(ledger, ids);
    const subjects = await subjectsOf(ledger, places);
    const recipients = await recipientsOf(ledger, submissions, places);
    const each: ReadAhead[] = [];
    for (const [n, asking] of askings.entries()) {
      const subject = subjects.get(places[n]?.subject ?? '');
      const past = await readPast(ledger, submissions[n]?.command, subject, asking);
      each.push({ asking, subject, stored: stored[n], recipients, past });
    }
    // Last: what was at hand before may have gone while the log was read.
    await ledger.parts.vault.ahead({ references, subjects: [...subjects.keys()] });
    return { each, release };
  } catch (error) {
    release();
    throw error;
  }
}

/** The same for one command on a subject that is known by its ledger id. */
export async function readAheadOn(
  ledger: Ledger,
  subject: string,
  command: SubjectCommand,
  asking: Asking,
): Promise<{
  readonly asked: ReadAhead & { readonly asking: Asking };
  readonly release: () => void;
}> {
  const { firstId, operator, source } = asking;
  const release = await ledger.claims.take(new Set([firstId]));
  try {
    const { store, vault } = ledger.parts;
    const stored = await store.findEvent(firstId);
    const references = recipientNames(command).map((reference) => ({ source, reference }));
    await vault.ahead({ references });
    const named = recipientsIn(ledger, { command, source }, operator);
    const recipients = await loadedRecipients(ledger, named);
    const loaded = await ledger.subjects.load(subject);
    const past = await readPast(ledger, command, loaded, asking);
    await vault.ahead({ references, subjects: [subject] });
    return { asked: { asking, stored, subject: loaded, recipients, past }, release };
  } catch (error) {
    release();
    throw error;
  }
}

/** Under which operator a command falls, and on whom. */
interface Place {
  readonly operator: string;
  readonly subject?: string;
}

/** The subjects that an emitter's reference names: one, none, or of two operators. */
export function subjectsNamed(
  { parts: { vault } }: Ledger,
  { source, reference }: Submission,
  only?: string,
): readonly { readonly operator: string; readonly id: string }[] {
  return vault
    .resolve(source, reference)
    .filter(({ kind, operator }) => kind === 'subject' && (only ?? operator) === operator);
}

/** A reference that is registered further up counts too. */
function placesOf(
  ledger: Ledger,
  submissions: readonly Submission[],
  only: string | undefined,
): readonly (Place | undefined)[] {
  const coming = new Map<string, string>();
  return submissions.map((submission) => {
    const { command, source, reference } = submission;
    const name = `${source}\0${reference}`;
    const ofComing = coming.get(name);
    if (ofComing !== undefined) return { operator: ofComing };
    if (command.kind === 'register-subject' || command.kind === 'register-recipient') {
      const { operator } = command;
      // Of one that was registered before it must be known whether it was destroyed.
      const known = subjectsNamed(ledger, submission, operator)[0];
      if (known !== undefined) return { operator, subject: known.id };
      if (command.kind === 'register-subject') coming.set(name, operator);
      return { operator };
    }
    const [named] = subjectsNamed(ledger, submission, only);
    return named && { operator: named.operator, subject: named.id };
  });
}

type OfOperator = Pick<Asking, 'operator' | 'actor'>;

async function actorsOf(
  ledger: Ledger,
  places: readonly (Place | undefined)[],
  { name, role }: Submitter,
): Promise<ReadonlyMap<string, OfOperator>> {
  const actors = new Map<string, OfOperator>();
  for (const place of places) {
    const { operator = '' } = place ?? {};
    if (actors.has(operator) || !ledger.parts.governance.isOperator(operator)) continue;
    actors.set(operator, { operator, actor: await ledger.actor(operator, name, role) });
  }
  return actors;
}

function askingOf(
  { parts: { vault } }: Ledger,
  { source, id, time }: Submission,
  mode: Mode,
  of: OfOperator | undefined,
): Asking | undefined {
  if (of === undefined) return undefined;
  const { operator, actor } = of;
  return { operator, actor, source, time, mode, firstId: vault.commandId(operator, source, id) };
}

async function storedOf(
  ledger: Ledger,
  ids: readonly (string | undefined)[],
): Promise<readonly (RecordedEvent | undefined)[]> {
  const known = ids.filter((id) => id !== undefined);
  const found = (await ledger.parts.store.findEvents(known)).values();
  return ids.map((id) => (id === undefined ? undefined : found.next().value));
}

async function subjectsOf(
  ledger: Ledger,
  places: readonly (Place | undefined)[],
): Promise<ReadonlyMap<string, LoadedSubject>> {
  const subjects = new Map<string, LoadedSubject>();
  for (const place of places) {
    const { subject } = place ?? {};
    if (subject === undefined || subjects.has(subject)) continue;
    subjects.set(subject, await ledger.subjects.load(subject));
  }
  return subjects;
}

async function recipientsOf(
  ledger: Ledger,
  submissions: readonly Submission[],
  places: readonly (Place | undefined)[],
): Promise<ReadonlyMap<string, LoadedRecipient>> {
  const named = submissions.flatMap((submission, n) =>
    recipientsIn(ledger, submission, places[n]?.operator ?? ''),
  );
  return loadedRecipients(ledger, named);
}

async function loadedRecipients(
  ledger: Ledger,
  ids: readonly string[],
): Promise<ReadonlyMap<string, LoadedRecipient>> {
  const recipients = new Map<string, LoadedRecipient>();
  for (const id of new Set(ids)) recipients.set(id, await ledger.subjects.recipient(id));
  return recipients;
}

function recipientsIn(
  ledger: Ledger,
  { command, source }: Pick<Submission, 'command' | 'source'>,
  operator: string,
): readonly string[] {
  const ids = recipientNames(command).map((name) => recipientId(ledger, operator, source, name));
  return ids.filter((id) => id !== undefined);
}

/** Everybody whom the commands name, themselves and as recipients. */
function referencesIn(
  submissions: readonly Submission[],
): readonly { readonly source: string; readonly reference: string }[] {
  return submissions.flatMap((submission) => [
    submission,
    ...recipientNames(submission.command).map((reference) => ({
      source: submission.source,
      reference,
    })),
  ]);
}

function recipientNames(command: Submission['command'] | SubjectCommand): readonly string[] {
  return (command.kind === 'operate' ? command.recipients : undefined) ?? [];
}

/** The ledger id of a recipient that a command names, by that id or by a reference of the same source. */
export function recipientId(
  ledger: Ledger,
  operator: string,
  source: string,
  name: string,
): string | undefined {
  const known = ledger.parts.vault
    .resolve(source, name)
    .find((found) => found.kind === 'recipient' && found.operator === operator);
  const id = known?.id ?? name;
  return isUuid(id) ? id : undefined;
}
