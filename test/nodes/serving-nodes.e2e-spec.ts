import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { LedgerClient, LedgerProblem } from '#client';
import { issueToken } from '#ledger/access';
import { collectOf, consentOf } from '../api/service-under-test.js';
import { onPostgres, type ServerForTests } from '../postgresql/server-for-tests.js';
import type { Served } from '../served-child.js';
import { SharedStores } from './shared-stores.js';

const PURPOSE = 'quicklid:3.1';
const NAME = 'Аманова Айгүл';
const USE = {
  operation: 'use',
  purpose: PURPOSE,
  basis: { code: 'KZ-CONSENT' },
  categories: ['quicklid:name'],
} as const;

onPostgres('services on one log', (server) =>
  // Closed before the server stops.
  describe('of two nodes', () => servingNodes(server)),
);

function servingNodes(server: ServerForTests): void {
  let stores: SharedStores;
  let served: Served;
  let one: Caller;
  let other: Caller;
  const callerOf = async ({ url }: Served): Promise<Caller> => {
    const claims = { role: 'officer', operator: 'quicklid', actor: 'aigul' } as const;
    const place = { files: stores.files('first') };
    const { token } = await issueToken(place, claims, { now: new Date(), seconds: 3_600 });
    return new Caller(new LedgerClient({ url, token: () => token }));
  };
  const start = async (): Promise<void> => {
    served = await stores.served('one');
    one = await callerOf(served);
  };
  beforeAll(async () => {
    stores = await SharedStores.made(server);
    await start();
    other = await callerOf(await stores.served('other'));
  });
  afterAll(async () => stores.close());

  it('know at once what the other one was told', async () => {
    for (let n = 0; n < 20; n += 1) {
      const subject = await one.register();
      const consent = await other.consent(subject);
      await one.collect(subject);
      expect(await other.name(subject)).toBe(NAME);
      await one.withdraw(subject, consent);
      expect(await other.use(subject)).toBe('CONSENT_WITHDRAWN');
      expect(await other.name(subject)).toBe('CONSENT_WITHDRAWN');
      expect(await one.trail(subject)).toEqual([
        'SubjectRegistered',
        'ConsentGiven',
        'DataCollected',
        'DataRetrieved',
        'ConsentWithdrawn',
        'WithdrawalDecided',
        'OperationRefused',
        'OperationRefused',
      ]);
    }
  });

  it('take what both are told under one key once', async () => {
    const subject = await one.person();
    const keys = Array.from({ length: 20 }, (_, n) => `both-${n}`);
    const both = [one, other].map(async (caller) => caller.uses(subject, keys));
    const [first, second] = await Promise.all(both);
    expect(second).toEqual(first);
    const used = (await other.trail(subject)).filter((type) => type === 'DataUsed');
    expect(used).toHaveLength(keys.length);
  });

  it('judge by the recipients that the other one bound', async () => {
    const subject = await one.person();
    const recipient = await one.recipient();
    expect(await other.provide(subject, recipient)).toBe('RECIPIENT_NOT_BOUND');
    await one.bind(recipient);
    expect(await other.provide(subject, recipient)).toMatch(/^\d+$/u);
    expect(await one.trail(subject)).toEqual([
      'SubjectRegistered',
      'ConsentGiven',
      'DataCollected',
      'OperationRefused',
      'DataProvided',
    ]);
  });

  it('open nothing any more of whom one of them destroyed', async () => {
    const subject = await one.person();
    expect(await other.name(subject)).toBe(NAME);
    await one.withdraw(subject, await one.consentOf(subject));
    await one.destroy(subject);
    expect(await other.name(subject)).toBe('DESTROYED');
    expect(await other.use(subject)).toBe('DESTROYED');
    expect(await other.trail(subject)).toContain('DataDestroyed');
  });

  it('record what others say, while it is in doubt what a killed one began', async () => {
    const subject = await one.person();
    const begun = new Promise<void>((resolve) =>
      stores.behave(() => {
        resolve();
        return 'swallow';
      }),
    );
    const unanswered = one.use(subject, 'begun');
    await begun;
    served.child.kill('SIGKILL');
    stores.behave(() => 'answer');
    expect(await unanswered).toBe('UNREACHABLE');
    const others = Array.from({ length: 20 }, (_, n) => other.use(subject, `beside-${n}`));
    // Its append may still be on its way: whoever repeats it is told to ask again.
    expect(await other.use(subject, 'begun')).toBe('OVERTAKEN');
    for (const told of await Promise.all(others)) expect(told).toMatch(/^\d+$/u);
    await start();
  });

  it('answer alone when the other one is killed, and as before when it is back', async () => {
    const subject = await other.person();
    const keys = Array.from({ length: 50 }, (_, n) => `killed-${n}`);
    const uses = keys.map(async (key) => one.use(subject, key));
    await uses[0];
    served.child.kill('SIGKILL');
    const told = await Promise.all(uses);
    expect(await other.use(subject)).toMatch(/^\d+$/u);
    await stores.letPass(121);
    await start();
    const again = await one.uses(subject, keys);
    expect(told.map((answer, n) => (answer === 'UNREACHABLE' ? again[n] : answer))).toEqual(again);
    expect(await other.uses(subject, keys)).toEqual(again);
    expect(await one.trail(subject)).toHaveLength(4 + keys.length);
    await stores.expectWhole(await stores.opened('first'));
  });
}

