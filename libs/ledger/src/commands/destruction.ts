import type { LedgerEvent } from '#domain';
import type { Appended } from '#event-store';
import type { DestructionOrder, Receipt } from '#vault';
import { LedgerError } from '../ledger-error.js';
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
    const { event, durable } =
      before ?? (await recordDestroyed(ledger, order, receipt, { id, actor }));
    const appended = await durable;
    ledger.openOrders.delete(order.id);
    const certificate = certificateOf(order, event as LedgerEvent<'DataDestroyed'>);
    return { event, ordinal: appended?.firstOrdinal ?? -1n, certificate };
  });
}

async function recordDestroyed(
  ledger: Ledger,
  order: Order,
  receipt: Receipt,
  { id, actor }: { readonly id: string; readonly actor: Actor },
): Promise<{ readonly event: LedgerEvent; readonly durable: Promise<Appended> }> {
  const { operator, subject, categories } = order.data;
  const loaded = await ledger.subjects.load(subject);
  const { generation, epoch, envelopes, method } = receipt;
  const done = { order: order.id, generation, epoch, envelopes, method };
  const scope = categories === undefined ? {} : { categories };
  const { events, durable } = ledger.recorder.record({
    tail: loaded,
    operator,
    drafts: [{ type: 'DataDestroyed', data: { ...common(order.data), ...done, ...scope } }],
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

/** The frame of the order, as its completion repeats it. */
function common(
  data: Order['data'],
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
