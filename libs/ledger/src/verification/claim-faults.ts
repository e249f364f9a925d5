import {
  EVENT_OF,
  canonicalText,
  missingRulings,
  versionKey,
  type LedgerEvent,
  type Moment,
  type RefusalCode,
  type SubjectState,
  type Timeline,
} from '#domain';
import { cutToSecond } from '../commands/context.js';
import { publishedHashOf } from '../governance/governance.js';
import { reasonsOf } from './fault.js';

/** One reading of all events of subjects: fields that a type lacks are absent. */
type Claimed = Partial<LedgerEvent<'OperationRefused'>['data']>;

/** An event that the gate judged, and what it found again. */
export interface Judged {
  readonly event: LedgerEvent;
  /** What the gate says now. */
  readonly codes: readonly RefusalCode[];
  /** By the rules that the event says it read. */
  readonly occurred: Moment;
  /** Whether a stream stood at this revision when the event came. */
  readonly stood: (stream: string, revision: string) => boolean;
}

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

/** What a judged event says beside its codes that does not follow from them, or from the rules that were in force. */
export function verdictFaults({ event, codes, occurred, stood }: Judged): readonly string[] {
  const { operator, verdict, code, policy = null, read = {} } = event.data as Claimed;
  const expected = verdictOf(event, codes);
  const isRefusal = event.type === 'OperationRefused';
  const reference = occurred.policy?.reference ?? null;
  return reasonsOf([
    [verdict === expected, `says ${verdict}, the gate says ${expected}`],
    [isRefusal === (verdict === 'refused'), 'is not of the type of its verdict'],
    [!isRefusal || code === codes[0], 'does not name the first of its codes'],
    [
      canonicalText(policy) === canonicalText(reference),
      'names another policy than the one that was in force',
    ],
    [
      `policy-${operator}` in read && Object.entries(read).every(([of, at]) => stood(of, at)),
      'was judged by what did not stand in the streams that it read',
    ],
  ]);
}

function verdictOf({ data }: LedgerEvent, codes: readonly RefusalCode[]): string {
  if (codes.length === 0) return 'lawful';
  const { mode, command } = data as Claimed;
  const isTurnedAway = codes.includes('UNKNOWN_OPERATION') || command === 'register-subject';
  return mode === 'enforce' || isTurnedAway ? 'refused' : 'violation';
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
