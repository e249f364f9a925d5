import type { Operate } from '../command/command.js';
import {
  GROUNDS,
  REASON_CODES,
  citation,
  uuid,
  type Fact,
  type Ground,
} from '../event/clear-fields.js';
import type { Ask, Moment } from '../gate/ask.js';
import { isOperation } from '../gate/operation.js';
import { basisOf as rowOf } from '../law/regime.js';
import type { SubjectState } from '../subject/subject-state.js';
import type { DecideContext } from './context.js';

/** The question an operation puts to the gate: codes nobody knows become null, caller text becomes facts. */
export function askOf(command: Operate, { consents }: SubjectState, context: DecideContext): Ask {
  const named = namedBy(command);
  const categories = named && knownCategories(named, context);
  const facts = factsOf(command);
  if (categories?.length !== named?.length) facts.push('unknown-category');
  return {
    kind: isOperation(command.operation) ? command.operation : 'unknown',
    purpose: knownPurpose(command.purpose, context),
    basis: command.basis && basisOf(command.basis, consents, context),
    categories,
    dataSource: command.dataSource && { kind: command.dataSource.kind },
    recipient: undefined,
    country: command.country,
    strength: command.strength,
    ground: groundOf(command.ground),
    facts,
    actorRole: context.actorRole,
  };
}

function namedBy({ data, categories }: Operate): readonly string[] | undefined {
  return data === undefined ? categories : Object.keys(data);
}

/** The purpose's code if a policy in force at either moment declares it, null if none does. */
export function knownPurpose(
  purpose: string | undefined,
  context: DecideContext,
): string | null | undefined {
  if (purpose === undefined) return undefined;
  return isInForce(context, ({ policy }) => policy?.purposes.has(purpose)) ? purpose : null;
}

/** Those of the categories that a policy in force at either moment names. */
export function knownCategories(
  categories: readonly string[],
  context: DecideContext,
): readonly string[] {
  return categories.filter((category) =>
    isInForce(context, ({ policy }) => policy?.categories.has(category)),
  );
}

/** A block's reason code if it is of the closed list. */
export function reasonCodeOf(
  reasonCode: string | undefined,
): (typeof REASON_CODES)[number] | undefined {
  return REASON_CODES.find((known) => known === reasonCode);
}

function groundOf(ground: string | undefined): Ground | null | undefined {
  return ground === undefined ? undefined : (GROUNDS.find((known) => known === ground) ?? null);
}

function isInForce(
  { occurred, recorded }: DecideContext,
  knows: (moment: Moment) => boolean | undefined,
): boolean {
  return knows(occurred) === true || knows(recorded) === true;
}

function basisOf(
  claim: NonNullable<Operate['basis']>,
  consents: SubjectState['consents'],
  context: DecideContext,
): Ask['basis'] {
  const { code, ref, cite, label } = claim;
  const known =
    isLabel(code) ||
    isInForce(context, ({ regime }) => regime !== null && rowOf(regime, code) !== undefined);
  const isNamed = code === 'KZ-CONSENT' && ref !== undefined;
  const isUnknown = isNamed && consents.every(({ id }) => id !== ref);
  return {
    code: known ? code : null,
    ref: isUnknown ? null : fitting(uuid, ref),
    cite: fitting(citation, cite),
    label: label !== undefined && isLabel(label) ? label : undefined,
  };
}

const LABELS: ReadonlySet<string> = new Set(['POL-CONTRACT', 'POL-CHARTER', 'POL-LAW']);

function isLabel(code: string): boolean {
  return LABELS.has(code);
}

function fitting(field: typeof uuid, value: string | undefined): string | undefined {
  return value !== undefined && field.fault(value) === undefined ? value : undefined;
}

function factsOf(command: Operate): Fact[] {
  const facts: Fact[] = [];
  if (command.evidence !== undefined) facts.push('evidence');
  if (isText(command.reference) && isText(command.grounds)) facts.push('grounds');
  if (isText(command.act)) facts.push('act');
  if (isText(command.method)) facts.push('method');
  if (command.dataSource?.evidence !== undefined) facts.push('source-evidence');
  return facts;
}

function isText(value: string | undefined): boolean {
  return value !== undefined && value.trim() !== '';
}
