import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { verifyLedger } from '#ledger';
import { EventStoreError, type EventStoreErrorCode } from '#event-store';
import { VaultError, type VaultErrorCode } from '#vault';
import { ROLE_TABLE, type Rule } from '../../apps/api/src/access/role-table.js';
import type { Service } from '../../apps/api/src/service.js';
import { MARKS, markedPerson } from '../marked-people.js';
import { SEED, drawn } from '../seed.js';
import {
  ServiceUnderTest,
  collectOf,
  consentOf,
  type Asked,
  type Told,
} from './service-under-test.js';
import { MOMENTS, StrikingPorts, type Port, type Strike } from './striking-ports.js';

const PURPOSE = 'quicklid:3.1';
const CATEGORIES = ['quicklid:name', 'quicklid:iin', 'quicklid:email'];
const PEOPLE = 24;
/** Requests that a fault struck, one after the other; calls that failed, when requests came together. */
const FAULTS = { alone: 1_200, together: 800 };
const AT_ONCE = 8;

interface Person {
  readonly subject: string;
  readonly consent: string;
  readonly iin: string;
  /** Each value, as it would stand in an answer. */
  readonly values: readonly string[];
  /** Their own token. */
  readonly token: string;
}

interface Route {
  readonly name: string;
  readonly ask: (person: Person, nth: number) => readonly [string, Asked];
}

/** Codes of the ports' own contracts for what does not get through; `IN_DOUBT` is kept for what is in the log. */
const STORE_CODES = [
  'DISK_FULL',
  'CLOSED',
  'IO',
  'READ_ONLY',
] as const satisfies readonly EventStoreErrorCode[];
const VAULT_CODES = [
  'DISK_FULL',
  'CLOSED',
  'IO',
  'CORRUPT',
] as const satisfies readonly VaultErrorCode[];

const strikes: fc.Arbitrary<Strike> = fc
  .record({
    // Requests make three to a dozen calls: some strike none, so that there are values to count.
    after: fc.oneof({ weight: 3, arbitrary: fc.nat(3) }, { weight: 1, arbitrary: fc.nat(16) }),
    when: fc.constantFrom(...MOMENTS),
    store: fc.constantFrom(...STORE_CODES),
    vault: fc.constantFrom(...VAULT_CODES),
  })
  .map(({ after, when, store, vault }) => ({
    after,
    when,
    error: (port: Port) =>
      port === 'vault'
        ? new VaultError(vault, 'injected')
        : new EventStoreError(when === 'after' ? 'IN_DOUBT' : store, 'injected'),
  }));

