/**
 * What a clear field may hold. Nothing but these kinds enters an event (design §4, *Clear fields are closed*):
 * codes, ledger-made uuids, times, countries, decimals, citations, commitments, published hashes.
 */
export interface Field<T> {
  /** Path of the first part that does not fit ('' for the value itself), undefined when it fits. */
  fault(value: unknown): string | undefined;
  /** Carries the type only. */
  readonly type?: T;
  readonly optional?: boolean;
}

/** The TypeScript type of what a field accepts. */
export type TypeOf<F> = F extends Field<infer T> ? T : never;

type Fields = Readonly<Record<string, Field<unknown>>>;
type OptionalKeys<S extends Fields> = {
  [K in keyof S]: S[K] extends { readonly optional: true } ? K : never;
}[keyof S];

/** The type of an object with these fields. */
export type ShapeOf<S extends Fields> = {
  readonly [K in Exclude<keyof S, OptionalKeys<S>>]: TypeOf<S[K]>;
} & { readonly [K in OptionalKeys<S>]?: TypeOf<S[K]> | undefined };

const fits = (ok: boolean): string | undefined => (ok ? undefined : '');

/** A text that matches a pattern. */
export function text<T extends string = string>(pattern: RegExp): Field<T> {
  return { fault: (value) => fits(typeof value === 'string' && pattern.test(value)) };
}

/** How many texts are remembered, of each pattern. */
const REMEMBERED = 4096;

/** The same for codes and hashes that recur from event to event: one that matched is not matched again. */
export function recurring(pattern: RegExp): Field<string> {
  const matched = new Set<unknown>();
  const field = text(pattern);
  return {
    fault: (value) => {
      if (matched.has(value)) return undefined;
      const fault = field.fault(value);
      if (fault === undefined && matched.size < REMEMBERED) matched.add(value);
      return fault;
    },
  };
}

/** One of a closed list. */
export function oneOf<const T extends string>(values: readonly T[]): Field<T> {
  const set: ReadonlySet<unknown> = new Set(values);
  return { fault: (value) => fits(set.has(value)) };
}

/** true or false. */
export const flag: Field<boolean> = { fault: (value) => fits(typeof value === 'boolean') };

/** A whole number from 0. */
export const count: Field<number> = {
  fault: (value) => fits(typeof value === 'number' && Number.isSafeInteger(value) && value >= 0),
};

/** Any JSON: published documents in governance streams only. */
export const published: Field<unknown> = { fault: (value) => fits(value !== undefined) };

/** The field or null. */
export function nullable<T>(field: Field<T>): Field<T | null> {
  return { fault: (value) => (value === null ? undefined : field.fault(value)) };
}

/** The field or nothing. */
export function optional<T>(field: Field<T>): Field<T> & { readonly optional: true } {
  return { fault: (value) => field.fault(value), optional: true };
}

/** A list of the field. */
export function listOf<T>(field: Field<T>): Field<readonly T[]> {
  return {
    fault: (value) => {
      if (!Array.isArray(value)) return '';
      for (let at = 0; at < value.length; at += 1) {
        const fault = field.fault(value[at]);
        if (fault !== undefined) return under(String(at), fault);
      }
      return undefined;
    },
  };
}

/** An object whose keys and values both fit. */
export function mapOf<T>(key: Field<string>, field: Field<T>): Field<Readonly<Record<string, T>>> {
  return {
    fault: (value) => {
      if (!isObject(value)) return '';
      for (const name of Object.keys(value)) {
        // A key that does not fit may be a value: it is not named.
        const fault = key.fault(name) === undefined ? field.fault(value[name]) : '';
        if (fault !== undefined) return under('*', fault);
      }
      return undefined;
    },
  };
}

/** An object with exactly these fields; one that is undefined is not there, and is not written. */
export function shape<const S extends Fields>(fields: S): Field<ShapeOf<S>> {
  const known: ReadonlyMap<string, Field<unknown>> = new Map(Object.entries(fields));
  const required = [...known].filter(([, field]) => field.optional !== true).map(([name]) => name);
  return {
    fault: (value) => {
      if (!isObject(value)) return '';
      let missing = required.length;
      for (const name of Object.keys(value)) {
        const item = value[name];
        if (item === undefined) continue;
        const field = known.get(name);
        if (field === undefined) return '*';
        const fault = field.fault(item);
        if (fault !== undefined) return under(name, fault);
        if (field.optional !== true) missing -= 1;
      }
      return missing === 0 ? undefined : required.find((name) => value[name] === undefined);
    },
  };
}

function under(name: string, fault: string): string {
  return fault === '' ? name : `${name}.${fault}`;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
