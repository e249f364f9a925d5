import { readFileSync } from 'node:fs';
import { Ajv, type ValidateFunction } from 'ajv';
import type { Content, Description, Schema } from './described-requests.js';
import type { Told } from './service-under-test.js';

const COMMITTED = new URL('../../../docs/openapi.json', import.meta.url);
const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/u;
const LINES = 'application/x-ndjson';

/** The description of the API as it was committed. */
export const DESCRIBED = JSON.parse(readFileSync(COMMITTED, 'utf8')) as Description;

/** What in an answer is not as the description of its route, status and type has it; a field without a word too. */
export const wrongInAnswer = checkOfAnswers(DESCRIBED);

/** The route of the description that a path belongs to, if any. */
export function describedRoute(method: string, url: string): string | undefined {
  const [path = ''] = url.split('?');
  const paths = Object.keys(DESCRIBED.paths).filter(
    (each) => DESCRIBED.paths[each]?.[method.toLowerCase()] !== undefined,
  );
  const found = paths.find((each) =>
    new RegExp(`^${each.replaceAll(/\{\w+\}/gu, '[^/]+')}$`, 'u').test(path),
  );
  return found === undefined ? undefined : `${method} ${found}`;
}

type AnswerCheck = (route: string, told: Told) => readonly string[];

function checkOfAnswers({ paths, components }: Description): AnswerCheck {
  const ajv = new Ajv({ allErrors: true, formats: { uuid: UUID } });
  ajv.addKeyword('components');
  const described = closed(components) as object;
  const made = new Map<string, ValidateFunction>();
  const faultsOf = (name: string, schema: Schema, value: unknown): readonly string[] => {
    const check = made.get(name) ?? ajv.compile({ ...schema, components: described });
    made.set(name, check);
    if (check(value)) return [];
    return (check.errors ?? []).map(
      ({ instancePath, message, params }) =>
        `${name}: ${instancePath} ${message} ${JSON.stringify(params)}`,
    );
  };
  return (route, told) => {
    const type = String(told.headers['content-type']).split(';')[0] ?? '';
    const content = contentOf(paths, route, told.status)[type];
    // A stream is described as text, and by what stands in a line.
    const schema = type === LINES ? content?.['x-itemSchema'] : content?.schema;
    if (schema === undefined) return [`no ${told.status} of type ${type}`];
    const name = `${route} ${told.status} ${type}`;
    return valuesIn(told, type).flatMap((value) => faultsOf(name, schema, value));
  };
}

function contentOf(paths: Description['paths'], route: string, status: number): Content {
  const [method = '', path = ''] = route.split(' ');
  return paths[path]?.[method.toLowerCase()]?.responses[String(status)]?.content ?? {};
}

function valuesIn({ text, body }: Told, type: string): readonly unknown[] {
  if (type !== LINES) return [type.endsWith('json') ? body : text];
  const lines = text.split('\n').filter((line) => line !== '');
  return lines.map((line): unknown => JSON.parse(line));
}

/** Schemas that allow no field but their own. */
function closed(schema: unknown): unknown {
  if (typeof schema !== 'object' || schema === null) return schema;
  if (Array.isArray(schema)) return schema.map(closed);
  const parts = Object.fromEntries(
    Object.entries(schema).map(([name, part]) => [name, closed(part)]),
  );
  return 'properties' in schema ? { additionalProperties: false, ...parts } : parts;
}
