import type { Operate } from '../command/command.js';
import {
  GROUNDS,
  REASON_CODES,
  citation,
  basisCode,
  uuid,
  type Fact,
  type Ground,
} from '../event/clear-fields.js';
import type { Ask, Moment } from '../gate/ask.js';
import { isOperation } from '../gate/operation.js';
import type { DecideContext } from './context.js';

/** The question an operation puts to the gate: codes nobody knows become null, caller text becomes facts. */
export function askOf(command: Operate, context: DecideContext): Ask {
  const named = namedBy(command);
  const categories = named?.filter((category) => isKnownCategory(category, context));
  const facts = factsOf(command);
  if (categories?.length !== named?.length) facts.push('unknown-category');
  return {
    kind: isOperation(command.operation) ? command.operation : 'unknown',
    ...given('purpose', knownPurpose(command.purpose, context)),
    ...given('basis', basisOf(command.basis, context)),
    ...given('categories', categories),
    ...given('dataSource', command.dataSource && { kind: command.dataSource.kind }),
    ...given('country', command.country),
    ...given('strength', command.strength),
    ...given('ground', groundOf(command.ground)),
    facts,
    actorRole: context.actorRole,
  };
}

function namedBy({ data, categories }: Operate): readonly string[] | undefined {
  return data === undefined ? categories : Object.keys(data);
}

/** `{[name]: value}`, or nothing when the value is undefined. */
export function given<N extends string, T>(
  name: N,
  value: T | undefined,
): { readonly [K in N]?: T } {
  return (value === undefined ? {} : { [name]: value }) as { readonly [K in N]?: T };
}

/** The purpose's code if a policy in force at either moment declares it, null if none does. */
export function knownPurpose(
  purpose: string | undefined,
  context: DecideContext,
): string | null | undefined {
  if (purpose === undefined) return undefined;
  return moments(context).some(({ policy }) => policy?.purposes.has(purpose) === true)
    ? purpose
    : null;
}

/** Whether a policy in force at either moment names the category. */
export function isKnownCategory(category: string, context: DecideContext): boolean {
  return moments(context).some(({ policy }) => policy?.categories.has(category) === true);
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

function moments(context: DecideContext): readonly Moment[] {
  return [context.occurred, context.recorded];
}

function basisOf(basis: Operate['basis'], context: DecideContext): Ask['basis'] {
  if (basis === undefined) return undefined;
  const known =
    moments(context).some(
      ({ regime }) => regime?.bases.some((row) => row.code === basis.code) === true,
    ) || isLabel(basis.code);
  return {
    code: known ? basis.code : null,
    ...given('ref', fits(uuid, basis.ref)),
    ...given('cite', fits(citation, basis.cite)),
    ...given('label', basis.label !== undefined && isLabel(basis.label) ? basis.label : undefined),
  };
}

const LABELS: ReadonlySet<string> = new Set(['POL-CONTRACT', 'POL-CHARTER', 'POL-LAW']);

function isLabel(code: string): boolean {
  return LABELS.has(code) && basisCode.fault(code) === undefined;
}

function fits(field: typeof uuid, value: string | undefined): string | undefined {
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
