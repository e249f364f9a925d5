import { isDeepStrictEqual } from 'node:util';
import {
  EVENT_OF,
  canonicalText,
  missingRulings,
  versionKey,
  type LedgerEvent,
  type Restated,
  type SubjectState,
  type Timeline,
} from '#domain';
import { cutToSecond } from '../commands/context.js';
import { publishedHashOf } from '../governance/governance.js';
import { reasonsOf } from './fault.js';

/** One reading of all events of subjects: fields that a type lacks are absent. */
type Claimed = Partial<LedgerEvent<'OperationRefused'>['data']>;

/** What an event of a subject's stream says of itself that cannot be: another person's, or a type that is not its operation's. */
export function placeFaults(event: LedgerEvent, { registered }: SubjectState): readonly string[] {
  const { operator, subject, operation } = event.data as Claimed;
  const isOthers =
    `subject-${subject}` !== event.stream || (registered?.operator ?? operator) !== operator;
  const isEarly = registered === null && event.type !== 'SubjectRegistered';
  return reasonsOf([
    [!isOthers, 'names another subject or operator than its stream'],
    [!isEarly, 'stands before the registration of its subject'],
    [isOfItsType(event.type, operation), 'is not of the type of its operation'],
  ]);
}

const OPERATION_TYPES: ReadonlySet<string> = new Set(Object.values(EVENT_OF));

function isOfItsType(type: string, operation: Claimed['operation']): boolean {
  if (type === 'OperationRefused') return true;
  const made = operation === undefined || operation === null ? undefined : EVENT_OF[operation];
  return OPERATION_TYPES.has(type) ? made === type : made === undefined;
}

/** What an event says otherwise than the ledger says it again. */
export function saidFaults({ type, data }: LedgerEvent, { fields }: Restated): readonly string[] {
  const said = data as Restated['fields'];
  const differing = Object.entries(fields).filter(([name, now]) => !isSame(said[name], now));
  const isOfItsVerdict = (type === 'OperationRefused') === (fields['verdict'] === 'refused');
  return [
    ...differing.map(([name, now]) => `says ${name} ${textOf(said[name])}, not ${textOf(now)}`),
    ...reasonsOf([[isOfItsVerdict, 'is not of the type of its verdict']]),
  ];
}

function isSame(said: unknown, now: unknown): boolean {
  // Text leaves out what is undefined, and takes longer to make.
  return isDeepStrictEqual(said, now) || textOf(said) === textOf(now);
}

function textOf(field: unknown): string {
  return field === undefined ? 'none' : canonicalText(field);
}

/** Whether an event names the policy stream among those that it read, and none that was elsewhere then. */
export function readFaults(
  { data }: LedgerEvent,
  stood: (stream: string, revision: string) => boolean,
): readonly string[] {
  const { operator, read = {} } = data as Claimed;
  const isFull = `policy-${operator}` in read;
  const isTrue = Object.entries(read).every(([of, at]) => stood(of, at));
  return reasonsOf([
    [isFull && isTrue, 'was judged by what did not stand in the streams that it read'],
  ]);
}

/** What an event of a `policy-` stream says that is not what was published, ruled, or possible at its time. */
export function governanceFaults(event: LedgerEvent, before: Timeline): readonly string[] {
  if (event.type === 'PolicyActivated') return activationFaults(event, before);
  if (event.type !== 'PolicyPublished') return [];
  const isItself = publishedHashOf(event.data.document) === event.data.hash;
  return isItself ? [] : ['publishes a policy that does not have its hash'];
}

function activationFaults(
  { data, metadata }: LedgerEvent<'PolicyActivated'>,
  { published, rulings, activations }: Timeline,
): readonly string[] {
  const key = versionKey(data);
  const version = published.get(key);
  // One that was never published stops the fold, which names it.
  const lacking = version && missingRulings(version.policy, rulings.get(key) ?? []);
  // The first version is in force from its own date (design §5).
  const isBackdated =
    activations.length > 0 && data.effectiveFrom < cutToSecond(metadata.recordedAt);
  return reasonsOf([
    [version?.hash === data.hash, 'activates another policy than was published'],
    [lacking?.length === 0, 'activates a policy without the rulings that it needs'],
    [!isBackdated, 'puts a policy in force before it was recorded'],
  ]);
}
