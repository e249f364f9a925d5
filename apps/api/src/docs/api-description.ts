import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, SwaggerModule } from '@nestjs/swagger';
import { ruleOf, type Rule } from '../access/role-table.js';
import { EventResult, EventsAnswer } from '../events/event.answer.dto.js';
import { EVENT_TYPES, LIMITS } from '../http/limits.js';
import { BODIES, BODY_OPTIONAL, QUERIES, WITHOUT_KEY } from './described-routes.js';
import { EXAMPLES, EXAMPLE_LINES } from './examples.js';
import { PROBLEM_SCHEMA, problemResponses } from './problem-responses.js';
import { schemaOf, type Schema } from './request-schemas.js';

/** One operation of the document. */
export interface DescribedOperation {
  operationId?: string;
  readonly parameters?: readonly Schema[];
  readonly requestBody?: Schema;
  readonly responses: Readonly<Record<string, Schema>>;
}

/** The OpenAPI 3.0 document, as far as it is worked on. */
export interface ApiDescription {
  readonly paths: Readonly<Record<string, Readonly<Record<string, DescribedOperation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> };
}

/** Describes every route of a service: shapes from the classes they are checked by, roles from the role table. */
export function describeApi(app: INestApplication): ApiDescription {
  const config = new DocumentBuilder()
    .setTitle('Personal-data ledger')
    .setDescription('Asked before the act, recorded before the answer; see contract §4.')
    .setVersion('1')
    .addBearerAuth()
    .build();
  const made = SwaggerModule.createDocument(app, config, {
    extraModels: [EventsAnswer],
  }) as unknown as ApiDescription;
  const schemas = { ...made.components.schemas, Problem: PROBLEM_SCHEMA };
  const paths = Object.entries(made.paths).map(([path, methods]) => [
    path,
    Object.fromEntries(
      Object.entries(methods).map(([method, operation]) => [
        method,
        operationOf(method, path, operation),
      ]),
    ),
  ]);
  for (const type of Object.values(BODIES)) {
    const words = made.components.schemas[type.name]?.['properties'] as Schema | undefined;
    Object.assign(schemas, { [type.name]: schemaOf(type, words) });
  }
  const sorted = Object.entries(schemas).sort(([a], [b]) => a.localeCompare(b));
  return {
    ...made,
    paths: Object.fromEntries(paths) as ApiDescription['paths'],
    components: { ...made.components, schemas: Object.fromEntries(sorted) },
  };
}

function operationOf(
  method: string,
  path: string,
  { parameters = [], responses, ...rest }: DescribedOperation,
): DescribedOperation {
  const rule = ruleOf(method.toUpperCase(), path.replace(/\{(\w+)\}/gu, ':$1'));
  if (rule === undefined) throw new Error(`the role table has no row for ${path}`);
  const isPublic = rule.roles === 'public';
  const [tag = ''] = path
    .replace(/^\/v1\//u, '')
    .split(/\//u)
    .filter(Boolean);
  const body = bodyOf(rule);
  return {
    ...rest,
    operationId: rule.name,
    ...{ tags: [tag], security: isPublic ? [] : [{ bearer: [] }], 'x-roles': rule.roles },
    parameters: [
      ...pathParameters(path, rule),
      ...queryParameters(rule, parameters),
      ...(body === undefined || WITHOUT_KEY.has(rule.name) ? [] : [KEY_PARAMETER]),
    ],
    ...(body === undefined ? {} : { requestBody: body }),
    responses: { ...successOf(rule, responses), ...problemResponses(method, rule) },
  };
}

function pathParameters(path: string, { object }: Rule): readonly Schema[] {
  return [...path.matchAll(/\{(\w+)\}/gu)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string', ...(object === undefined ? {} : { format: 'uuid' }) },
  }));
}

function queryParameters({ name }: Rule, described: readonly Schema[]): readonly Schema[] {
  const type = QUERIES[name];
  if (type === undefined) return [];
  const words = Object.fromEntries(described.map((each) => [String(each['name']), each]));
  const { properties, required = [] } = schemaOf(type, words) as {
    readonly properties: Readonly<Record<string, Schema>>;
    readonly required?: readonly string[];
  };
  return Object.entries(properties).map(([query, { description, ...schema }]) => ({
    name: query,
    in: 'query',
    required: required.includes(query),
    ...(description === undefined ? {} : { description }),
    schema,
  }));
}

const KEY_PARAMETER = {
  name: 'Idempotency-Key',
  in: 'header',
  required: false,
  description: 'Makes a repeat be answered as the first time, without time limit.',
  schema: { type: 'string', pattern: '^[\\x21-\\x7e]{1,256}$' },
};

function bodyOf({ name }: Rule): Schema | undefined {
  const type = BODIES[name];
  if (type === undefined) return undefined;
  const schema = { $ref: `#/components/schemas/${type.name}` };
  const example = EXAMPLES[name];
  const plain = { schema, ...(example === undefined ? {} : { example }) };
  const required = !BODY_OPTIONAL.has(name);
  if (name !== 'events') return { required, content: { 'application/json': plain } };
  const batch = { type: 'array', maxItems: LIMITS.batchEvents, items: schema };
  return {
    required,
    content: {
      'application/json': { ...plain, schema: { oneOf: [schema, batch] } },
      [EVENT_TYPES.single]: plain,
      [EVENT_TYPES.batch]: { schema: batch },
      [EVENT_TYPES.stream]: linesOf(type, EXAMPLE_LINES.events),
    },
  };
}

function successOf(
  { name }: Rule,
  responses: Readonly<Record<string, Schema>>,
): Readonly<Record<string, Schema>> {
  const text = { schema: { type: 'string' } };
  switch (name) {
    case 'metrics':
      return { '200': { description: '', content: { 'text/plain': text } } };
    case 'health-ready':
      return { ...responses, '503': { ...responses['200'], description: 'not ready' } };
    case 'events': {
      const plain = { schema: { $ref: `#/components/schemas/${EventsAnswer.name}` } };
      const content = {
        'application/json': plain,
        [EVENT_TYPES.stream]: linesOf(EventResult, EXAMPLE_LINES.results),
      };
      return { '200': { description: 'a result for each event, in order', content } };
    }
    default:
      return responses;
  }
}

/** OpenAPI 3.0 has no word for a list of lines and knows it as text; what stands in one is said as 3.2 says it. */
function linesOf({ name }: NewableFunction, example: string): Schema {
  const description = `Each line is one ${name} as JSON, ended by a line feed.`;
  return {
    schema: { type: 'string', description },
    example,
    'x-itemSchema': { $ref: `#/components/schemas/${name}` },
  };
}
