import { randomUUID } from 'node:crypto';
import type { DecideContext, EmitterCommand, Mode } from '#domain';
import type { Ledger } from '../ledger.js';
import { LedgerError } from '../ledger-error.js';
import type { Actor } from '../recording/recorder.js';
import { policyStream } from '../governance/governance.js';
import { recipientStream } from '../recording/subjects.js';

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

/**
 * Everything that a decision reads beside command and state.
 * @throws {LedgerError} INVALID_REQUEST when the emitter's time lies more than 5 minutes ahead.
 */
export async function contextOf(
  ledger: Ledger,
  asking: Asking,
  command: EmitterCommand | undefined,
): Promise<DecideContext> {
  const { governance, vault } = ledger.parts;
  const { operator, source, firstId } = asking;
  const recipients = await recipientsOf(ledger, operator, source, command);
  const now = ledger.recorder.now().getTime();
  const occurredAt = cutToSecond(asking.time ?? new Date(now).toISOString());
  const occurredMs = Date.parse(occurredAt);
  if (occurredMs > now + AHEAD_MS) {
    throw new LedgerError(
      'INVALID_REQUEST',
      'time lies in the future: check the clock of the emitter',
    );
  }
  const read: Record<string, string> = {
    [policyStream(operator)]: String(governance.revision(operator)),
  };
  for (const recipient of recipients) {
    if (recipient !== undefined) read[recipientStream(recipient.id)] = String(recipient.revision);
  }
  return {
    mode: asking.mode,
    actorRole: asking.actor.role,
    occurredAt,
    occurred: governance.momentAt(operator, occurredMs),
    recorded: governance.momentAt(operator, now),
    read,
    eventId: (n) => (n === 0 ? firstId : vault.furtherId(operator, firstId, n)),
    recipients,
    ...(command?.kind === 'note-contract'
      ? { contract: vault.commandId(operator, source, `contract ${command.contract}`) }
      : {}),
  };
}

/** An ISO instant without its fraction of a second (design §4). */
export function cutToSecond(time: string): string {
  return `${new Date(time).toISOString().slice(0, 19)}Z`;
}

/** A random id for a command that brought none. */
export function randomId(): string {
  return randomUUID();
}

type Recipients = readonly (DecideContext['recipients'][number] & { readonly revision: bigint })[];

async function recipientsOf(
  ledger: Ledger,
  operator: string,
  source: string,
  command: EmitterCommand | undefined,
): Promise<readonly (Recipients[number] | undefined)[]> {
  const named = command?.kind === 'operate' ? (command.recipients ?? []) : [];
  return Promise.all(
    named.map(async (name) => {
      const reference = ledger.parts.vault
        .resolve(source, name)
        .find((found) => found.kind === 'recipient' && found.operator === operator);
      const id = reference?.id ?? name;
      if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/u.test(id)) return undefined;
      const { state, revision } = await ledger.subjects.recipient(id);
      return state?.operator === operator ? { id, state, revision } : undefined;
    }),
  );
}