/** What an officer of a service asks; a no is its code. */
class Caller {
  constructor(private readonly client: LedgerClient) {}

  async register(): Promise<string> {
    const body = { operator: 'quicklid', kind: 'individual' } as const;
    return (await this.client.ask('POST /v1/subjects', { body })).subject;
  }

  async consent(id: string): Promise<string> {
    const terms = { ...consentOf(PURPOSE, ['quicklid:name']), thirdParties: true };
    const body = terms as never;
    return (await this.client.ask('POST /v1/subjects/{id}/consents', { path: { id }, body }))
      .consent;
  }

  async consentOf(id: string): Promise<string> {
    const { consents } = await this.client.ask('GET /v1/subjects/{id}/consents', { path: { id } });
    return consents[0]?.consent ?? '';
  }

  async collect(id: string): Promise<void> {
    const body = collectOf(PURPOSE, { 'quicklid:name': NAME }) as never;
    await this.client.ask('POST /v1/subjects/{id}/operations', { path: { id }, body });
  }

  /** Registered, with a consent, and a name collected. */
  async person(): Promise<string> {
    const subject = await this.register();
    await this.consent(subject);
    await this.collect(subject);
    return subject;
  }

  async withdraw(id: string, consent: string): Promise<void> {
    const route = 'POST /v1/subjects/{id}/consents/{consent}/withdrawal';
    await this.client.ask(route, { path: { id, consent } });
  }

  async destroy(id: string): Promise<void> {
    const body = { operation: 'destroy', ground: 'KZ-24.1.5', act: 'act 7' } as const;
    await this.client.ask('POST /v1/subjects/{id}/operations', { path: { id }, body });
  }

  async recipient(): Promise<string> {
    const body = { operator: 'quicklid', name: 'ТОО Бюро', class: 'quicklid:7.1.1', country: 'KZ' };
    return (await this.client.ask('POST /v1/recipients', { body: body as never })).recipient;
  }

  async bind(id: string): Promise<void> {
    const body = { contractSha256: 'c'.repeat(64) };
    await this.client.ask('POST /v1/recipients/{id}/binding', { path: { id }, body });
  }

  async provide(id: string, recipient: string): Promise<string> {
    const body = { ...USE, operation: 'provide', recipient } as const;
    return codeOr(async () => {
      const asked = { path: { id }, body };
      return (await this.client.ask('POST /v1/subjects/{id}/operations', asked)).position;
    });
  }

  /** The position of the use. */
  async use(id: string, key?: string): Promise<string> {
    const asked = { path: { id }, body: USE, ...(key === undefined ? {} : { key }) };
    return codeOr(async () => {
      const { position } = await this.client.ask('POST /v1/subjects/{id}/operations', asked);
      return position;
    });
  }

  async uses(id: string, keys: readonly string[]): Promise<readonly string[]> {
    return Promise.all(keys.map(async (key) => this.use(id, key)));
  }

  async name(id: string): Promise<string> {
    const asked = { path: { id }, query: { purpose: PURPOSE } };
    return codeOr(async () => {
      const { data } = await this.client.ask('GET /v1/subjects/{id}/data', asked);
      return data['quicklid:name']?.value ?? '';
    });
  }

  /** Types of the events, in order. */
  async trail(id: string): Promise<readonly string[]> {
    const asked = { path: { id }, query: { limit: '1000' } };
    const { entries } = await this.client.ask('GET /v1/subjects/{id}/audit-trail', asked);
    return entries.map(({ type }) => type);
  }
}

async function codeOr(call: () => Promise<string>): Promise<string> {
  return call().catch((error: unknown) => {
    if (error instanceof LedgerProblem) return error.code;
    throw error;
  });
}
