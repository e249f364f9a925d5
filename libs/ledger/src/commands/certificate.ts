import type { LedgerEvent } from '#domain';

/** What a destruction leaves to show (design §7, stage `shredded`). */
export interface Certificate {
  readonly stage: 'shredded';
  readonly subject: string;
  readonly order: string;
  readonly event: string;
  readonly categories: readonly string[] | null;
  readonly orderedAt: string;
  readonly destroyedAt: string;
  readonly method: string;
  readonly epoch: number;
  readonly generation: number;
  readonly retained: readonly string[];
}

/** The certificate of a completed destruction. */
export function certificateOf(
  order: LedgerEvent<'DestructionOrdered'>,
  destroyed: LedgerEvent<'DataDestroyed'>,
): Certificate {
  const { subject, categories, method, epoch, generation } = destroyed.data;
  return {
    stage: 'shredded',
    subject,
    order: order.id,
    event: destroyed.id,
    categories: categories ?? null,
    orderedAt: order.metadata.recordedAt,
    destroyedAt: destroyed.metadata.recordedAt,
    method,
    epoch,
    generation,
    retained: ['subject id', 'event types', 'categories', 'times', 'recipients'],
  };
}
