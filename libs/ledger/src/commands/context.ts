import { randomUUID } from 'node:crypto';
import type { DecideContext, EmitterCommand, Mode } from '#domain';
import type { Ledger } from '../ledger.js';
import { wrongField } from '../ledger-error.js';
import type { Actor } from '../recording/recorder.js';
import type { Governance } from '../governance/governance.js';
import { recipientStream, type LoadedRecipient } from '../recording/subjects.js';

/** Who asks, how, and when it happened by their word. */
export interface Asking {
  readonly operator: string;
  readonly source: string;
  readonly actor: Actor;
  readonly mode: Mode;
  /** ISO instant; absent: now. */
  readonly time: string | undefined;
  /** Uuid of the first event. */
  readonly firstId: string;
}

const AHEAD_MS = 5 * 60 * 1000;

/** A recipient that a command names, as its stream tells it; undefined where nobody is registered. */
export type NamedRecipient = LoadedRecipient | undefined;

/**
 * Everything that a decision reads beside command and state.
 * @throws {LedgerError} INVALID_REQUEST when the emitter's time lies more than 5 minutes ahead.
 */
export function contextOf(
  ledger: Ledger,
  asking: Asking,
  command?: EmitterCommand,
  named: readonly NamedRecipient[] = NOBODY,
): DecideContext {
  const { governance, vault } = ledger.parts;
  const { operator, source, firstId } = asking;
  const now = ledger.recorder.now().getTime();
  const occurredAt = occurredAtOf(ledger, asking);
  const occurredMs = Date.parse(occurredAt);
  if (occurredMs > now + AHEAD_MS) {
    throw wrongField('time', 'lies in the future: check the clock of the emitter');
  }
  const recipients = named.map((recipient) => recipientOf(recipient, operator));
  return {
    mode: asking.mode,
    actorRole: asking.actor.role,
    occurredAt,
    occurred: governance.momentAt(operator, occurredMs),
    recorded: governance.momentAt(operator, now),
    read: readOf(governance, operator, recipients),
    eventId: (n) => (n === 0 ? firstId : vault.furtherId(operator, firstId, n)),
    recipients,
    ...(command?.kind === 'note-contract'
      ? { contract: vault.commandId(operator, source, `contract ${command.contract}`) }
      : {}),
  };
}

/** When it happened by the word of who asks, or now; cut to the second. */
export function occurredAtOf({ recorder }: Ledger, { time }: Pick<Asking, 'time'>): string {
  return cutToSecond(time ?? recorder.now().toISOString());
}

const NOBODY: readonly NamedRecipient[] = [];

type Known = DecideContext['recipients'][number] & { readonly revision: bigint };

function recipientOf(loaded: NamedRecipient, operator: string): Known | undefined {
  if (loaded?.state?.operator !== operator) return undefined;
  const { state, revision, stream } = loaded;
  return { id: stream.slice('recipient-'.length), state, revision };
}

function readOf(
  governance: Governance,
  operator: string,
  recipients: readonly (Known | undefined)[],
): Readonly<Record<string, string>> {
  const policies = governance.read(operator);
  if (recipients.length === 0) return policies;
  const read: Record<string, string> = { ...policies };
  for (const recipient of recipients) {
    if (recipient !== undefined) read[recipientStream(recipient.id)] = String(recipient.revision);
  }
  return read;
}

const UTC_SECOND = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?Z$/u;

/** An ISO instant without its fraction of a second (design §4). */
export function cutToSecond(time: string): string {
  if (UTC_SECOND.test(time)) return `${time.slice(0, 19)}Z`;
  return `${new Date(time).toISOString().slice(0, 19)}Z`;
}

/** A random id for a command that brought none. */
export function randomId(): string {
  return randomUUID();
}
