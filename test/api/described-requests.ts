import fc from 'fast-check';
import { markedPerson } from '../marked-people.js';

/** A part of the description of the API, as far as requests are made from it. */
export interface Description {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> };
}

interface Operation {
  readonly operationId: string;
  readonly security: readonly object[];
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: {
    readonly content: Content;
  };
  readonly responses: Readonly<Record<string, { readonly content?: Content }>>;
}

/** What a body may be, by its type. */
export type Content = Readonly<
  Record<
    string,
    { readonly schema: Schema; readonly example?: unknown; readonly 'x-itemSchema'?: Schema }
  >
>;

interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header';
  readonly required: boolean;
  readonly schema: Schema;
}

/** A schema of the description. */
export interface Schema {
  readonly $ref?: string;
  readonly type?: string;
  readonly format?: string;
  readonly enum?: readonly unknown[];
  readonly pattern?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly items?: Schema;
  readonly oneOf?: readonly Schema[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
}

/** A request, and what the description says of its answer. */
export interface DescribedRequest {
  readonly route: string;
  readonly url: string;
  readonly token: string | undefined;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer | undefined;
  readonly statuses: readonly string[];
}

/** What requests name: ids that are known or not, tokens that are good or not. */
export interface Named {
  readonly ids: readonly string[];
  readonly consents: readonly string[];
  readonly tokens: readonly (string | undefined)[];
}

/** A text with a personal value in it. */
const MARKED = fc.constantFrom(
  ...Array.from({ length: 41 }, (_, n) => markedPerson(n)).flatMap(
    ({ name, iin, email, phone }) => [
      ...[name, iin, email, phone, `${name}\u202e`, `${iin}\r\nx: y`, `"${name}`],
    ],
  ),
);

/** Values of every kind but the described one. */
const CONFUSED: fc.Arbitrary<unknown> = fc.oneof(
  MARKED,
  MARKED.map((value) => [value]),
  MARKED.map((value) => ({ [value]: value })),
  fc.constantFrom<unknown>(null, true, 0, -1, 1e308, [], {}, '', 'x'.repeat(5_000), [[[]]]),
  fc.jsonValue({ maxDepth: 2 }),
);

/** Bodies that are no JSON, or none that is taken. */
const RAW = fc.oneof(
  MARKED.map((value) => `{"name":"${value}`),
  MARKED.map((value) => `{"a":"${value}","a":1}`),
  MARKED.map((value) => `{"__proto__":{"a":"${value}"}}`),
  fc.constantFrom(
    '',
    ' ',
    '42',
    'null',
    '[]',
    '"',
    '\ufeff{}',
    '{"a":"\\u0000"}',
    '{"a":"\\ud800"}',
  ),
  fc.constantFrom('['.repeat(100_000), `{"a":${'1'.repeat(2_000)}}`, 'x'.repeat(300_000)),
);

const WRONG_TYPES = [
  ...['text/plain', 'application/xml', 'application/x-www-form-urlencoded', 'multipart/form-data'],
  ...['application/json; charset=utf-16', 'application/jsonx', 'application/', 'json', ','],
];
const KEYS = ['', ' ', 'k', 'x'.repeat(256), 'x'.repeat(257), 'a b', '\t'];

/** Requests to every route that the description has: as described, nearly so, confused, or broken. */
export function describedRequests(of: Description, named: Named): fc.Arbitrary<DescribedRequest> {
  const routes = Object.entries(of.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) =>
      requestsTo(`${method.toUpperCase()} ${path}`, operation, { of, named }),
    ),
  );
  return fc.oneof(...routes);
}

function requestsTo(
  route: string,
  { parameters = [], requestBody, responses, security }: Operation,
  { of, named }: { readonly of: Description; readonly named: Named },
): fc.Arbitrary<DescribedRequest> {
  const path = route.slice(route.indexOf(' ') + 1);
  return fc
    .record({
      values: fc.tuple(...parameters.map((parameter) => valueOf(parameter, of, named))),
      body: bodyOf(requestBody?.content, of),
      token: security.length === 0 ? fc.constant(undefined) : fc.constantFrom(...named.tokens),
      encoding: fc.constantFrom(...Array<string>(30).fill(''), 'gzip', 'br', 'identity'),
    })
    .map(({ values, body, token, encoding }) => ({
      route,
      url: urlOf(path, parameters, values),
      token,
      headers: {
        ...headersIn(parameters, values),
        ...(body === undefined ? {} : { 'content-type': body.type }),
        ...(encoding === '' || body === undefined ? {} : { 'content-encoding': encoding }),
      },
      body: body?.bytes,
      statuses: Object.keys(responses),
    }));
}

function urlOf(
  path: string,
  parameters: readonly Parameter[],
  values: readonly (string | undefined)[],
): string {
  let url = path;
  const query: string[] = [];
  for (const [n, { name, in: place }] of parameters.entries()) {
    const value = encodeURIComponent((values[n] ?? '').toWellFormed());
    if (place === 'path') url = url.replace(`{${name}}`, value === '' ? '%20' : value);
    if (place === 'query' && values[n] !== undefined) query.push(`${name}=${value}`);
  }
  return query.length === 0 ? url : `${url}?${query.join('&')}`;
}

function headersIn(
  parameters: readonly Parameter[],
  values: readonly (string | undefined)[],
): Readonly<Record<string, string>> {
  const headers = parameters.flatMap(({ name, in: place }, n): [string, string][] => {
    const value = values[n];
    return place === 'header' && value !== undefined ? [[name.toLowerCase(), value]] : [];
  });
  return Object.fromEntries(headers);
}

