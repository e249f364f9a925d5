import 'reflect-metadata';
import { getMetadataStorage } from 'class-validator';

type Test = (value: unknown) => boolean;

/** One decorator as class-validator's own storage describes it. */
export interface Rule {
  readonly propertyName: string;
  readonly type: string;
  readonly name?: string | undefined;
  readonly each: boolean;
  readonly constraints: readonly unknown[] | undefined;
}

const CHECKERS = new Map<object, Test | undefined>();

/**
 * A quick check of a plain object against a class, compiled once from class-validator's own metadata: a yes implies
 * class-validator's yes. A no says nothing: class-validator decides then, and writes the errors. Undefined when the
 * class uses a decorator that is not known here.
 */
export function quickCheck(type: NewableFunction): Test | undefined {
  if (!CHECKERS.has(type)) CHECKERS.set(type, compile(type));
  return CHECKERS.get(type);
}

function compile(type: NewableFunction): Test | undefined {
  const tests = new Map<string, Test>();
  const required: string[] = [];
  for (const [name, all] of rulesOf(type)) {
    const test = propertyTest(all, nestedTypeOf(type, name));
    if (test === undefined) return undefined;
    tests.set(name, test);
    if (!all.some((rule) => rule.type === CONDITIONAL)) required.push(name);
  }
  return objectTest(tests, required);
}

/** The rules of a class and of those it inherits from, by property. */
export function rulesOf(type: NewableFunction): ReadonlyMap<string, readonly Rule[]> {
  const all = getMetadataStorage().getTargetValidationMetadatas(
    type,
    '',
    false,
    false,
  ) as unknown as readonly Rule[];
  const rules = new Map<string, readonly Rule[]>();
  for (const rule of all) {
    rules.set(rule.propertyName, [...(rules.get(rule.propertyName) ?? []), rule]);
  }
  return rules;
}

function objectTest(tests: ReadonlyMap<string, Test>, required: readonly string[]): Test {
  return (value) => {
    if (!isFields(value)) return false;
    for (const key in value) {
      const test = tests.get(key);
      if (test === undefined || !test(value[key])) return false;
    }
    return required.every((name) => value[name] !== undefined);
  };
}

function isFields(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function propertyTest(
  rules: readonly Rule[],
  nested: NewableFunction | undefined,
): Test | undefined {
  const isOptional = rules.some(({ type }) => type === CONDITIONAL);
  const tests: Test[] = [];
  for (const rule of rules) {
    if (rule.type === CONDITIONAL || rule.type === WHITELIST) continue;
    const test = rule.type === NESTED ? nestedTest(rule, nested) : constraintTest(rule);
    if (test === undefined) return undefined;
    tests.push(test);
  }
  const all = allOf(tests);
  // A null is never a quick yes: that it is no field at all is told in words elsewhere.
  return isOptional ? (value) => value === undefined || all(value) : all;
}

function allOf(tests: readonly Test[]): Test {
  const [first, second] = tests;
  if (first === undefined) return hasNoNull;
  return second === undefined ? first : (value) => tests.every((test) => test(value));
}

/** Whatever is allowed as it is must hold no null where a field could be left out. */
function hasNoNull(value: unknown): boolean {
  if (value === null) return false;
  if (typeof value !== 'object' || Array.isArray(value)) return true;
  return Object.values(value).every(hasNoNull);
}

const CONDITIONAL = 'conditionalValidation';
const WHITELIST = 'whitelistValidation';
const NESTED = 'nestedValidation';

function nestedTest({ each }: Rule, nested: NewableFunction | undefined): Test | undefined {
  const test = nested === undefined ? undefined : quickCheck(nested);
  if (test === undefined) return undefined;
  return each ? eachOf(test) : test;
}

/** Visits holes too, unlike `every`: class-transformer closes them up. */
function eachOf(test: Test): Test {
  return (value) => {
    if (!Array.isArray(value)) return false;
    for (const item of value) if (!test(item)) return false;
    return true;
  };
}

/** The class that `@Type` names is what class-transformer makes of the property. */
export function nestedTypeOf(type: NewableFunction, property: string): NewableFunction | undefined {
  for (let of: unknown = type; typeof of === 'function'; of = Object.getPrototypeOf(of)) {
    const nested = NESTED_TYPES.get(of)?.[property];
    if (nested !== undefined) return nested;
  }
  return undefined;
}

const NESTED_TYPES = new Map<NewableFunction, Readonly<Record<string, NewableFunction>>>();

/** Tells the checker which class a nested property holds; `@Type` keeps that to itself. */
export function nests(
  type: NewableFunction,
  properties: Readonly<Record<string, NewableFunction>>,
): void {
  NESTED_TYPES.set(type, properties);
}

function constraintTest({ name = '', each, constraints = [] }: Rule): Test | undefined {
  const make = TESTS[name];
  if (make === undefined) return undefined;
  const test = make(constraints);
  return each ? eachOf(test) : test;
}

const TESTS: Readonly<Record<string, (constraints: readonly unknown[]) => Test>> = {
  isString: () => (value) => typeof value === 'string',
  isBoolean: () => (value) => typeof value === 'boolean',
  isArray: () => Array.isArray,
  isObject: () => (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
  isIn: ([values]) => {
    const set: ReadonlySet<unknown> = new Set(values as readonly unknown[]);
    return (value) => typeof value === 'string' && set.has(value);
  },
  matches: ([pattern]) => {
    const regexp = pattern as RegExp;
    return (value) => typeof value === 'string' && regexp.test(value);
  },
  isLength:
    ([min, max]) =>
    (value) =>
      typeof value === 'string' && isSurelyLong(value, Number(min)) && value.length <= Number(max),
  arrayMinSize:
    ([min]) =>
    (value) =>
      Array.isArray(value) && value.length >= Number(min),
  arrayMaxSize:
    ([max]) =>
    (value) =>
      Array.isArray(value) && value.length <= Number(max),
};

/** class-validator counts surrogate pairs once and variation selectors not at all: one other character is surely one. */
function isSurelyLong(value: string, min: number): boolean {
  return min === 0 || (min === 1 && /^[^\ufe0e\ufe0f\ud800-\udfff]/.test(value));
}
