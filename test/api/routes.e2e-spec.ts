import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ServiceUnderTest, collectOf, consentOf } from './service-under-test.js';

const NAME = 'Аманова Айгүл';
const IIN = '791119300072';
const PURPOSE = 'quicklid:3.1';
const VALUES = { 'quicklid:name': NAME, 'quicklid:iin': IIN };

describe('the routes', () => {
  let pdl: ServiceUnderTest;
  let token: string;

  beforeAll(async () => {
    pdl = await ServiceUnderTest.start();
    token = await pdl.officer();
  });
  afterAll(async () => pdl.stop());

  it('registers a person, takes a consent and values, gives them out under a purpose, and shows the trail', async () => {
    const registered = await pdl.ask('POST /v1/subjects', {
      token,
      body: {
        operator: 'quicklid',
        kind: 'individual',
        identifiers: [{ scheme: 'KZ-IIN', value: IIN }],
      },
    });
    expect(registered.status).toBe(201);
    const at = `/v1/subjects/${String(registered.body['subject'])}`;
    const consent = await pdl.ask(`POST ${at}/consents`, {
      token,
      body: consentOf(PURPOSE, Object.keys(VALUES)),
    });
    expect(consent).toMatchObject({ status: 201, body: { consent: expect.any(String) } });
    const collected = await pdl.ask(`POST ${at}/operations`, {
      token,
      body: collectOf(PURPOSE, VALUES),
    });
    expect(collected).toMatchObject({
      status: 201,
      body: { position: expect.stringMatching(/^\d+$/u), revision: '2', verdict: 'lawful' },
    });
    const read = await pdl.ask(`GET ${at}/data?purpose=${PURPOSE}`, { token });
    expect(read).toMatchObject({
      status: 200,
      headers: { 'cache-control': 'no-store' },
      body: { asOf: null, data: { 'quicklid:name': { value: NAME } }, withheld: [] },
    });
    const trail = await pdl.ask(`GET ${at}/audit-trail`, { token });
    expect(trail.body['entries']).toMatchObject([
      { type: 'SubjectRegistered' },
      { type: 'ConsentGiven' },
      { type: 'DataCollected', categories: ['quicklid:name', 'quicklid:iin'] },
      { type: 'DataRetrieved', position: read.body['position'] },
    ]);
    const consents = await pdl.ask(`GET ${at}/consents`, { token });
    expect(consents.body).toMatchObject({
      consents: [{ consent: consent.body['consent'], status: 'given', purpose: PURPOSE }],
    });
    const lookup = await pdl.ask('POST /v1/lookups', {
      token,
      body: { scheme: 'KZ-IIN', value: IIN, purpose: PURPOSE },
    });
    expect(lookup).toMatchObject({
      status: 200,
      body: { subjects: [registered.body['subject']] },
    });
    expect(await pdl.events('SubjectLookedUp')).toMatchObject([
      { data: { scheme: 'KZ-IIN', purpose: PURPOSE, found: 1 } },
    ]);
  });

  it('stops processing with a withdrawal, and refuses what comes after it, with code and clauses', async () => {
    const subject = await pdl.person(VALUES);
    const at = `/v1/subjects/${subject}`;
    const { body } = await pdl.ask(`GET ${at}/consents`, { token });
    const [{ consent }] = body['consents'] as [{ consent: string }];
    expect(await pdl.ask(`POST ${at}/consents/${consent}/withdrawal`, { token })).toMatchObject({
      status: 202,
      body: { decision: { event: expect.any(String), outcome: 'stop' } },
    });
    expect(await pdl.ask(`GET ${at}/data?purpose=${PURPOSE}`, { token })).toMatchObject({
      status: 403,
      headers: { 'content-type': expect.stringContaining('application/problem+json') },
      body: {
        status: 403,
        code: 'CONSENT_WITHDRAWN',
        codes: ['CONSENT_WITHDRAWN'],
        clauses: expect.arrayContaining([expect.stringContaining('law:')]),
        event: expect.any(String),
      },
    });
    expect(await pdl.ask(`POST ${at}/consents/${consent}/withdrawal`, { token })).toMatchObject({
      status: 403,
      body: { code: 'CONSENT_NOT_GIVEN' },
    });
  });

  it('says null for the language of a consent when nobody said one', async () => {
    const subject = await pdl.person(VALUES);
    const at = `/v1/subjects/${subject}/consents`;
    const body = { ...consentOf(PURPOSE, ['quicklid:name']), evidence: { kind: 'written' } };
    const { consent } = (await pdl.ask(`POST ${at}`, { token, body })).body;
    const evidence = { kind: 'written', language: null };
    const told = await pdl.ask(`GET ${at}`, { token });
    expect(told.body['consents']).toContainEqual(expect.objectContaining({ consent, evidence }));
  });

  it('destroys, and answers 410 with the certificate from then on', async () => {
    const subject = await pdl.person(VALUES);
    const at = `/v1/subjects/${subject}`;
    const { body } = await pdl.ask(`GET ${at}/consents`, { token });
    const [{ consent }] = body['consents'] as [{ consent: string }];
    await pdl.ask(`POST ${at}/consents/${consent}/withdrawal`, { token });
    const destroy = { operation: 'destroy', ground: 'KZ-24.1.5', act: 'act 7' };
    const destroyed = await pdl.ask(`POST ${at}/operations`, { token, body: destroy, key: 'd-1' });
    expect(destroyed).toMatchObject({ status: 201, body: { certificate: { subject } } });
    const again = await pdl.ask(`POST ${at}/operations`, { token, body: destroy, key: 'd-1' });
    expect(again).toMatchObject({ status: 201, body: destroyed.body });
    expect(await pdl.ask(`GET ${at}/data?purpose=${PURPOSE}`, { token })).toMatchObject({
      status: 410,
      body: { code: 'DESTROYED', certificate: { subject } },
    });
    expect(await pdl.ask(`GET ${at}/audit-trail`, { token })).toMatchObject({ status: 200 });
  });

  it('answers a repeat by its key as the first one, and another content with 409', async () => {
    const subject = await pdl.person(VALUES);
    const to = `POST /v1/subjects/${subject}/operations`;
    const body = collectOf(PURPOSE, { 'quicklid:name': 'Ким Вера' });
    const answers = await Promise.all(
      Array.from({ length: 64 }, async () => pdl.ask(to, { token, body, key: 'same' })),
    );
    expect(new Set(answers.map(({ status, text }) => `${status} ${text}`)).size).toBe(1);
    const other = collectOf(PURPOSE, { 'quicklid:name': 'Ким Анна' });
    expect(await pdl.ask(to, { token, body: other, key: 'same' })).toMatchObject({
      status: 409,
      body: { code: 'CONFLICT' },
    });
    const registrations = await Promise.all(
      Array.from({ length: 64 }, async () =>
        pdl.ask('POST /v1/subjects', {
          token,
          body: { operator: 'quicklid', kind: 'individual' },
          key: 'person-1',
        }),
      ),
    );
    expect(new Set(registrations.map(({ status, text }) => `${status} ${text}`)).size).toBe(1);
    expect(
      await pdl.ask('POST /v1/subjects', {
        token,
        body: { operator: 'quicklid', kind: 'employee' },
        key: 'person-1',
      }),
    ).toMatchObject({ status: 409 });
  });

  it('registers a recipient and binds it, once per key', async () => {
    const body = { operator: 'quicklid', name: 'ТОО Бюро', class: 'quicklid:7.1.1', country: 'KZ' };
    const registered = await pdl.ask('POST /v1/recipients', { token, body, key: 'r-1' });
    expect(registered.status).toBe(201);
    const recipient = String(registered.body['recipient']);
    expect(await pdl.ask('POST /v1/recipients', { token, body, key: 'r-1' })).toMatchObject({
      status: 201,
      body: registered.body,
    });
    const to = `POST /v1/recipients/${recipient}/binding`;
    const contract = { contractSha256: 'b'.repeat(64) };
    const bound = await pdl.ask(to, { token, body: contract, key: 'b-1' });
    expect(bound).toMatchObject({ status: 201, body: { recipient } });
    expect(await pdl.ask(to, { token, body: contract, key: 'b-1' })).toMatchObject({
      status: 201,
      body: { event: bound.body['event'] },
    });
    expect(await pdl.ask(to, { token, body: {}, key: 'b-1' })).toMatchObject({ status: 409 });
    expect(
      await pdl.ask(to, { token, body: { contractSha256: 'c'.repeat(64) }, key: 'b-1' }),
    ).toMatchObject({ status: 409 });
  });

  it('pages the trail of all persons without repeating or skipping, while others write', async () => {
    await pdl.person(VALUES);
    const seen: string[] = [];
    let after = '';
    for (;;) {
      const page = await pdl.ask(`GET /v1/audit-trail?limit=3${after}`, { token });
      const entries = page.body['entries'] as { position: string; subject: string }[];
      seen.push(...entries.map(({ position }) => position));
      if (page.body['next'] === null) break;
      if (seen.length < 12) await pdl.person(VALUES);
      after = `&after=${String(page.body['next'])}`;
    }
    const whole = await pdl.ask('GET /v1/audit-trail?limit=1000', { token });
    const all = (whole.body['entries'] as { position: string }[]).map(({ position }) => position);
    expect(seen).toEqual(all);
  });

  it('shows history as the ledger knew it at a position or a time', async () => {
    const subject = await pdl.person(VALUES);
    const at = `/v1/subjects/${subject}`;
    const before = await pdl.ask(`GET ${at}/audit-trail`, { token });
    const entries = before.body['entries'] as { position: string; recordedAt: string }[];
    const last = entries.at(-1);
    pdl.clock.move(60_000);
    const { body } = await pdl.ask(`GET ${at}/consents`, { token });
    const [{ consent }] = body['consents'] as [{ consent: string }];
    await pdl.ask(`POST ${at}/consents/${consent}/withdrawal`, { token });
    for (const asOf of [last?.position, encodeURIComponent(last?.recordedAt ?? '')]) {
      expect(await pdl.ask(`GET ${at}/consents?asOf=${asOf}`, { token })).toMatchObject({
        body: { consents: [{ status: 'given' }] },
      });
      const then = await pdl.ask(`GET ${at}/audit-trail?asOf=${asOf}`, { token });
      expect(then.body['entries']).toEqual(entries);
    }
    const since = encodeURIComponent(new Date(pdl.clock.now()).toISOString());
    const later = await pdl.ask(`GET ${at}/audit-trail?from=${since}`, { token });
    expect(later.body['entries']).toMatchObject([
      { type: 'ConsentWithdrawn' },
      { type: 'WithdrawalDecided' },
    ]);
    expect(await pdl.ask(`GET ${at}/consents?minPosition=999999`, { token })).toMatchObject({
      status: 503,
      body: { code: 'UNAVAILABLE' },
    });
  });

  it('names what is wrong with a request by path, and repeats nothing of it', async () => {
    const subject = await pdl.person(VALUES);
    const to = `POST /v1/subjects/${subject}/operations`;
    const cases: readonly (readonly [unknown, number, string])[] = [
      [{ ...collectOf(PURPOSE, VALUES), [NAME]: 1 }, 400, 'INVALID_REQUEST'],
      [`{"operation":"use","${NAME}`, 400, 'INVALID_REQUEST'],
      ['[]', 400, 'INVALID_REQUEST'],
      [collectOf(PURPOSE, { 'quicklid:iin': '791119300073' }), 422, 'INVALID_VALUE'],
      [collectOf(PURPOSE, { 'quicklid:iin': 'Ы'.repeat(300_000) }), 413, 'TOO_LARGE'],
      [{ operation: 'teleport', categories: ['quicklid:name'] }, 403, 'UNKNOWN_OPERATION'],
      [{ ...collectOf(PURPOSE, VALUES), mode: 'record' }, 403, 'FORBIDDEN'],
    ];
    for (const [body, status, code] of cases) {
      const told = await pdl.ask(to, { token, body });
      expect(told).toMatchObject({ status, body: { code, status } });
      expect(told.text).not.toContain(NAME);
      expect(told.text).not.toContain('79111930007');
    }
    const typed = { token, body: 'a=1', headers: { 'content-type': 'text/plain' } };
    expect(await pdl.ask(to, typed)).toMatchObject({ status: 415 });
    expect(pdl.log.join('')).not.toContain('Айгүл');
  });

  it('shows the policies of the token', async () => {
    const { body } = await pdl.ask('GET /v1/policies', { token });
    expect(body['policies']).toMatchObject([{ id: 'quicklid', inForce: true }]);
    expect(await pdl.ask('GET /v1/policies/quicklid', { token })).toMatchObject({
      status: 200,
      body: { id: 'quicklid', document: { id: 'quicklid' }, table: expect.any(Array) },
    });
    expect(await pdl.ask('GET /v1/policies/akjet', { token })).toMatchObject({ status: 404 });
  });
});
