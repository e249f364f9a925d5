import type { LedgerEvent } from '#domain';

/** One reading of all events of subjects: fields that a type lacks are absent. */
type Said = Partial<LedgerEvent<'DestructionOrdered'>['data']>;

/** What must come next in a stream: the same append recorded it. */
export interface Owed {
  readonly type: 'ViolationDetected' | 'WithdrawalDecided' | 'DestructionOrdered';
  /** The event that it follows from. */
  readonly from: LedgerEvent;
}

/** What follows from an event: a breach starts the legal clock, a withdrawal is decided on, what is anonymised is destroyed. */
export function owedBy(from: LedgerEvent): Owed | undefined {
  const { type } = from;
  const { verdict, strength } = from.data as Said;
  if (verdict === 'violation' && type !== 'ViolationDetected')
    return { from, type: 'ViolationDetected' };
  if (verdict !== 'lawful') return undefined;
  if (type === 'ConsentWithdrawn') return { from, type: 'WithdrawalDecided' };
  const isAnonymised = type === 'DataDepersonalised' && strength === 'anonymous';
  return isAnonymised ? { from, type: 'DestructionOrdered' } : undefined;
}
