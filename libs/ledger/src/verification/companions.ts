import { canonicalText, type LedgerEvent } from '#domain';

/** One reading of all events of subjects: fields that a type lacks are absent. */
type Said = Partial<
  LedgerEvent<'DestructionOrdered'>['data'] &
    LedgerEvent<'ViolationDetected'>['data'] &
    LedgerEvent<'WithdrawalDecided'>['data']
>;

/** What must come next in a stream: the same append recorded it. */
export interface Owed {
  readonly type: 'ViolationDetected' | 'WithdrawalDecided' | 'DestructionOrdered';
  /** The event that it follows from. */
  readonly from: string;
  /** Of an order. */
  readonly scope: string;
}

/** What follows from an event: a breach starts the legal clock, a withdrawal is decided on, what is anonymised is destroyed. */
export function owedBy({ id, type, data }: LedgerEvent): Owed | undefined {
  const { verdict, strength, categories = [] } = data as Said;
  const owed = { from: id, scope: canonicalText(categories) };
  if (verdict === 'violation' && type !== 'ViolationDetected')
    return { ...owed, type: 'ViolationDetected' };
  if (verdict !== 'lawful') return undefined;
  if (type === 'ConsentWithdrawn') return { ...owed, type: 'WithdrawalDecided' };
  const isAnonymised = type === 'DataDepersonalised' && strength === 'anonymous';
  return isAnonymised ? { ...owed, type: 'DestructionOrdered' } : undefined;
}

/** What is wrong with an event as the one that follows: it is not what was owed, or an order that nothing led to. */
export function companionFaults(event: LedgerEvent, owed: Owed | undefined): readonly string[] {
  if (owed === undefined)
    return isAnonymising(event) ? ['orders what no depersonalisation led to'] : [];
  return event.type === owed.type && follows(event, owed)
    ? []
    : [`stands where ${owed.type} must follow the event before it`];
}

function follows(event: LedgerEvent, { type, from, scope }: Owed): boolean {
  const { categories = [], operations = [], withdrawal } = event.data as Said;
  switch (type) {
    case 'ViolationDetected':
      return operations.includes(from);
    case 'WithdrawalDecided':
      return withdrawal === from;
    case 'DestructionOrdered':
      return isAnonymising(event) && canonicalText(categories) === scope;
  }
}

function isAnonymising({ type, data }: LedgerEvent): boolean {
  return type === 'DestructionOrdered' && (data as Said).strength === 'anonymous';
}
