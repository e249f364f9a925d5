import type { BasisRow } from '../law/law.js';
import type { IndexedPolicy } from '../policy/policy-index.js';
import { covers, isDestroyed, type Cover, type SubjectState } from '../subject/subject-state.js';
import type { Ask, AskKind, Moment, RecipientState } from './ask.js';
import type { ConsentCover } from './consent-cover.js';
import { isGroundShown } from './ground.js';
import { OPERATIONS, classOf } from './operation.js';
import type { RefusalCode } from './refusal-codes.js';
import { retentionEnded } from './retention.js';

/** Everything one check may look at. */
export interface Question {
  readonly ask: Ask;
  readonly state: SubjectState;
  readonly moment: Moment;
  /** The basis row in force, undefined when there is none. */
  readonly basis: BasisRow | undefined;
  /** Set when the basis is KZ-CONSENT. */
  readonly cover: ConsentCover | undefined;
  readonly recipient: RecipientState | undefined;
}

/** One row of the gate's table. */
export interface Check {
  readonly code: RefusalCode;
  readonly asked: ReadonlySet<AskKind>;
  readonly saysNo: (question: Question) => boolean;
}

const DAILY = OPERATIONS.filter((operation) => classOf(operation) === 'daily');
const TRANSFER = OPERATIONS.filter((operation) => classOf(operation) === 'transfer');
const NEEDS_BASIS: readonly AskKind[] = [...DAILY, ...TRANSFER, 'depersonalise'];
const STATEMENTS: readonly AskKind[] = ['consent', 'contract', 'purpose-end'];
const EVERYTHING: readonly AskKind[] = [...OPERATIONS, ...STATEMENTS];
const except = (kinds: readonly AskKind[], ...left: readonly AskKind[]): readonly AskKind[] =>
  kinds.filter((kind) => !left.includes(kind));

/** The gate's table (contract §3), in its order; the order is the order of codes in a refusal. */
export const CHECKS: readonly Check[] = [
  check('UNKNOWN_OPERATION', ['unknown'], () => true),
  check(
    'DESTROYED',
    [...EVERYTHING, 'withdrawal', 'hold', 'registration', 'unknown'],
    ({ state, ask }) => isDestroyed(state, ask.categories),
  ),
  check('POLICY_NOT_ACTIVE', EVERYTHING, ({ moment }) => moment.policy === null),
  check('PURPOSE_NOT_DECLARED', EVERYTHING, purposeNotDeclared),
  check('CATEGORY_NOT_FOR_SUBJECT_KIND', [...EVERYTHING, 'hold'], categoryNotForKind),
  check('CATEGORY_NOT_ADMITTED', [...NEEDS_BASIS, ...STATEMENTS], categoryNotAdmitted),
  check('DELETED', except(NEEDS_BASIS, 'collect'), ({ state, ask }) =>
    (ask.categories ?? []).some((category) => state.deleted.has(category)),
  ),
  check('BLOCKED', [...except(NEEDS_BASIS, 'store'), 'delete', 'destroy'], blocked),
  check('HOLD_IN_FORCE', ['delete', 'destroy', 'depersonalise'], ({ state, ask }) =>
    state.holds.some((hold) => covers(hold, ask.categories)),
  ),
  check(
    'RETENTION_EXPIRED',
    except([...DAILY, ...TRANSFER], 'store'),
    ({ state, ask, moment }) =>
      typeof ask.purpose === 'string' && retentionEnded(state, ask.purpose, moment),
  ),
  check('SOURCE_NOT_PERMITTED', ['collect', 'clarify'], sourceNotPermitted),
  check('STORAGE_OUTSIDE_KZ', DAILY, ({ ask }) => (ask.country ?? 'KZ') !== 'KZ'),
  check('NO_LAWFUL_BASIS', NEEDS_BASIS, ({ basis }) => basis === undefined),
  check('BASIS_EVIDENCE_MISSING', NEEDS_BASIS, basisEvidenceMissing),
  consentCheck('CONSENT_WITHDRAWN'),
  consentCheck('CONSENT_EXPIRED'),
  consentCheck('CONSENT_UNPROVEN'),
  consentCheck('CONSENT_NOT_GIVEN', [...NEEDS_BASIS, 'withdrawal']),
  check(
    'RECIPIENT_UNKNOWN',
    ['provide', 'grant-access'],
    ({ recipient }) => recipient === undefined,
  ),
  check('RECIPIENT_NOT_BOUND', ['provide', 'grant-access'], recipientNotBound),
  check(
    'REASONED_REQUEST_MISSING',
    ['provide'],
    ({ basis, ask }) => requires(basis, 'reasoned-request') && !ask.facts.includes('grounds'),
  ),
  check('CROSS_BORDER_NOT_PERMITTED', TRANSFER, crossBorderNotPermitted),
  check(
    'THIRD_PARTY_CONSENT_MISSING',
    ['provide', 'grant-access'],
    ({ cover }) => cover?.consent?.thirdParties === false,
  ),
  check(
    'DISSEMINATION_CONSENT_MISSING',
    ['disseminate'],
    ({ cover }) => cover?.consent?.publication === false,
  ),
  check('EVIDENCE_MISSING', ['clarify', 'depersonalise', 'destroy'], evidenceMissing),
];

