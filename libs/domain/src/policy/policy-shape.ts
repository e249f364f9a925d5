import { code, kindCode, operatorCode, second, versionCode } from '../event/clear-fields.js';
import {
  count,
  flag,
  listOf,
  mapOf,
  nullable,
  oneOf,
  optional,
  shape,
  text,
  type Field,
} from '../event/field.js';
import { OPERATIONS } from '../gate/operation.js';
import { REFUSAL_CODES } from '../gate/refusal-codes.js';
import type { Policy } from './policy.js';

/** A short text that people read; nothing invisible in it. */
const words = text(/^[^\p{Cc}\p{Cf}]{1,400}$/u);
const trilingual = shape({ kk: words, ru: words, en: words });
const number = text(/^[0-9][0-9a-z.-]{0,39}$/u);
const country = text(/^[A-Z]{2}$/u);
const option = text(/^[A-Za-z0-9-]{1,40}$/u);
const contradiction = text(/^C-\d{2}$/u);
const law = text(/^[\p{L}\p{N}][\p{L}\p{N}.:() -]{0,80}$/u);
const basis = text(/^[A-Za-z0-9][A-Za-z0-9.:-]{0,40}$/u);
const yes: Field<true> = { fault: (value) => (value === true ? undefined : '') };
const all: Field<'all'> = oneOf(['all']);
const cell: Field<readonly string[] | 'all'> = {
  fault: (value) => (typeof value === 'string' ? all : listOf(code)).fault(value),
};

/** The fields of a policy, by name; what a reader of `Policy` may rely on. */
const FIELDS: { readonly [K in keyof Policy]-?: Field<unknown> } = {
  id: operatorCode,
  version: versionCode,
  inForceFrom: second,
  title: trilingual,
  operator: shape({
    id: operatorCode,
    name: words,
    bin: nullable(text(/^\d{12}$/u)),
    country,
    roles: listOf(oneOf(['owner', 'operator'])),
    contacts: listOf(words),
  }),
  text: shape({
    sha256: text(/^[0-9a-f]{64}$/u),
    languages: listOf(text(/^[a-z]{2,3}$/u)),
  }),
  laws: listOf(law),
  subjectKinds: listOf(
    shape({ code: kindCode, clause: number, name: trilingual, categories: listOf(code) }),
  ),
  categories: listOf(
    shape({
      code,
      clause: number,
      entry: count,
      name: shape({ kk: words, ru: words }),
      scheme: optional(oneOf(['KZ-IIN', 'RU-INN', 'RU-SNILS'])),
      restricted: optional(yes),
      biometric: optional(yes),
      retentionLawRef: optional(law),
      unregistered: optional(yes),
    }),
  ),
  purposes: listOf(
    shape({
      code,
      clause: number,
      name: trilingual,
      admits: mapOf(kindCode, cell),
      depersonalisedOnly: optional(yes),
      freeWhenBlocked: optional(listOf(oneOf(OPERATIONS))),
    }),
  ),
  bases: listOf(shape({ code: basis, clause: number, name: trilingual, lawCodes: listOf(basis) })),
  retention: listOf(
    shape({
      code: basis,
      clause: number,
      anchor: oneOf(['purpose-achieved', 'contract-ended', 'consent-ended']),
      term: text(/^P(0|[1-9]\d{0,3})[YD]$/u),
      note: trilingual,
    }),
  ),
  recipientClasses: listOf(
    shape({ code, clause: number, name: trilingual, binding: oneOf(['contract', 'by-law']) }),
  ),
  sources: listOf(
    shape({
      kind: oneOf(['subject', 'third-party', 'public', 'operator']),
      clause: number,
      permitted: flag,
      evidence: flag,
    }),
  ),
  crossBorder: shape({ permitted: flag, clause: number }),
  operations: listOf(
    shape({
      operation: oneOf(OPERATIONS),
      listed: flag,
      clause: number,
      word: shape({ kk: words, ru: optional(words) }),
    }),
  ),
  profile: listOf(
    shape({
      term: oneOf(['block', 'depersonalise', 'transfer', 'delete', 'destroy', 'processing']),
      clause: number,
      policySense: trilingual,
      lawSense: trilingual,
      law,
    }),
  ),
  clauses: listOf(shape({ number, summary: trilingual, refersTo: optional(listOf(number)) })),
  refusals: mapOf(oneOf(REFUSAL_CODES), listOf(number)),
  contradictions: listOf(
    shape({
      code: contradiction,
      blocking: flag,
      clauses: listOf(number),
      defect: trilingual,
      options: listOf(shape({ code: option, text: trilingual })),
    }),
  ),
  rulings: listOf(shape({ contradiction, option })),
};

/** Paths at which a document is not what a policy must be; empty for one that every reader can rely on. */
export function policyShapeFaults(document: unknown): readonly string[] {
  if (typeof document !== 'object' || document === null || Array.isArray(document)) return [''];
  const given = new Map<string, unknown>(Object.entries(document));
  const unknown = [...given.keys()].filter((name) => !Object.hasOwn(FIELDS, name));
  const wrong = Object.entries(FIELDS).flatMap(([name, field]) => {
    const fault = field.fault(given.get(name));
    if (fault === undefined) return [];
    return [fault === '' ? name : `${name}.${fault}`];
  });
  return [...wrong, ...unknown];
}
