import {
  SCHEMA_VERSION,
  sameClaim,
  valuesOf,
  type Draft,
  type EmitterCommand,
  type LedgerEvent,
} from '#domain';
import type { Appended } from '#event-store';
import type { Scope, Vault } from '#vault';
import { duplicateOf, invalid, type Answer } from './answer.js';

/** A command whose id was used up before. */
export interface Repeat {
  readonly stored: LedgerEvent;
  readonly durable: Promise<Appended | undefined>;
  readonly command: EmitterCommand;
  /** What the command would claim now. */
  readonly again: Draft;
  /** Whether it named a time of its own. */
  readonly timed: boolean;
}

/**
 * Tells a repeat from a reuse of an id: equal clear fields, and for sealed ones equal values while their key lives;
 * after a destruction, or where nothing was sealed, the clear fields alone (design §3).
 */
export async function answerRepeat(vault: Vault, repeat: Repeat): Promise<Answer> {
  const { stored, durable, command, again, timed } = repeat;
  const appended = await durable;
  const same = sameClaim(stored, again, timed) && (await sameValues(vault, stored, command));
  return same
    ? duplicateOf(stored, appended)
    : invalid('CONFLICT', 'this source and id were used for another content: give a new id');
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
