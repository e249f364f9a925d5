import fc from 'fast-check';
import type { Mode } from '#domain';
import {
  BindRecipient,
  DestroySubject,
  LookUp,
  ReadData,
  ShowHistory,
  ShowOperatorTrail,
  WithdrawOn,
} from '#ledger/bus';
import { activatePolicy, foldedLogOf, publishPolicy, rebuild, rotateKeys } from '#ledger';
import { markedPerson } from '../marked-people.js';
import {
  PEOPLE,
  beginningOf,
  endOf,
  mostly,
  policyOf,
  purposesOf,
  saidOf,
  type Said,
} from './random-events.js';
import type { LedgerUnderTest, SaidEvent } from './ledger-under-test.js';

/** One thing that is asked of a ledger, and how long after the one before. */
export interface Step {
  readonly does: string;
  readonly about: unknown;
  readonly afterMs: number;
  readonly ask: (ledger: LedgerUnderTest) => Promise<unknown>;
}

const SECOND_MS = 1_000;
const DAY_MS = 86_400_000;
/** Before what is told of it, and where consents that end are still live. */
const LATE = fc.constantFrom('2026-03-01T00:00:00Z', '2026-03-02T09:00:00Z');
/** Before any policy, and ahead of every clock. */
const NEVER = fc.constantFrom('2019-12-31T00:00:00Z', '2031-01-01T00:00:00Z');
const PERSON = fc.nat(PEOPLE - 1);
const OPERATOR = fc.constantFrom('akjet', 'quicklid');
const KEY = fc.constantFrom(undefined, undefined, undefined, 'key 1', 'key 2', 'key 3');
const PURPOSE = fc.nat(1).chain((n) => fc.constantFrom(...purposesOf(policyOf(n)), 'no:such'));
const MOMENT = mostly(
  fc.constant(undefined),
  fc.constantFrom('5', '40', '999999', '2026-03-04T00:00:00Z'),
);
const AFTER = fc.option(fc.nat(90).map(String), { nil: undefined });

/** Anything that can be asked of a ledger, much of it wrong. */
export const STEPS: fc.Arbitrary<Step> = fc.oneof(
  { weight: 60, arbitrary: submissions() },
  { weight: 5, arbitrary: repeats() },
  { weight: 12, arbitrary: reads() },
  { weight: 8, arbitrary: histories() },
  { weight: 12, arbitrary: officers() },
  { weight: 3, arbitrary: governing() },
  { weight: 2, arbitrary: PERSON.map((person) => rightly('end', person, endOf)) },
);

/** What begins every history: people who can be asked about. */
export const BEGINNING = [...Array(PEOPLE).keys()].map((n) => rightly('begin', n, beginningOf));
/** What ends it: people are destroyed, and not found any more; no key is overdue. */
export const ENDING: readonly Step[] = [
  rightly('end', 0, endOf),
  rightly('end', 1, endOf),
  ...[0, 1].map((person) => {
    const { operator } = policyOf(person);
    const [purpose = ''] = purposesOf(policyOf(person));
    return stepOf('look up', { person, operator: operator.id, purpose }, lookedUp);
  }),
  stepOf('rotate keys', true, rotated),
];

function rightly(does: string, of: number, saidOf: (of: number) => readonly Said[]): Step {
  return stepOf(does, of, async (ledger, person) => ledger.say(person, saidOf(person)));
}

type Ask<T> = (ledger: LedgerUnderTest, about: T) => Promise<unknown>;

function stepOf<T>(does: string, about: T, ask: Ask<T>, afterMs = SECOND_MS): Step {
  return { does, about, afterMs, ask: async (ledger) => ask(ledger, about) };
}

function step<T>(does: string, about: fc.Arbitrary<T>, ask: Ask<T>): fc.Arbitrary<Step> {
  const afterMs = fc.oneof(
    { weight: 14, arbitrary: fc.nat(3 * SECOND_MS) },
    { weight: 1, arbitrary: fc.nat(DAY_MS) },
  );
  return fc.tuple(about, afterMs).map(([drawn, ms]) => stepOf(does, drawn, ask, ms));
}

function submissions(): fc.Arbitrary<Step> {
  const mode = fc.constantFrom<Mode>('enforce', 'enforce', 'record');
  // What comes together lands in one order on every store when it is of one stream, or of one event a stream.
  const ofOne = PERSON.chain((person) =>
    fc.array(eventOf(person), { minLength: 1, maxLength: 4, size: 'max' }),
  );
  const ofMany = fc
    .subarray([...Array(PEOPLE).keys()], { minLength: 1, maxLength: 4 })
    .chain((people) => fc.tuple(...people.map(eventOf)));
  const about = fc.record({ mode, events: mostly(ofOne, ofMany) });
  return step('submit', about, async (ledger, { events, mode: as }) => ledger.submit(events, as));
}

function eventOf(person: number): fc.Arbitrary<SaidEvent> {
  return fc.record({
    person: fc.constant(person),
    id: fc.nat(4_000),
    time: fc.oneof({ weight: 4, arbitrary: fc.constant(undefined) }, mostly(LATE, NEVER)),
    said: saidOf(person),
  });
}

function repeats(): fc.Arbitrary<Step> {
  return step('submit again', fc.nat(20), async (ledger, ago) => ledger.submitAgain(ago));
}

