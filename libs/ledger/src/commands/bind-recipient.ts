import { randomUUID } from 'node:crypto';
import { SCHEMA_VERSION, evolveRecipient, type Draft, type LedgerEvent } from '#domain';
import type { Vault } from '#vault';
import type { Ledger } from '../ledger.js';
import { LedgerError } from '../ledger-error.js';
import type { Actor } from '../recording/recorder.js';
import { duplicateOf, invalid, invalidOf, started, type Answer, type Started } from './answer.js';
import { cutToSecond } from './context.js';
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
  const { operator, recipient, key } = binding;
  const firstId =
    key === undefined
      ? randomUUID()
      : ledger.parts.vault.commandId(operator, serviceSource(operator), key);
  try {
    const { answer } = await ledger.mutex.run(recipient, async () =>
      start(ledger, binding, firstId, actor),
    );
    return await answer();
  } catch (error) {
    return invalidOf(error);
  }
}

async function start(
  ledger: Ledger,
  binding: Binding,
  firstId: string,
  actor: Actor,
): Promise<Started> {
  const { operator, recipient } = binding;
  const loaded = await ledger.subjects.recipient(recipient);
  if (loaded.state?.operator !== operator) {
    throw new LedgerError('NOT_FOUND', 'no recipient of this id is registered');
  }
  const before = await ledger.recorder.find(firstId);
  if (before !== undefined) {
    const { event, durable } = before;
    return { answer: async () => repeated(ledger.parts.vault, event, binding, await durable) };
  }
  const recorded = ledger.recorder.record({
    tail: loaded,
    operator,
    drafts: [draftOf(binding, ledger.recorder.now())],
    eventId: () => firstId,
    actor,
  });
  for (const event of recorded.events) loaded.state = evolveRecipient(loaded.state, event);
  recorded.durable.catch(() => ledger.subjects.forget());
  return started(recorded);
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
  stored: LedgerEvent,
  { operator, recipient, contractSha256 }: Binding,
  appended: Parameters<typeof duplicateOf>[1],
): Promise<Answer> {
  const isSame =
    stored.type === 'ProcessorBound' &&
    stored.data.recipient === recipient &&
    (await isSameContract(vault, stored, operator, contractSha256));
  return isSame
    ? duplicateOf(stored, appended)
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
