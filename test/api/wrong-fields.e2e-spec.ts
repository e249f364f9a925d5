import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ServiceUnderTest } from './service-under-test.js';

const PERSON = { operator: 'quicklid', kind: 'individual' };
const RECIPIENT = { operator: 'quicklid', name: 'ТОО', class: 'quicklid:7.1.1', country: 'KZ' };
const REGISTER = ['subjects', 'subject.registered', PERSON] as const;
const RECEIVE = ['recipients', 'recipient.registered', RECIPIENT] as const;

/** Fields that have their form, and say what the ledger does not know. */
const WRONG = [
  ['kind', ...REGISTER, 'robot'],
  ['operator', ...REGISTER, 'nobody'],
  ['operator', ...RECEIVE, 'nobody'],
  ['class', ...RECEIVE, 'akjet:7.5'],
] as const;
const LATER = '2999-01-01T00:00:00Z';

describe('a field that says what the ledger does not take', () => {
  let pdl: ServiceUnderTest;
  let token: string;

  beforeAll(async () => {
    pdl = await ServiceUnderTest.start();
    token = await pdl.emitter();
  });
  afterAll(async () => pdl.stop());

  const fault = (path: string): object => ({
    code: 'INVALID_REQUEST',
    errors: [{ path, message: expect.stringMatching(/^(is not|lies in) /u) }],
  });
  const posted = async (route: string, body: object): Promise<object> =>
    pdl.ask(`POST /v1/${route}`, { token, body });
  const sent = async (type: string, data: object, more: object = {}): Promise<object> => {
    const envelope = { specversion: '1.0', id: 'e', source: 'urn:wrong', subject: 's' };
    return posted('events', { ...envelope, type: `kz.pdl.${type}.v1`, data, ...more });
  };

  it.each(WRONG)('is named by its path: the %s of %s', async (...each) => {
    const [path, route, type, body, value] = each;
    const wrong = { ...body, [path]: value };
    const told = { status: 400, body: fault(path) };
    expect(await posted(route, wrong)).toMatchObject(told);
    const results = [fault(`data.${path}`)];
    expect(await sent(type, wrong)).toMatchObject({ body: { results } });
    expect(await pdl.events('AccessRefused')).toEqual([]);
  });

  it('is named by its path: a time ahead', async () => {
    const told = { status: 400, body: fault('occurredAt') };
    expect(await posted('subjects', { ...PERSON, occurredAt: LATER })).toMatchObject(told);
    const event = await sent('subject.registered', PERSON, { time: LATER });
    expect(event).toMatchObject({ body: { results: [fault('time')] } });
  });
});
