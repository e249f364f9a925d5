import {
  SCHEMA_VERSION,
  sameClaim,
  saysTheSame,
  valuesOf,
  type Draft,
  type EmitterCommand,
  type LedgerEvent,
} from '#domain';
import type { RecordedEvent } from '#event-store';
import type { Scope, Vault } from '#vault';
import { decodeRecorded } from '../decode-recorded.js';
import type { Ledger } from '../ledger.js';
import { duplicateOf, invalid, type Answer } from './answer.js';

/** The event that used up a command's id, durable or on its way. */
export interface UsedUp {
  readonly event: LedgerEvent;
  readonly durable: Promise<{ readonly firstOrdinal: bigint }>;
}

/** Whether a command's id was used up before; `stored` is what was found in the log. */
export function repeated(
  ledger: Ledger,
  id: string,
  stored: RecordedEvent | undefined,
): UsedUp | undefined {
  const flying = ledger.recorder.flying(id);
  if (flying !== undefined || stored === undefined) return flying;
  const durable = Promise.resolve({ firstOrdinal: stored.ordinal });
  return { event: decodeRecorded(stored), durable };
}

/** The event of an id, from wherever it is. */
export async function findUsedUp(ledger: Ledger, id: string): Promise<UsedUp | undefined> {
  return repeated(ledger, id, await ledger.parts.store.findEvent(id));
}

/** A command whose id was used up before. */
export interface Repeat extends UsedUp {
  readonly command: EmitterCommand;
  /** What the command would claim now. */
  readonly again: Draft;
  /** Whether it named a time of its own. */
  readonly timed: boolean;
  /** Whom it names as recipients, in its order; null where nobody is known. */
  readonly recipients?: readonly (string | null)[];
}

/**
 * Tells a repeat from a reuse of an id: equal clear fields, and for sealed ones equal values while their key lives;
 * after a destruction, or where nothing was sealed, the clear fields alone (design §3).
 */
export async function answerRepeat({ parts }: Ledger, repeat: Repeat): Promise<Answer> {
  const { event, durable, command, again, timed } = repeat;
  const { firstOrdinal } = await durable;
  const same =
    sameClaim(event, again, timed) &&
    saysTheSame(event, again, command) &&
    (await sameRecipients(parts, repeat)) &&
    (await sameValues(parts.vault, event, command));
  return same ? duplicateOf(event, firstOrdinal) : reused();
}

/** An id that was used up by another content. */
export function reused(): Answer {
  return invalid('CONFLICT', 'this source and id were used for another content: give a new id');
}

/** What was lawful has one event a recipient; of what was not, the one that is recorded was compared. */
async function sameRecipients(
  { store, vault }: Ledger['parts'],
  { event, recipients = [] }: Repeat,
): Promise<boolean> {
  const first = event.data as LedgerEvent<'DataProvided'>['data'];
  if (first.recipient === undefined || first.verdict !== 'lawful') return true;
  const further = recipients.map((_, n) => vault.furtherId(first.operator, event.id, n + 1));
  const found = await store.findEvents(further);
  const others = found.map((each) => each && decodeRecorded(each)).map(recipientOf);
  return [first.recipient, ...others].every((each, n) => each === recipients[n]);
}

function recipientOf(event: LedgerEvent | undefined): string | null | undefined {
  return (event?.data as { readonly recipient?: string | null } | undefined)?.recipient;
}

async function sameValues(
  vault: Vault,
  stored: LedgerEvent,
  command: EmitterCommand,
): Promise<boolean> {
  const { seal, file } = valuesOf(command);
  const answers = await Promise.all([
    compared(vault, stored, 'subject', seal),
    compared(vault, stored, 'operator', file),
  ]);
  return !answers.includes('different');
}

async function compared(
  vault: Vault,
  stored: LedgerEvent,
  scope: Scope,
  values: Parameters<Vault['same']>[1],
): Promise<'equal' | 'different' | 'unknown'> {
  const data = stored.data as { readonly operator: string; readonly subject?: string } & Partial<
    Record<
      'sealed' | 'filed',
      { readonly envelope: string; readonly commitments: Readonly<Record<string, string>> }
    >
  >;
  const sealed = scope === 'subject' ? data.sealed : data.filed;
  if (sealed === undefined) return 'unknown';
  const context = {
    operator: data.operator,
    subject: data.subject ?? null,
    eventId: stored.id,
    eventType: stored.type,
    schemaVersion: SCHEMA_VERSION,
  };
  return vault.same({ ...context, scope, sealed }, values);
}
