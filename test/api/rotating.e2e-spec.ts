import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Housekeeping, ledgerFiles, verifyLedger } from '#ledger';
import { ServiceUnderTest } from './service-under-test.js';

const PURPOSE = 'quicklid:3.1';
const VALUES = { 'quicklid:name': 'Қайырбекұлы Ерасыл' };
const HOUR_MS = 60 * 60 * 1000;
const NOT_YET_DUE_MS = 22 * HOUR_MS;

describe('a service that runs on after a destruction', () => {
  let pdl: ServiceUnderTest;
  let token: string;
  beforeEach(async () => {
    pdl = await ServiceUnderTest.start();
    token = await pdl.token({ role: 'officer', operator: 'quicklid' }, 48 * 3600);
    await destroyed();
  });
  afterEach(async () => pdl.stop());

  it('retires the key epoch by itself before that is overdue, records it, and serves the survivors', async () => {
    const survivor = await pdl.person(VALUES);
    pdl.clock.move(NOT_YET_DUE_MS);
    await new Housekeeping(pdl.ledger).tend();
    expect(await pdl.events('KeyEpochRetired')).toEqual([]);
    pdl.clock.move(HOUR_MS);
    await pdl.service.listen(pdl.config);
    while ((await pdl.events('KeyEpochRetired')).length === 0)
      await new Promise((resolve) => setImmediate(resolve));
    expect(await pdl.events('KeyEpochRetired')).toMatchObject([
      {
        stream: 'ledger',
        data: { operator: 'quicklid', epoch: 1, survivors: 1 },
        metadata: { actorRole: 'ledger' },
      },
    ]);
    const read = `GET /v1/subjects/${survivor}/data?purpose=${PURPOSE}`;
    expect(await pdl.ask(read, { token })).toMatchObject({ status: 200 });
    pdl.clock.move(HOUR_MS);
    const files = ledgerFiles(pdl.directory);
    expect(await verifyLedger(files, { now: pdl.clock.now() })).toMatchObject({ ok: true });
    expect(pdl.log.join('')).not.toContain('stayed behind');
  });

  async function destroyed(): Promise<void> {
    const at = `/v1/subjects/${await pdl.person(VALUES)}`;
    const { body } = await pdl.ask(`GET ${at}/consents`, { token });
    const [{ consent } = { consent: '' }] = body['consents'] as { readonly consent: string }[];
    await pdl.ask(`POST ${at}/consents/${consent}/withdrawal`, { token });
    const order = { operation: 'destroy', ground: 'KZ-24.1.5', act: 'act 7' };
    expect(await pdl.ask(`POST ${at}/operations`, { token, body: order })).toMatchObject({
      status: 201,
    });
  }
});
