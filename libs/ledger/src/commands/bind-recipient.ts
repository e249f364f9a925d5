import { randomUUID } from 'node:crypto';
import { SCHEMA_VERSION, evolveRecipient, type Draft, type LedgerEvent } from '#domain';
import type { Vault } from '#vault';
import type { Ledger } from '../ledger.js';
import { LedgerError } from '../ledger-error.js';
import type { Actor } from '../recording/recorder.js';
import { untilRecorded } from '../recording/until-recorded.js';
import { duplicateOf, invalid, invalidOf, type Answer } from './answer.js';
import { cutToSecond } from './context.js';
import { findUsedUp, type UsedUp } from './repeat.js';
import { settled } from './settle.js';
import { serviceSource } from './submit-on.js';

/** A contract that binds a recipient (AKJET 7.5; Law 94-V art. 10(1)). */
export interface Binding {
  readonly operator: string;
  readonly recipient: string;
  /** Hash of the contract: filed, never in clear. */
  readonly contractSha256?: string;
  readonly key?: string;
}

/** Records that a registered recipient is bound. */
export async function bindRecipient(
  ledger: Ledger,
  binding: Binding,
  actor: Actor,
): Promise<Answer> {
  const { operator, key } = binding;
  const firstId =
    key === undefined
      ? randomUUID()
      : ledger.parts.vault.commandId(operator, serviceSource(operator), key);
  const release = await ledger.claims.take(new Set([firstId]));
  try {
    return await untilRecorded(ledger, async () => bound(ledger, binding, firstId, actor));
  } catch (error) {
    return invalidOf(error);
  } finally {
    release();
  }
}

async function bound(
  ledger: Ledger,
  binding: Binding,
  firstId: string,
  actor: Actor,
): Promise<Answer> {
  const { operator, recipient } = binding;
  const before = await findUsedUp(ledger, firstId);
  const loaded = await ledger.subjects.recipient(recipient);
  if (loaded.state?.operator !== operator) {
    throw new LedgerError('NOT_FOUND', 'no recipient of this id is registered');
  }
  if (before !== undefined) return repeated(ledger.parts.vault, before, binding);
  const drafts = [draftOf(binding, ledger.recorder.now())];
  const recorded = ledger.recorder.record({ tail: loaded, drafts, eventId: () => firstId, actor });
  for (const event of recorded.events) loaded.state = evolveRecipient(loaded.state, event);
  return settled({ recorded });
}

function draftOf({ operator, recipient, contractSha256 }: Binding, now: Date): Draft {
  const data = { operator, recipient, occurredAt: cutToSecond(now.toISOString()) };
  const file = filed(contractSha256);
  return { type: 'ProcessorBound', data, ...(file === undefined ? {} : { file }) };
}

function filed(contractSha256: string | undefined): { 'pdl:contract': string } | undefined {
  return contractSha256 === undefined ? undefined : { 'pdl:contract': contractSha256 };
}

async function repeated(
  vault: Vault,
  { event: stored, durable }: UsedUp,
  { operator, recipient, contractSha256 }: Binding,
): Promise<Answer> {
  const { firstOrdinal } = await durable;
  const isSame =
    stored.type === 'ProcessorBound' &&
    stored.data.recipient === recipient &&
    (await isSameContract(vault, stored, operator, contractSha256));
  return isSame
    ? duplicateOf(stored, firstOrdinal)
    : invalid('CONFLICT', 'this key was used for another content: give a new one');
}

async function isSameContract(
  vault: Vault,
  { id, type, data }: LedgerEvent<'ProcessorBound'>,
  operator: string,
  contractSha256: string | undefined,
): Promise<boolean> {
  const values = filed(contractSha256);
  if (data.filed === undefined || values === undefined) {
    return data.filed === undefined && values === undefined;
  }
  const context = { operator, subject: null, eventId: id, eventType: type };
  const sealed = { ...context, schemaVersion: SCHEMA_VERSION, scope: 'operator' as const };
  return (await vault.same({ ...sealed, sealed: data.filed }, values)) !== 'different';
}
