import { describe, expect, it } from '@jest/globals';
import { plainToInstance, type ClassConstructor } from 'class-transformer';
import { getMetadataStorage, validateSync } from 'class-validator';
import fc from 'fast-check';
import { nestedTypeOf, quickCheck } from '#ledger/intake';
import '../app.module.js';
import { Problem } from '../problems/problem.js';
import { DataRequest } from '../subject-data/data.request.dto.js';
import { CheckedPipe } from './checked.pipe.js';

const BODIES = 100_000;

type Class = ClassConstructor<object>;

/** One decorator, as class-validator keeps it. */
interface Rule {
  readonly propertyName: string;
  readonly type: string;
  readonly name?: string;
  readonly each: boolean;
  readonly constraints?: readonly unknown[];
}

/** Every class with a decorator that the service loads: requests over HTTP, and bodies of CloudEvents. */
const storage = getMetadataStorage() as unknown as {
  readonly validationMetadatas: ReadonlyMap<Class, readonly Rule[]>;
};
const CLASSES = [...storage.validationMetadatas.keys()];
const REQUESTS = CLASSES.filter(({ name }) => name.endsWith('Request'));

/** Texts that look like others, and values of every other kind. */
const ODD = fc.oneof(
  fc.constantFrom<unknown>(
    ...['', ' ', '\n', '\0', '\ufe0f', '\ud83d\ude00', '\ud800', 'x'.repeat(70_000), '__proto__'],
    ...[[], {}, [[]], [{}], [null], [undefined], null, undefined, 0, -0, 1, NaN, true, false, 1n],
    ...[new Date(0), new String('KZ'), Object.create(null), () => 'KZ', Symbol('KZ'), /x/],
    ...[Array(1), Object.assign([], { length: 3 }), { length: 1 }, { then: 1 }, { toString: 1 }],
  ),
  fc.jsonValue(),
  fc.string({ unit: 'binary', maxLength: 300 }),
);

it.each(['constructor', 'toString', '__proto__', 'unknown'])('takes no field %s', (name) => {
  const value = Object.assign(Object.create(null), { purpose: 'acme:sell' });
  const about = { type: 'query', metatype: DataRequest } as const;
  expect(new CheckedPipe().transform(value, about)).toEqual({ purpose: 'acme:sell' });
  Object.defineProperty(value, name, { value: 'x', enumerable: true });
  expect(() => new CheckedPipe().transform(value, about)).toThrow(Problem);
});

describe('the compiled checker', () => {
  it('knows every class that the service checks, and takes what fits it', () => {
    expect(REQUESTS.length).toBeGreaterThan(12);
    for (const type of CLASSES) {
      for (const body of fc.sample(fitting(type), { seed: 1, numRuns: 20 })) {
        expect([type.name, body, quickCheck(type)?.(body)]).toEqual([type.name, body, true]);
      }
    }
  });

  it.each(CLASSES.map((type) => [type.name, type] as const))(
    'never takes a %s that class-validator refuses',
    (_name, type) => {
      const taken = { yes: 0, no: 0 };
      fc.assert(
        fc.property(mutated(type), (body) => {
          const isQuick = quickCheck(type)?.(body) === true;
          taken[isQuick ? 'yes' : 'no'] += 1;
          if (isQuick) expectTaken(type, body);
        }),
        { numRuns: Math.ceil(BODIES / CLASSES.length) },
      );
      // It says both: else nothing was compared.
      expect(Math.min(taken.yes, taken.no)).toBeGreaterThan(100);
    },
  );
});

function expectTaken(type: Class, body: object): void {
  const options = { whitelist: true, forbidNonWhitelisted: true, forbidUnknownValues: true };
  expect(validateSync(plainToInstance(type, body), options)).toEqual([]);
}

/** A fitting body, of which some fields are something else, near, or gone. */
function mutated(type: Class): fc.Arbitrary<object> {
  const names = [...rulesOf(type).keys()];
  const key = fc.oneof(
    { weight: 12, arbitrary: fc.constantFrom(...names) },
    { weight: 1, arbitrary: fc.constantFrom('extra', 'toString', 'constructor', '') },
  );
  const change = fc.record({ key, value: ODD, near: fc.constantFrom(...NEAR), how: fc.nat(3) });
  return fc.tuple(fitting(type), fc.array(change, { maxLength: 3 })).map(([body, changes]) => {
    const changed: Record<string, unknown> = { ...body };
    for (const { key: name, value, near, how } of changes) {
      if (how === 0) delete changed[name];
      else changed[name] = how === 1 ? value : near(changed[name], value);
    }
    return changed;
  });
}

