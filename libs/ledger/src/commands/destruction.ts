import { evolve, frameOf, type LedgerEvent } from '#domain';
import type { DestructionOrder, Receipt } from '#vault';
import { LedgerError } from '../ledger-error.js';
import type { Ledger } from '../ledger.js';
import type { Actor } from '../recording/recorder.js';
import type { LoadedSubject } from '../recording/subjects.js';
import { untilRecorded } from '../recording/until-recorded.js';
import { findUsedUp, type UsedUp } from './repeat.js';
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
  const release = await ledger.claims.take(new Set([id]));
  try {
    const { event, firstOrdinal } = await untilRecorded(ledger, async () => {
      const loaded = await ledger.subjects.load(subject);
      // Another node may complete the same order.
      const before = await findUsedUp(ledger, id);
      const done = before ?? recordDestroyed(ledger, { order, receipt, loaded, id, actor });
      return { event: done.event, ...(await done.durable) };
    });
    ledger.openOrders.delete(order.id);
    const certificate = certificateOf(order, event as LedgerEvent<'DataDestroyed'>);
    return { event, ordinal: firstOrdinal, certificate };
  } finally {
    release();
  }
}

interface Completion {
  readonly order: Order;
  readonly receipt: Receipt;
  readonly loaded: LoadedSubject;
  readonly id: string;
  readonly actor: Actor;
}

function recordDestroyed(
  ledger: Ledger,
  { order, receipt, loaded, id, actor }: Completion,
): UsedUp {
  const { categories } = order.data;
  const { generation, epoch, envelopes, method } = receipt;
  const done = { order: order.id, generation, epoch, envelopes, method };
  const scope = categories === undefined ? {} : { categories };
  const framed = { ...frameOf(order.data), verdict: 'lawful', facts: [] } as const;
  const { events, durable } = ledger.recorder.record({
    tail: loaded,
    drafts: [{ type: 'DataDestroyed', data: { ...framed, ...done, ...scope } }],
    eventId: () => id,
    actor,
    causationId: order.id,
  });
  const [event] = events;
  if (event === undefined) throw new LedgerError('BROKEN', 'a destruction made no event');
  loaded.state = evolve(loaded.state, event);
  return { event, durable };
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