describe(`recorded first, whatever fails (PDL_SEED=${SEED})`, () => {
  let pdl: ServiceUnderTest;
  let service: Service;
  let officer: string;
  let recipient: string;
  let destroyed: string;
  const people: Person[] = [];
  /** Permits of what was opened, and whether their events were in the log by then. */
  const opened: Promise<boolean>[] = [];
  const ports = new StrikingPorts((method, [permit]) => {
    if (method !== 'open') return;
    const recorded = pdl.ledger.parts.store.findEvent(String(permit));
    opened.push(recorded.then((event) => event?.type === 'DataRetrieved'));
  });

  beforeAll(async () => {
    pdl = await ServiceUnderTest.start();
    officer = await pdl.officer();
    for (let n = 0; n < PEOPLE; n += 1) people.push(await registered(n));
    const body = { operator: 'quicklid', name: 'ТОО', class: 'quicklid:7.1.1', country: 'KZ' };
    const made = await pdl.ask('POST /v1/recipients', { token: officer, body });
    recipient = String(made.body['recipient']);
    destroyed = await gone();
    service = await pdl.decorated(
      (store) => ports.around('store', store),
      (vault) => ports.around('vault', vault),
    );
  });
  afterAll(async () => pdl.stop());

  async function registered(n: number): Promise<Person> {
    const { iin, name, email } = markedPerson(n);
    const body = {
      operator: 'quicklid',
      kind: 'individual',
      identifiers: [{ scheme: 'KZ-IIN', value: iin }],
    };
    const told = await pdl.ask('POST /v1/subjects', { token: officer, body });
    const subject = String(told.body['subject']);
    const at = `/v1/subjects/${subject}`;
    const terms = { token: officer, body: consentOf(PURPOSE, CATEGORIES) };
    const consent = String((await pdl.ask(`POST ${at}/consents`, terms)).body['consent']);
    const data = { 'quicklid:name': name, 'quicklid:iin': iin, 'quicklid:email': email };
    const collect = { token: officer, body: collectOf(PURPOSE, data) };
    expect(await pdl.ask(`POST ${at}/operations`, collect)).toMatchObject({ status: 201 });
    const token = await pdl.token({ role: 'subject', operator: 'quicklid', subject });
    return { subject, consent, iin, values: Object.values(data), token };
  }

  async function gone(): Promise<string> {
    const { subject, consent } = await registered(PEOPLE);
    const at = `POST /v1/subjects/${subject}`;
    await pdl.ask(`${at}/consents/${consent}/withdrawal`, { token: officer });
    const body = { operation: 'destroy', ground: 'KZ-24.1.5', act: 'act 7' };
    const told = await pdl.ask(`${at}/operations`, { token: officer, body });
    expect(told).toMatchObject({ status: 201 });
    return subject;
  }

  /** By the role table's name of the route; what has several kinds of answers has several. */
  const REQUESTS: Readonly<Record<string, readonly Route['ask'][]>> = {
    data: [
      ({ subject }) => get(`${subject}/data?purpose=${PURPOSE}`),
      ({ subject, token }) => get(`${subject}/data?purpose=${PURPOSE}`, token),
      ({ subject }) => get(`${subject}/data?purpose=${PURPOSE}&categories=quicklid:name`),
      ({ subject }) => get(`${subject}/data?purpose=${PURPOSE}&asOf=2026-03-02T09:00:00Z`),
      ({ subject }) => get(`${subject}/data?purpose=quicklid:9.9`),
      () => get(`${destroyed}/data?purpose=${PURPOSE}`),
    ],
    consents: [({ subject }) => get(`${subject}/consents`)],
    'audit-trail': [({ subject }) => get(`${subject}/audit-trail`)],
    disclosures: [({ subject }) => get(`${subject}/disclosures`)],
    'operator-trail': [() => ['GET /v1/audit-trail?limit=3', { token: officer }]],
    lookups: [
      ({ iin }) => post('/v1/lookups', { scheme: 'KZ-IIN', value: iin, purpose: PURPOSE }),
      ({ iin }) => post('/v1/lookups', { scheme: 'KZ-IIN', value: iin, purpose: 'quicklid:9.9' }),
    ],
    'subjects-register': [
      ({ iin }, nth) => {
        const identifiers = [{ scheme: 'KZ-IIN', value: iin }];
        const body = { operator: 'quicklid', kind: 'individual', identifiers };
        return post('/v1/subjects', body, String(nth));
      },
    ],
    operations: [
      ({ subject, values: [name = ''] }, nth) => {
        const collect = collectOf(PURPOSE, { 'quicklid:name': name });
        return post(`/v1/subjects/${subject}/operations`, collect, String(nth));
      },
    ],
    'consents-record': [
      ({ subject }) => post(`/v1/subjects/${subject}/consents`, consentOf(PURPOSE, CATEGORIES)),
    ],
    // Of consents that nobody gave: those that cover the values stay.
    'consents-withdraw': [
      ({ subject }) => post(`/v1/subjects/${subject}/consents/${subject}/withdrawal`, {}),
    ],
    'recipients-register': [
      ({ values: [name] }) =>
        post('/v1/recipients', {
          operator: 'quicklid',
          name,
          class: 'quicklid:7.1.1',
          country: 'KZ',
        }),
    ],
    'recipients-bind': [() => post(`/v1/recipients/${recipient}/binding`, {})],
    events: [
      ({ values: [name = '', iin = ''] }, nth) =>
        post('/v1/events', {
          specversion: '1.0',
          id: String(nth),
          source: 'urn:zzmark',
          subject: name + String(nth),
          type: 'kz.pdl.subject.registered.v1',
          data: {
            operator: 'quicklid',
            kind: 'individual',
            identifiers: [{ scheme: 'KZ-IIN', value: iin }],
          },
        }),
    ],
  };
  const get = (path: string, token = officer): [string, Asked] => [
    `GET /v1/subjects/${path}`,
    { token },
  ];
  const post = (path: string, body: object, key?: string): [string, Asked] => [
    `POST ${path}`,
    { token: officer, body, ...(key === undefined ? {} : { key }) },
  ];
  /** Answered from the policies in memory: nothing of it can fail, or be anybody's. */
  const OF_NOBODY = ['policies', 'policy'];

  const routes = Object.values<Rule>(ROLE_TABLE)
    .filter(({ name, roles }) => roles !== 'public' && !OF_NOBODY.includes(name))
    .flatMap(({ name }) => (REQUESTS[name] ?? [undefined]).map((ask) => ({ name, ask })));

  it('has a request for every route of the role table but the policies’', () => {
    expect(routes.filter(({ ask }) => ask === undefined)).toEqual([]);
    expect(routes.length).toBeGreaterThan(12);
  });

  const scenes = drawn(
    fc.record({
      route: fc.constantFrom(...(routes as readonly Route[])),
      nth: fc.nat(PEOPLE - 1),
      strike: strikes,
    }),
  );

  it(`answers 503 and gives out nothing, in ${FAULTS.alone} faults; what it gives out is recorded`, async () => {
    const left = new Left();
    let faults = 0;
    for (let asked = 0; faults < FAULTS.alone; asked += 1) {
      const { route, nth, strike } = scenes.next().value;
      const person = people[nth] as Person;
      const before = ports.struck;
      ports.arm(strike);
      const told = await pdl.ask(...route.ask(person, asked), service);
      ports.arm(undefined);
      const isStruck = ports.struck > before;
      faults += isStruck ? 1 : 0;
      left.add(route.name, person, told);
      const about = { seed: SEED, asked, route: route.name, strike };
      if (isStruck) expect({ ...about, ...faulted(told) }).toEqual({ ...about, ...UNAVAILABLE });
      // What failed may be sent again, under the same id: it is taken, or was.
      const isSentAgain = isStruck && isWrite(route);
      const last = isSentAgain ? await pdl.ask(...route.ask(person, asked), service) : told;
      const isFault = last.status >= 500 && (isSentAgain || !isStruck);
      expect({ ...about, isFault }).toEqual({ ...about, isFault: false });
    }
    await expectRecorded(left);
  });

  it('gives out no more than it records when requests come together and their stores fail at random', async () => {
    const left = new Left();
    const before = ports.struck;
    for (let asked = 0; ports.struck < before + FAULTS.together; asked += 1) {
      const together = Array.from({ length: AT_ONCE }, () => scenes.next().value);
      ports.arm(scenes.next().value.strike);
      await Promise.all(
        together.map(async ({ route, nth }, at) => {
          const person = people[nth] as Person;
          const told = await pdl.ask(
            ...route.ask(person, 1_000_000 + AT_ONCE * asked + at),
            service,
          );
          left.add(route.name, person, told);
          const about = { seed: SEED, asked, route: route.name };
          expect({ ...about, isWrong: told.status === 500 }).toEqual({ ...about, isWrong: false });
        }),
      );
      ports.arm(undefined);
    }
    await expectRecorded(left);
  });

  it('leaves a ledger that verifies, and log lines and metrics without a value', async () => {
    const { files, clock } = pdl.ledger.parts;
    const { faults } = await verifyLedger(files, { now: clock.now() });
    expect({ seed: SEED, faults }).toEqual({ seed: SEED, faults: [] });
    expect(pdl.log.length).toBeGreaterThan(FAULTS.alone);
    expect(marksIn(pdl.log.join(''))).toEqual([]);
    expect(marksIn((await pdl.ask('GET /metrics', {}, service)).text)).toEqual([]);
    await service.stop();
  });

  /** Every key was unwrapped for an event that was there before, and nothing left without one. */
  async function expectRecorded(left: Left): Promise<void> {
    const wasThere = await Promise.all(opened);
    expect(wasThere.length).toBeGreaterThan(0);
    expect(wasThere.filter((was) => !was)).toEqual([]);
    const recorded = {
      values: sum(
        await pdl.events('DataRetrieved'),
        ({ sources = {} }) => Object.keys(sources).length,
      ),
      people: sum(await pdl.events('SubjectLookedUp'), ({ found = 0 }) => found),
      histories: (await pdl.events('HistoryRead')).length,
    };
    expect(left.values).toBeGreaterThan(10);
    expect(left.values).toBeLessThanOrEqual(recorded.values);
    expect(left.people).toBeGreaterThan(2);
    expect(left.people).toBeLessThanOrEqual(recorded.people);
    expect(left.histories).toBeGreaterThan(10);
    expect(left.histories).toBeLessThanOrEqual(recorded.histories);
  }
});

