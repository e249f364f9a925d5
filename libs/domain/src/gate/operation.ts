/** The 16 operations of clause 2.4, known under every policy (design §5). */
export const OPERATIONS = [
  'collect',
  'record',
  'systematise',
  'accumulate',
  'store',
  'clarify',
  'retrieve',
  'use',
  'provide',
  'disseminate',
  'grant-access',
  'depersonalise',
  'block',
  'unblock',
  'delete',
  'destroy',
] as const;

/** One of the operations of clause 2.4. */
export type Operation = (typeof OPERATIONS)[number];

/** How the gate's table (contract §3) groups operations. */
export type OperationClass = 'daily' | 'transfer' | 'protective' | 'depersonalise';

const CLASS: Readonly<Record<Operation, OperationClass>> = {
  collect: 'daily',
  record: 'daily',
  systematise: 'daily',
  accumulate: 'daily',
  store: 'daily',
  clarify: 'daily',
  retrieve: 'daily',
  use: 'daily',
  provide: 'transfer',
  disseminate: 'transfer',
  'grant-access': 'transfer',
  depersonalise: 'depersonalise',
  block: 'protective',
  unblock: 'protective',
  delete: 'protective',
  destroy: 'protective',
};

const KNOWN: ReadonlySet<string> = new Set(OPERATIONS);

/** The class of an operation in the gate's table. */
export function classOf(operation: Operation): OperationClass {
  return CLASS[operation];
}

/** Whether a text is one of the 16 codes. */
export function isOperation(text: string): text is Operation {
  return KNOWN.has(text);
}