function valueOf(
  { name, in: place, required, schema }: Parameter,
  of: Description,
  { ids, consents }: Named,
): fc.Arbitrary<string | undefined> {
  if (place === 'header') return fc.constantFrom(undefined, undefined, ...KEYS);
  const known = name === 'consent' ? consents : ids;
  const fitting = place === 'path' ? fc.constantFrom(...known) : fittingOf(schema, of).map(String);
  const wrong = fc.oneof(
    MARKED,
    fc.constantFrom('', '0', '../x', '\0', 'null', '-1', '9'.repeat(30)),
  );
  return fc.oneof(
    { weight: 8, arbitrary: fitting },
    { weight: 1, arbitrary: wrong },
    { weight: required ? 0 : 12, arbitrary: fc.constant(undefined) },
  );
}

interface Body {
  readonly type: string;
  readonly bytes: Buffer;
}

/** Of a stream the example is its text. */
function exampleText(example: unknown): string {
  return typeof example === 'string' ? example : json(example);
}

function bodyOf(content: Content | undefined, of: Description): fc.Arbitrary<Body | undefined> {
  if (content === undefined) return fc.constant(undefined);
  const types = Object.entries(content);
  const described = types.map(([type, { schema, example = {} }]) =>
    fc
      .oneof(
        { weight: 4, arbitrary: fittingOf(schema, of).map(json) },
        { weight: 4, arbitrary: nearOf(schema, of).map(json) },
        { weight: 2, arbitrary: fc.constant(exampleText(example)) },
        { weight: 1, arbitrary: CONFUSED.map(json) },
        { weight: 1, arbitrary: RAW },
      )
      .map((text) => ({ type, bytes: Buffer.from(text) })),
  );
  const elsewhere = fc.record({
    type: fc.constantFrom(...WRONG_TYPES, ...types.map(([type]) => type)),
    bytes: fc.oneof(RAW, CONFUSED.map(json)).map((text) => Buffer.from(text)),
  });
  return fc.oneof(
    { weight: 6, arbitrary: fc.oneof(...described) },
    { weight: 1, arbitrary: elsewhere },
  );
}

function json(value: unknown): string {
  return JSON.stringify(value);
}

/** A fitting one with one field that is not. */
function nearOf(schema: Schema, of: Description): fc.Arbitrary<unknown> {
  const { properties = {} } = resolved(schema, of);
  const names = [...Object.keys(properties), 'extra', 'зызықұм'];
  return fc
    .tuple(fittingOf(schema, of), fc.constantFrom(...names), fc.option(CONFUSED))
    .map(([value, name, other]) =>
      typeof value === 'object' && value !== null && !Array.isArray(value)
        ? { ...value, [name]: other ?? undefined }
        : [value, other],
    );
}

/** What fits a schema; texts of no form are personal values. */
function fittingOf(given: Schema, of: Description): fc.Arbitrary<unknown> {
  const schema = resolved(given, of);
  if (schema.oneOf !== undefined) return fc.oneof(...schema.oneOf.map((one) => fittingOf(one, of)));
  if (schema.enum !== undefined) return fc.constantFrom(...schema.enum);
  return (KINDS[schema.type ?? ''] ?? anything)(schema, of);
}

type Kind = (schema: Schema, of: Description) => fc.Arbitrary<unknown>;

const anything: Kind = () => fc.oneof(MARKED, fc.constantFrom<unknown>({}, ['x']));

const KINDS: Readonly<Record<string, Kind>> = {
  string: ({ pattern, maxLength = 256 }) =>
    pattern === undefined
      ? MARKED.map((text) => text.slice(0, maxLength))
      : fc.oneof(...knownBy(pattern), fc.stringMatching(new RegExp(pattern))),
  boolean: () => fc.boolean(),
  array: ({ items = {} }, of) => fc.array(fittingOf(items, of), { minLength: 1, maxLength: 3 }),
  object: ({ properties, required = [] }, of) =>
    properties === undefined
      ? fc.dictionary(fc.constantFrom('quicklid:name', 'quicklid:iin', 'x'), MARKED)
      : fc.record(
          Object.fromEntries(
            Object.entries(properties).map(([name, each]) => [name, fittingOf(each, of)]),
          ),
          { requiredKeys: [...required] },
        ),
};

/** Codes of the ledger under test, so that requests get as far as the gate. */
const CODES = [
  ...['quicklid:3.1', 'quicklid:name', 'quicklid:iin', 'quicklid', 'akjet', 'individual', 'KZ'],
  ...['collect', 'use', 'retrieve', 'provide', 'block', 'clarify', 'depersonalise', 'destroy'],
  ...['kz.pdl.subject.registered.v1', 'kz.pdl.operation.collect.v1', 'kz.pdl.consent.given.v1'],
  ...['2026-03-01T09:00:00Z', '2031-03-01T09:00:00+05:00', '0', '5'],
];

function knownBy(pattern: string): readonly fc.Arbitrary<string>[] {
  const known = CODES.filter((code) => new RegExp(pattern).test(code));
  return known.length === 0 ? [] : [fc.constantFrom(...known)];
}

function resolved(schema: Schema, { components }: Description): Schema {
  return schema.$ref === undefined
    ? schema
    : (components.schemas[schema.$ref.split('/').at(-1) ?? ''] ?? {});
}