function check(code: RefusalCode, asked: readonly AskKind[], saysNo: Check['saysNo']): Check {
  return { code, asked: new Set(asked), saysNo };
}

function consentCheck(code: RefusalCode, asked = NEEDS_BASIS): Check {
  return check(code, asked, ({ ask, cover }) =>
    ask.kind === 'withdrawal' ? (ask.consents ?? []).length === 0 : cover?.codes.has(code) === true,
  );
}

function purposeNotDeclared({ ask, moment }: Question): boolean {
  if (ask.purpose === undefined) return asksPurpose(ask.kind);
  if (moment.policy === null) return ask.purpose === null;
  return ask.purpose === null || !moment.policy.purposes.has(ask.purpose);
}

function asksPurpose(kind: AskKind): boolean {
  return kind === 'consent' || kind === 'purpose-end' || NEEDS_BASIS.includes(kind);
}

function categoryNotForKind({ ask, state, moment }: Question): boolean {
  // Of its categories those that nobody knows were left out: one that is left with none holds nothing.
  if (ask.kind === 'hold') return ask.categories?.length === 0;
  if (ask.facts.includes('unknown-category')) return true;
  if (moment.policy === null) return false;
  const admitted = moment.policy.kinds.get(state.registered?.kind ?? '');
  return (ask.categories ?? []).some((category) => admitted?.has(category) !== true);
}

function categoryNotAdmitted({ ask, state, moment }: Question): boolean {
  if (ask.facts.includes('unknown-category')) return true;
  const purpose = moment.policy?.rows.get(ask.purpose ?? '');
  if (purpose === undefined) return false;
  const row = purpose.get(state.registered?.kind ?? '');
  return (ask.categories ?? []).some((category) => row?.has(category) !== true);
}

function blocked({ ask, state, moment }: Question): boolean {
  if (isFreeWhenBlocked(ask.kind, ask.purpose, moment.policy)) return false;
  const stops = (block: Cover): boolean =>
    covers(block, ask.categories) &&
    !(ask.kind === 'destroy' && block.reasonCode === 'destruction-ordered');
  return state.blocks.some(stops);
}

/** Whether a policy lets such an operation under such a purpose pass a block (AKJET 5.5, QuickLid 3.4). */
export function isFreeWhenBlocked(
  kind: AskKind,
  purpose: string | null | undefined,
  policy: IndexedPolicy | null,
): boolean {
  if (typeof purpose !== 'string') return false;
  return policy?.purposes.get(purpose)?.freeWhenBlocked?.some((free) => free === kind) === true;
}

function sourceNotPermitted({ ask, moment }: Question): boolean {
  if (moment.policy === null) return false;
  const rule = moment.policy.sources.get(ask.dataSource?.kind ?? 'subject');
  if (rule?.permitted !== true) return true;
  return rule.evidence && !ask.facts.includes('source-evidence');
}

/** Whether a basis asks for such a thing. */
export function requires(basis: BasisRow | undefined, what: BasisRow['requires'][number]): boolean {
  return basis?.requires.includes(what) === true;
}

function basisEvidenceMissing({ basis, ask }: Question): boolean {
  if (requires(basis, 'citation') && ask.basis?.cite === undefined) return true;
  if (requires(basis, 'evidence') && !ask.facts.includes('evidence')) return true;
  // A provision without its reasoned request has a code of its own.
  return ask.kind !== 'provide' && requires(basis, 'reasoned-request') && !showsGrounds(ask);
}

function showsGrounds({ facts }: Ask): boolean {
  return facts.includes('grounds') || facts.includes('evidence');
}

function recipientNotBound({ recipient, moment }: Question): boolean {
  if (recipient === undefined || recipient.bound) return false;
  return moment.policy?.boundClasses.has(recipient.class) ?? true;
}

function crossBorderNotPermitted({ ask, recipient, cover, moment }: Question): boolean {
  const abroad = [recipient?.country, ask.country].some(
    (country) => country !== undefined && country !== 'KZ',
  );
  if (!abroad) return false;
  return (
    cover?.consent?.crossBorder !== true || moment.policy?.policy.crossBorder.permitted !== true
  );
}

function evidenceMissing({ ask, state, moment }: Question): boolean {
  switch (ask.kind) {
    case 'clarify':
      return !ask.facts.includes('evidence');
    case 'depersonalise':
      return !ask.facts.includes('method');
    default:
      return !ask.facts.includes('act') || !isGroundShown(ask, state, moment);
  }
}
