import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { ROLE_TABLE, type Rule } from '../../apps/api/src/access/role-table.js';
import type { ApiDescription } from '../../apps/api/src/docs/api-description.js';
import type { Schema } from '../../apps/api/src/docs/request-schemas.js';
import { EXAMPLES } from '../../apps/api/src/docs/examples.js';
import { wrongInAnswer } from './described-answers.js';
import { ServiceUnderTest } from './service-under-test.js';

const COMMITTED = new URL('../../../docs/openapi.json', import.meta.url);
const LINES = 'application/x-ndjson';
const VALUES = { 'quicklid:name': 'Ким Вера' };

describe('the description of the API', () => {
  let pdl: ServiceUnderTest;
  let described: ApiDescription;

  beforeAll(async () => {
    pdl = await ServiceUnderTest.start();
    described = (await pdl.ask('GET /docs-json')).body as unknown as ApiDescription;
  });
  afterAll(async () => pdl.stop());

  it('is the one in docs/openapi.json (else: npm run build && npm run openapi)', () => {
    expect(described).toEqual(JSON.parse(readFileSync(COMMITTED, 'utf8')));
  });

  it('has every route of the role table but its own pages, under its name, with its roles', () => {
    const routes = Object.entries(described.paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, operation]) => [
        `${method.toUpperCase()} ${path.replace(/\{(\w+)\}/gu, ':$1')}`,
        operation,
      ]),
    );
    const expected = Object.entries<Rule>(ROLE_TABLE)
      .filter(([, { name }]) => !name.startsWith('docs'))
      .map(([route, { name, roles }]) => [route, { operationId: name, 'x-roles': roles }]);
    expect(Object.fromEntries(routes)).toMatchObject(Object.fromEntries(expected));
    expect(routes).toHaveLength(expected.length);
  });

  it('says of every body and every field of it what is checked', () => {
    const { schemas } = described.components;
    const bodies = Object.entries(schemas).filter(([name]) => name.endsWith('Request'));
    expect(bodies.length).toBeGreaterThan(5);
    for (const [, schema] of bodies) expect(schema).toMatchObject({ additionalProperties: false });
    expect(schemas['OperationRequest']).toMatchObject({
      required: ['operation'],
      properties: {
        categories: { type: 'array', minItems: 1, items: { type: 'string' } },
        basis: { required: ['code'], properties: { code: { maxLength: 40 } } },
        mode: { enum: ['enforce', 'record'], description: expect.stringContaining('enforce') },
      },
    });
  });

  it('says what stands in a line of a stream, with examples that are taken and answered so', async () => {
    const { requestBody, responses } = described.paths['/v1/events']?.['post'] ?? {};
    const events = linesIn(requestBody);
    const results = linesIn(responses?.['200']);
    expect(events).toMatchObject({ 'x-itemSchema': { $ref: '#/components/schemas/CloudEvent' } });
    expect(results).toMatchObject({ 'x-itemSchema': { $ref: '#/components/schemas/EventResult' } });
    const headers = { 'content-type': LINES };
    const token = await pdl.emitter();
    const told = await pdl.ask('POST /v1/events', { token, headers, body: events.example });
    const shown = (text: string): unknown =>
      text.replaceAll(/"(event|position)":"[^"]+"/gu, '"$1"');
    expect(shown(told.text)).toEqual(shown(results.example));
    const route = 'POST /v1/events';
    expect(wrongInAnswer(route, { ...told, text: results.example })).toEqual([]);
  });

  it.each(Object.entries(EXAMPLES))('has an example for %s that is taken', async (name, body) => {
    const token = await pdl.officer();
    const subject = await pdl.person(VALUES);
    const consents = await pdl.ask(`GET /v1/subjects/${subject}/consents`, { token });
    const [{ consent = '' } = {}] = consents.body['consents'] as readonly { consent?: string }[];
    // A consent for what the example collects: the person has one for the name alone.
    const about = { token, body: EXAMPLES['consents-record'] };
    await pdl.ask(`POST /v1/subjects/${subject}/consents`, about);
    const recipient = await pdl.ask('POST /v1/recipients', {
      token,
      body: EXAMPLES['recipients-register'],
    });
    const [route = ''] = Object.entries<Rule>(ROLE_TABLE).find(([, r]) => r.name === name) ?? [];
    const id = name === 'recipients-bind' ? String(recipient.body['recipient']) : subject;
    const told = await pdl.ask(route.replace(':id', id).replace(':consent', consent), {
      token,
      body,
    });
    expect([200, 201, 202]).toContain(told.status);
    expect(told.text).not.toContain('INVALID');
  });

  it('allows null where it says so: not beside what a reference allows', () => {
    const { schemas } = described.components;
    const properties = Object.values(schemas).flatMap(({ properties: own = {} }) =>
      Object.values(own as Readonly<Record<string, object>>),
    );
    const nullable = properties.filter((each) => 'nullable' in each);
    expect(nullable.length).toBeGreaterThan(5);
    // A null must be allowed by all that stand side by side (OpenAPI 3.0.3).
    for (const each of nullable) expect(Object.keys(each)).not.toContain('allOf');
  });

  it('is shown by a page that loads nothing from elsewhere, and no other file', async () => {
    const page = await pdl.ask('GET /docs');
    expect(page).toMatchObject({
      status: 200,
      headers: {
        'content-type': 'text/html; charset=utf-8',
        'content-security-policy': expect.stringContaining("script-src 'self'"),
      },
    });
    const loaded = [...page.text.matchAll(/(?:src|href)="([^"]+)"/gu)].map(([, url]) => url);
    expect(loaded).toHaveLength(3);
    for (const url of loaded) {
      expect(url).toMatch(/^docs\//u);
      expect(await pdl.ask(`GET /${url}`)).toMatchObject({
        status: 200,
        headers: { 'content-type': expect.stringMatching(/^text\/(css|javascript)/u) },
      });
    }
    for (const other of ['package.json', '..%2Fpackage.json', 'index.html', 'constructor']) {
      expect(await pdl.ask(`GET /docs/${other}`)).toMatchObject({ status: 404 });
    }
  });
});

/** How a body or an answer of lines is described. */
function linesIn(described: Schema | undefined): { readonly example: string } {
  const content = described?.['content'] as
    Readonly<Record<string, { readonly example: string }>> | undefined;
  return content?.[LINES] ?? { example: 'not described' };
}