function isWrite({ name }: Route): boolean {
  return name !== 'data' && name !== 'lookups' && !HISTORIES.has(name);
}

const UNAVAILABLE = { status: 503, code: 'UNAVAILABLE', marks: [] };

function faulted({ status, body, text }: Told): object {
  return { status, code: body['code'], marks: marksIn(text) };
}

/** What left the service, counted by its marks. */
class Left {
  values = 0;
  people = 0;
  histories = 0;

  add(route: string, { values, subject }: Person, { status, text }: Told): void {
    if (route === 'data') this.values += values.filter((value) => text.includes(value)).length;
    else if (route === 'lookups') this.people += text.includes(subject) ? 1 : 0;
    else if (HISTORIES.has(route) && status === 200) this.histories += 1;
    else expect(marksIn(text)).toEqual([]);
  }
}

const HISTORIES: ReadonlySet<string> = new Set([
  'consents',
  'audit-trail',
  'disclosures',
  'operator-trail',
]);

interface Counted {
  readonly sources?: object;
  readonly found?: number;
}

function sum(
  events: readonly Readonly<Record<string, unknown>>[],
  count: (data: Counted) => number,
): number {
  return events.reduce((all, { data }) => all + count(data as Counted), 0);
}

function marksIn(text: string): readonly string[] {
  return [...MARKS, ...IINS].filter((mark) => text.includes(mark));
}

const IINS = Array.from({ length: PEOPLE + 1 }, (_, n) => markedPerson(n).iin);
