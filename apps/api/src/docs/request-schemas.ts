import { nestedTypeOf, rulesOf, type Rule } from '#ledger/intake';

/** A JSON Schema as OpenAPI 3.0 knows it. */
export type Schema = Readonly<Record<string, unknown>>;

/**
 * The schema of a class that bodies or queries are checked against, from the very metadata that they are checked by;
 * words come from what the compiler read in the comments.
 */
export function schemaOf(type: NewableFunction, words: Schema = {}): Schema {
  const properties: Record<string, Schema> = {};
  const required: string[] = [];
  // Inherited rules come first or last by the order in which files load: the description must not.
  const sorted = [...rulesOf(type)].sort(([a], [b]) => a.localeCompare(b));
  for (const [name, rules] of sorted) {
    const described = words[name] as { readonly description?: string } | undefined;
    const { description } = described ?? {};
    properties[name] = {
      ...(description === undefined ? {} : { description }),
      ...propertySchema(rules, nestedTypeOf(type, name)),
    };
    if (!rules.some((rule) => rule.type === 'conditionalValidation')) required.push(name);
  }
  return {
    type: 'object',
    ...(required.length === 0 ? {} : { required: required.sort() }),
    properties,
    additionalProperties: false,
  };
}

function propertySchema(rules: readonly Rule[], nested: NewableFunction | undefined): Schema {
  const own = rules.filter(({ each }) => !each).map((rule) => constraintSchema(rule, nested));
  const items = rules.filter(({ each }) => each).map((rule) => constraintSchema(rule, nested));
  const schema = Object.assign({}, ...own) as Schema;
  if (items.length === 0) return schema;
  return { ...schema, type: 'array', items: Object.assign({}, ...items) as Schema };
}

function constraintSchema(rule: Rule, nested: NewableFunction | undefined): Schema {
  if (rule.type === 'nestedValidation') return nested === undefined ? {} : schemaOf(nested);
  const [first, second] = rule.constraints ?? [];
  return SCHEMAS[rule.name ?? '']?.(first, second) ?? {};
}

const SCHEMAS: Readonly<Record<string, (first: unknown, second: unknown) => Schema>> = {
  isString: () => ({ type: 'string' }),
  isBoolean: () => ({ type: 'boolean' }),
  isArray: () => ({ type: 'array' }),
  isObject: () => ({ type: 'object' }),
  isIn: (values) => ({ type: 'string', enum: values }),
  matches: (pattern) => ({ type: 'string', pattern: (pattern as RegExp).source }),
  isLength: (min, max) => ({ type: 'string', minLength: min, maxLength: max }),
  arrayMinSize: (min) => ({ minItems: min }),
  arrayMaxSize: (max) => ({ maxItems: max }),
};