/** Changes that leave the kind of a value as it is, where it has several. */
const NEAR: readonly ((before: unknown, other: unknown) => unknown)[] = [
  (before) => inText(before, (text) => `${text}\n`),
  (before) => inText(before, (text) => ` ${text}`),
  (before) => inText(before, (text) => text.slice(1)),
  (before) => inText(before, (text) => text.repeat(3)),
  (before) => inText(before, (text) => text.toUpperCase()),
  (before) => inText(before, (text) => `${text}\ufe0f`),
  (before) => inText(before, (text) => '\ud83d\ude00'.repeat(Math.min(300, text.length + 1))),
  (before, other) => [before, other],
  (before) => [before],
  (before) => (Array.isArray(before) ? [...before, ...before, ...before] : { ...Object(before) }),
  (before) => (Array.isArray(before) ? { ...before } : before),
  (before, other) => (isFields(before) ? { ...before, extra: other } : before),
  (before, other) => (isFields(before) ? replacedIn(before, other) : before),
];

function inText(before: unknown, change: (text: string) => string): unknown {
  if (Array.isArray(before)) return before.map((item) => inText(item, change));
  return typeof before === 'string' ? change(before) : before;
}

function isFields(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

function replacedIn(fields: Readonly<Record<string, unknown>>, other: unknown): object {
  const [first] = Object.keys(fields);
  return first === undefined ? fields : { ...fields, [first]: other };
}

/** Bodies that fit a class, made from what it is checked by. */
function fitting(type: Class): fc.Arbitrary<object> {
  const rules = [...rulesOf(type)];
  const fields = rules.map(
    ([name, all]) => [name, valueOf(all, nestedTypeOf(type, name))] as const,
  );
  const requiredKeys = rules
    .filter(([, all]) => !all.some((rule) => rule.type === 'conditionalValidation'))
    .map(([name]) => name);
  return fc.record(Object.fromEntries(fields), { requiredKeys });
}

function rulesOf(type: Class): ReadonlyMap<string, readonly Rule[]> {
  const all = getMetadataStorage().getTargetValidationMetadatas(type, '', false, false);
  const rules = new Map<string, readonly Rule[]>();
  for (const rule of all as unknown as readonly Rule[]) {
    rules.set(rule.propertyName, [...(rules.get(rule.propertyName) ?? []), rule]);
  }
  return rules;
}

function valueOf(
  rules: readonly Rule[],
  nested: NewableFunction | undefined,
): fc.Arbitrary<unknown> {
  const each = rules.some((rule) => rule.each);
  const one = nested === undefined ? plainValue(rules) : fitting(nested as Class);
  if (!each) return one;
  const [min = 0] = rules.find(({ name }) => name === 'arrayMinSize')?.constraints ?? [];
  return fc.array(one, { minLength: Number(min), maxLength: 4 });
}

/** A text where nothing narrower is asked; of several decorators the narrowest. */
function plainValue(rules: readonly Rule[]): fc.Arbitrary<unknown> {
  const narrowest = NARROWER.find(([name]) => rules.some((rule) => rule.name === name));
  if (narrowest === undefined) return fc.string({ minLength: 1, maxLength: 20 });
  const [name, make] = narrowest;
  return make(rules.find((rule) => rule.name === name)?.constraints ?? []);
}

type Make = (constraints: readonly unknown[]) => fc.Arbitrary<unknown>;

const NARROWER: readonly (readonly [string, Make])[] = [
  ['isIn', ([listed]) => fc.constantFrom(...(listed as readonly unknown[]))],
  ['matches', ([pattern]) => fc.stringMatching(pattern as RegExp)],
  ['isBoolean', () => fc.boolean()],
  ['isObject', () => fc.constant({ 'quicklid:name': 'x' })],
  ['isLength', ([, max]) => textUpTo(Number(max))],
];

/** Mostly short; sometimes as long as it may be, so that one more is too much. */
function textUpTo(max: number): fc.Arbitrary<string> {
  return fc.oneof(
    { weight: 5, arbitrary: fc.string({ minLength: 1, maxLength: Math.min(max, 20) }) },
    { weight: 1, arbitrary: fc.constant('x'.repeat(max)) },
  );
}
