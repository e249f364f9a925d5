import type { LedgerEvent } from '#domain';
import type { DestructionOrder } from '#vault';
import type { Ledger } from '../ledger.js';
import type { Actor } from '../recording/recorder.js';
import { evolve } from '#domain';
import { certificateOf, type Certificate } from './certificate.js';

type Order = LedgerEvent<'DestructionOrdered'>;

/**
 * Carries out an order that is in the log: the vault shreds, then `DataDestroyed` is recorded (design §3, steps 2 and
 * 3). Safe to repeat after any crash.
 */
export async function completeDestruction(
  ledger: Ledger,
  order: Order,
  ordinal: bigint,
  actor: Actor,
): Promise<{
  readonly event: LedgerEvent;
  readonly ordinal: bigint;
  readonly certificate: Certificate;
}> {
  const { vault } = ledger.parts;
  const { operator, subject } = order.data;
  const receipt = await ledger.shredding.shred(vaultOrder(order, ordinal));
  const id = vault.furtherId(operator, order.id, 1);
  return ledger.mutex.run(subject, async () => {
    const before = await ledger.recorder.find(id);
    if (before !== undefined) {
      const appended = await before.durable;
      const certificate = certificateOf(order, before.event as LedgerEvent<'DataDestroyed'>);
      return { event: before.event, ordinal: appended?.firstOrdinal ?? -1n, certificate };
    }
    const loaded = await ledger.subjects.load(subject);
    const { categories, generation, strength: _, ...data } = order.data;
    const { events, durable } = ledger.recorder.record({
      tail: loaded,
      operator,
      drafts: [
        {
          type: 'DataDestroyed',
          data: {
            ...common(data),
            order: order.id,
            ...(categories === undefined ? {} : { categories }),
            generation,
            epoch: receipt.epoch,
            envelopes: receipt.envelopes,
            method: receipt.method,
          },
        },
      ],
      eventId: () => id,
      actor,
      causationId: order.id,
    });
    for (const event of events) loaded.state = evolve(loaded.state, event);
    const { firstOrdinal } = await durable;
    const event = events[0] as LedgerEvent<'DataDestroyed'>;
    return { event, ordinal: firstOrdinal, certificate: certificateOf(order, event) };
  });
}

function vaultOrder(order: Order, ordinal: bigint): DestructionOrder {
  const { operator, subject, categories, generation } = order.data;
  return {
    order: order.id,
    ordinal,
    operator,
    subject,
    generation,
    ...(categories === undefined ? {} : { categories }),
  };
}

/** The frame of the order, as its completion repeats it. */
function common(
  data: Omit<Order['data'], 'categories' | 'generation' | 'strength'>,
): Pick<
  LedgerEvent<'DataDestroyed'>['data'],
  | 'operator'
  | 'subject'
  | 'subjectKind'
  | 'occurredAt'
  | 'policy'
  | 'regime'
  | 'clauses'
  | 'mode'
  | 'verdict'
  | 'facts'
  | 'read'
> {
  const { operator, subject, subjectKind, occurredAt, policy, regime, clauses, mode, read } = data;
  return {
    operator,
    subject,
    subjectKind,
    occurredAt,
    policy,
    regime,
    clauses,
    mode,
    verdict: 'lawful',
    facts: [],
    read,
  };
}
