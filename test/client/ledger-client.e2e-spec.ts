import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { Emitter, LedgerClient, LedgerProblem, type CloudEvent } from '#client';
import { ServiceUnderTest } from '../api/service-under-test.js';
import { registrations } from './events-of.js';

const ROOT = new URL('../../../', import.meta.url);
const NAME = 'Зызықұмов Өмірбек';

describe('a client of the ledger', () => {
  let pdl: ServiceUnderTest;
  let url: string;
  let token: string;

  beforeAll(async () => {
    pdl = await ServiceUnderTest.start();
    url = await pdl.service.listen(pdl.config);
    token = await pdl.officer();
  });
  afterAll(async () => pdl.stop());

  it('is used as its README shows', async () => {
    const tokenOfSession = (): string => token;
    const outbox = registrations(3);
    const settled: (readonly [string | null, string])[] = [];
    const settle = (id: string | null, status: string): number => settled.push([id, status]);

    // README: begin
    const access = { url, token: tokenOfSession };

    // From the outbox of a backend: in order, sent again by the same ids until answered.
    const emitter = new Emitter(access);
    for await (const { id, status } of emitter.emitAll(outbox)) settle(id, status);

    // A call, typed by docs/openapi.json.
    const ledger = new LedgerClient(access);
    const { subject } = await ledger.ask('POST /v1/subjects', {
      body: { operator: 'quicklid', kind: 'individual' },
      key: 'registration:case-173688',
    });
    const trail = await ledger.ask('GET /v1/subjects/{id}/audit-trail', {
      path: { id: subject },
      query: { limit: '10' },
    });

    // Every no is a LedgerProblem: a code of the ledger, and no value.
    const purpose = 'quicklid:3.1';
    const no = await ledger
      .ask('GET /v1/subjects/{id}/data', { path: { id: subject }, query: { purpose } })
      .catch((error: unknown) => (error instanceof LedgerProblem ? error.code : undefined));
    // README: end

    expect(settled).toEqual(outbox.map(({ id }) => [id, 'accepted']));
    expect(trail.entries.map(({ type }) => type)).toEqual(['SubjectRegistered']);
    expect(no).toBe('DELETED');
  });

  it('has the example that runs in its README', () => {
    const readme = readFileSync(new URL('libs/client/README.md', ROOT), 'utf8');
    const spec = readFileSync(new URL('test/client/ledger-client.e2e-spec.ts', ROOT), 'utf8');
    const [, block = ''] = /README: begin\n([\s\S]*?) *\/\/ README: end/u.exec(spec) ?? [];
    const [, shown] = /```ts\n([\s\S]*?)```/u.exec(readme) ?? [];
    expect(shown).toBe(block.trimEnd().replaceAll(/^ {4}/gmu, '') + '\n');
  });

  it('asks again by a key as the first time', async () => {
    const ledger = new LedgerClient({ url, token: () => token });
    const body = { operator: 'quicklid', kind: 'individual' } as const;
    const first = await ledger.ask('POST /v1/subjects', { body, key: 'once' });
    expect(await ledger.ask('POST /v1/subjects', { body, key: 'once' })).toEqual(first);
  });

  it('takes an event as it takes one by the emitter, and reads what is no JSON', async () => {
    const ledger = new LedgerClient({ url, token: () => token });
    const [body] = registrations(1, 10) as [CloudEvent];
    expect(await ledger.ask('POST /v1/events', { body, query: { mode: 'enforce' } })).toMatchObject(
      {
        results: [{ id: body.id, status: 'accepted' }],
      },
    );
    expect(await ledger.ask('GET /metrics', {})).toContain('pdl_log_events');
  });

  it('puts parts of a path in as one part each', async () => {
    const ledger = new LedgerClient({ url, token: () => token });
    const path = { id: '../lookups?' };
    const asked = ledger.ask('GET /v1/subjects/{id}/consents', { path });
    await expect(asked).rejects.toMatchObject({ code: 'NOT_FOUND', status: 404 });
  });

  it('throws the problem as the service says it, and one of its own without an answer', async () => {
    const ledger = new LedgerClient({ url, token: () => token });
    const body = {
      operator: 'quicklid',
      kind: 'individual',
      identifiers: [{ scheme: NAME, value: '1' }],
    };
    const refused = ledger.ask('POST /v1/subjects', { body: body as never });
    await expect(refused).rejects.toMatchObject({
      name: 'LedgerProblem',
      message: 'the ledger answered 400 INVALID_REQUEST',
      problem: { errors: [{ path: 'identifiers.0.scheme' }] },
    });
    const nobody = new LedgerClient({ url: 'http://127.0.0.1:1', token: () => token });
    await expect(nobody.ask('GET /v1/policies', {})).rejects.toMatchObject({
      message: 'the ledger did not answer',
      code: 'UNREACHABLE',
      isPassing: true,
    });
  });
});