function reads(): fc.Arbitrary<Step> {
  const categories = fc.constantFrom(undefined, undefined, ['akjet:name'], ['quicklid:iin']);
  const about = fc.record({ person: PERSON, purpose: PURPOSE, categories, asOf: MOMENT });
  return step('read', about, async (ledger, { person, purpose, ...rest }) =>
    ledger.command(new ReadData(ledger.subject(person), purpose, OFFICER, given(rest))),
  );
}

function histories(): fc.Arbitrary<Step> {
  const history = fc.constantFrom('consents' as const, 'trail' as const, 'disclosures' as const);
  const page = { asOf: MOMENT, after: AFTER, limit: fc.constantFrom(undefined, undefined, 3) };
  const ofOne = fc.record({ history, person: PERSON, ...page });
  const operation = fc.constantFrom(undefined, 'collect', 'use');
  const ofAll = fc.record({ operator: OPERATOR, operation, ...page });
  return fc.oneof(
    step('show', ofOne, async (ledger, { history: which, person, ...rest }) => {
      const query = { subject: ledger.subject(person), ...given(rest) };
      return ledger.query(new ShowHistory(which, query, OFFICER));
    }),
    step('show all', ofAll, async (ledger, { operator, ...rest }) =>
      ledger.query(new ShowOperatorTrail({ operator, ...given(rest) }, OFFICER)),
    ),
  );
}

function officers(): fc.Arbitrary<Step> {
  const lookup = fc.record({ operator: OPERATOR, person: PERSON, purpose: PURPOSE });
  const binding = fc.record({ operator: OPERATOR, recipient: fc.nat(4), key: KEY });
  const withdrawal = fc.record({ person: PERSON, consent: fc.option(fc.nat(40)), key: KEY });
  const ground = fc.constantFrom('KZ-24.1.5', 'KZ-24.1.5', 'KZ-18.2');
  const order = fc.record({
    person: PERSON,
    ground,
    dryRun: mostly(fc.constant(false), fc.constant(true)),
  });
  return fc.oneof(
    step('look up', lookup, lookedUp),
    step('bind', binding, async (ledger, { operator, recipient, key }) => {
      const about = { operator, recipient: ledger.recipient(recipient), ...given({ key }) };
      return ledger.command(new BindRecipient(about, OFFICER));
    }),
    step('withdraw', withdrawal, async (ledger, { person, consent, key }) => {
      const [purpose = ''] = purposesOf(policyOf(person));
      const what = consent === null ? { purpose } : { consent: ledger.consent(consent) };
      const command = { kind: 'withdraw-consent' as const, ...what };
      const about = { operator: policyOf(person).operator.id, subject: ledger.subject(person) };
      return ledger.command(new WithdrawOn({ ...about, command, ...given({ key }) }, OFFICER));
    }),
    step('destroy', order, async (ledger, { person, ground: by, dryRun }) => {
      const subject = ledger.subject(person);
      const options = { dryRun, speaker: OFFICER };
      return ledger.command(new DestroySubject(subject, by, 'act 7', options));
    }),
  );
}

function governing(): fc.Arbitrary<Step> {
  const version = fc.constantFrom('2026-06-01', '2026-07-01', '2020-12-22');
  const document = fc.record({ operator: fc.nat(1), version });
  const activation = fc.record({ operator: OPERATOR, version, effectiveFrom: MOMENT });
  return fc.oneof(
    step('publish', document, async ({ ledger }, { operator, version: next }) => {
      const { purposes, ...policy } = policyOf(operator);
      const fewer = { ...policy, purposes: purposes.slice(0, -1), version: next };
      return (await publishPolicy(ledger, fewer, 'officer')).data;
    }),
    step('activate', activation, async ({ ledger }, { operator: id, version: of, ...rest }) => {
      const request = { id, version: of, rulings: [], ...given(rest) };
      return (await activatePolicy(ledger, request, 'officer')).data;
    }),
    step('rotate keys', fc.boolean(), rotated),
    step('rebuild', fc.constant(''), async ({ ledger }) => {
      const { events, equalsLive } = await rebuild(foldedLogOf(ledger));
      return { events, equalsLive };
    }),
    step('reopen', fc.constant(''), async (ledger) => {
      await ledger.reopen();
      return 'open';
    }),
  );
}

interface Lookup {
  readonly operator: string;
  readonly person: number;
  readonly purpose: string;
}

async function lookedUp(
  ledger: LedgerUnderTest,
  { operator, person, purpose }: Lookup,
): Promise<unknown> {
  const identifier = { scheme: 'PHONE' as const, value: markedPerson(person).phone };
  return ledger.command(new LookUp(operator, identifier, purpose, OFFICER));
}

async function rotated({ ledger }: LedgerUnderTest, force: boolean): Promise<unknown> {
  return rotateKeys(ledger, force ? 'all' : 'due', OFFICER);
}

const OFFICER = { name: 'officer', role: 'officer' } as const;

type Given<T> = { [K in keyof T]?: Exclude<T[K], undefined> };

function given<T extends object>(members: T): Given<T> {
  return Object.fromEntries(
    Object.entries(members).filter(([, value]) => value !== undefined),
  ) as Given<T>;
}
