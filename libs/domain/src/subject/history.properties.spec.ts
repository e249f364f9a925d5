import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { decide, type SubjectCommand } from '../decide/decide.js';
import { askOf } from '../decide/ask-of.js';
import { GROUNDS } from '../event/clear-fields.js';
import type { LedgerEvent } from '../event/ledger-event.js';
import { judge } from '../gate/judge.js';
import { OPERATIONS } from '../gate/operation.js';
import { REFUSAL_CODES, type RefusalCode } from '../gate/refusal-codes.js';
import { restate } from '../decide/restate.js';
import { ACME, RECIPIENTS, momentAt } from '../testing/acme.js';
import { objectionsTo, overturnedBy, restsOnConsent } from '../testing/consent-model.js';
import {
  START_MS,
  contextOf,
  eventsOf,
  historyOf,
  idOf,
  type Act,
  type Step,
  type Told,
} from '../testing/history.js';
import { evolve } from './evolve.js';
import { initialState, type SubjectState } from './subject-state.js';

const DAY_MS = 86_400_000;
/** Seeds are fixed, so that a red run is red again; change one to look elsewhere. */
const RUNS = { numRuns: 150, seed: 20260226 };

const purpose = fc.oneof(
  { weight: 6, arbitrary: fc.constant('acme:sell') },
  { weight: 3, arbitrary: fc.constant('acme:law') },
  { weight: 1, arbitrary: fc.constant('acme:gone') },
);
const category = fc.oneof(
  { weight: 12, arbitrary: fc.constantFrom('acme:name', 'acme:phone') },
  { weight: 2, arbitrary: fc.constant('acme:iin') },
  { weight: 1, arbitrary: fc.constantFrom('acme:other', 'acme:nowhere') },
);
const categories = fc.uniqueArray(category, { minLength: 1, maxLength: 2 });
const consentId = fc.integer({ min: 1, max: 5 }).map((step) => idOf(step, 0));
const maybe = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
  fc.option(arbitrary, { nil: undefined, freq: 3 });
const seldom = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
  fc.oneof({ weight: 7, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary });
/** As a caller sends it: what was not said is not there. */
const said = (fields: object): SubjectCommand =>
  Object.fromEntries(
    Object.entries(fields).filter(([, value]) => value !== undefined),
  ) as unknown as SubjectCommand;

const basis = fc.oneof(
  { weight: 8, arbitrary: fc.constant({ code: 'KZ-CONSENT' }) },
  { weight: 1, arbitrary: consentId.map((ref) => ({ code: 'KZ-CONSENT', ref })) },
  { weight: 1, arbitrary: fc.constant({ code: 'KZ-9.10', cite: 'law-94-v:9(10)' }) },
  {
    weight: 1,
    arbitrary: fc.constantFrom({ code: 'KZ-9.1', cite: 'law-94-v:9(1)' }, { code: 'KZ-9.5' }),
  },
  { weight: 1, arbitrary: fc.constantFrom({ code: 'POL-CONTRACT' }, undefined) },
);
const proof = fc.record({
  evidence: maybe(fc.constant('a document')),
  reference: maybe(fc.constant('1')),
  grounds: maybe(fc.constant('art. 1')),
  method: maybe(fc.constant('hashing')),
  act: fc.constantFrom('act 1', 'act 1', undefined),
});
const operate = fc
  .record({
    operation: fc.oneof(
      { weight: 2, arbitrary: fc.constantFrom('collect', 'use') },
      { weight: 3, arbitrary: fc.constantFrom(...OPERATIONS) },
      { weight: 3, arbitrary: fc.constantFrom('provide', 'disseminate', 'retrieve', 'store') },
    ),
    unknown: fc.integer({ min: 0, max: 40 }),
    purpose,
    basis,
    categories,
    proof,
    everything: fc.boolean(),
    country: seldom(fc.constantFrom('KZ', 'DE')),
    dataSource: seldom(
      fc.constantFrom(
        { kind: 'public' },
        { kind: 'public', evidence: 'a link' },
        { kind: 'operator' },
      ),
    ),
    strength: fc.constantFrom('pseudonymous', 'pseudonymous', 'anonymous'),
    ground: fc.constantFrom(...GROUNDS),
    reasonCode: seldom(fc.constant('destruction-ordered')),
    recipients: fc.uniqueArray(fc.nat({ max: RECIPIENTS.length - 1 }), {
      minLength: 1,
      maxLength: 2,
    }),
  })
  .map(({ unknown, proof: shown, everything, recipients, ...asked }): Act => {
    const { operation } = asked;
    const isOneOf = (...names: readonly string[]): boolean => names.includes(operation);
    const carries = isOneOf('collect', 'clarify');
    const names = carries || (everything && isOneOf('block', 'unblock', 'destroy'));
    const protects = isOneOf('block', 'unblock', 'delete', 'destroy');
    const left = [...(names ? ['categories'] : []), ...(protects ? ['purpose'] : [])];
    const data = Object.fromEntries(asked.categories.map((name) => [name, 'a value']));
    const command = said({
      ...asked,
      ...shown,
      ...Object.fromEntries(left.map((name) => [name, undefined])),
      ...(carries ? { data } : {}),
      kind: 'operate',
      operation: unknown === 0 ? 'teleport' : operation,
    });
    return {
      kind: 'command',
      command,
      recipients: isOneOf('provide', 'grant-access') ? recipients : [],
    };
  });

const terms = fc
  .record({
    purpose,
    categories,
    validUntil: maybe(fc.integer({ min: -2, max: 30 })),
    thirdParties: fc.constantFrom(true, true, false),
    crossBorder: fc.boolean(),
    publication: fc.boolean(),
    kind: fc.constantFrom('otp', 'otp', 'otp', 'implied'),
  })
  .map(({ kind, validUntil, ...rest }) => ({
    ...rest,
    ...(validUntil === undefined
      ? {}
      : { validUntil: new Date(START_MS + validUntil * DAY_MS).toISOString() }),
    channel: 'OTHER_CONFIRMABLE',
    evidence: { kind, textSha256: '0'.repeat(64), language: 'kk' },
  }));
const state = fc.constantFrom('given', 'given', 'given', 'requested', 'refused', 'claimed');
const statement = fc.oneof(
  { weight: 5, arbitrary: fc.record({ kind: fc.constant('record-consent'), state, terms }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('withdraw-consent'), purpose }) },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('withdraw-consent'), consent: consentId }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('note-contract'),
      change: fc.constantFrom('started', 'ended'),
      contract: fc.constant('1'),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('achieve-purpose'), purpose }) },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('note-hold'),
      change: fc.constantFrom('placed', 'released'),
      reason: fc.constant('a suit'),
      categories: maybe(categories),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('receive-request'),
      request: fc.constantFrom('information', 'destruction'),
      channel: fc.constant('mail'),
    }),
  },
);
const act: fc.Arbitrary<Act> = fc.oneof(
  { weight: 12, arbitrary: operate },
  {
    weight: 7,
    arbitrary: statement.map((command): Act => ({
      kind: 'command',
      command: said(command),
      recipients: [],
    })),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('read'),
      purpose,
      categories: maybe(categories),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.oneof(
      purpose.map((of): Act => ({ kind: 'expire', purpose: of })),
      fc.constantFrom(...GROUNDS).map((ground): Act => ({ kind: 'approve', ground })),
      fc.constant<Act>({ kind: 'complete' }),
    ),
  },
);
const stepOf = (of: fc.Arbitrary<Act>): fc.Arbitrary<Step> =>
  fc.record({
    act: of,
    mode: fc.constantFrom('enforce', 'record'),
    actorRole: fc.constantFrom('emitter', 'officer'),
    waitHours: fc.constantFrom(0, 1, 24, 72),
    lateHours: fc.constantFrom(0, 0, 0, 2, 30, 120, 400),
  });
/** Most people begin with a consent: without one, little is lawful. */
const CONSENT: Step = {
  act: {
    kind: 'command',
    command: said({
      kind: 'record-consent',
      state: 'given',
      terms: {
        purpose: 'acme:sell',
        categories: ['acme:name', 'acme:phone'],
        thirdParties: true,
        crossBorder: true,
        publication: true,
        channel: 'WRITTEN',
        evidence: { kind: 'written' },
      },
    }),
    recipients: [],
  },
  mode: 'enforce',
  actorRole: 'emitter',
  waitHours: 0,
  lateHours: 200,
};
const steps = fc
  .tuple(fc.boolean(), fc.array(stepOf(act), { maxLength: 14, size: 'max' }))
  .map(([bare, further]) => (bare ? further : [CONSENT, ...further]));
const histories = steps.map(historyOf);

/** Operations that follow each other in time, then word of something that was long so. */
const notice = fc.oneof(
  fc.record({ kind: fc.constant('withdraw-consent'), purpose: fc.constant('acme:sell') }),
  fc.record({ kind: fc.constant('achieve-purpose'), purpose }),
  fc.record({
    kind: fc.constant('operate'),
    operation: fc.constant('block'),
    categories: maybe(categories),
  }),
);
/** A read that no block stops. */
const FREE = stepOf(
  fc.constant<Act>({
    kind: 'command',
    command: said({
      kind: 'operate',
      operation: 'retrieve',
      purpose: 'acme:law',
      basis: { code: 'KZ-9.10', cite: 'law-94-v:9(10)' },
      categories: ['acme:name'],
    }),
    recipients: [],
  }),
);
const late = fc
  .tuple(
    fc.array(fc.oneof({ weight: 5, arbitrary: stepOf(operate) }, { weight: 1, arbitrary: FREE }), {
      minLength: 4,
      maxLength: 10,
      size: 'max',
    }),
    stepOf(
      notice.map((command): Act => ({ kind: 'command', command: said(command), recipients: [] })),
    ),
    fc.constantFrom(30, 100, 150, 400),
  )
  .map(([before, word, lateHours]) =>
    historyOf([
      CONSENT,
      ...before.map((step) => ({ ...step, lateHours: 0 })),
      { ...word, lateHours },
    ]),
  );

const commanded = (command: object): Step => ({
  ...CONSENT,
  act: { kind: 'command', command: said(command), recipients: [] },
  lateHours: 0,
});
const ending = fc.constantFrom<(readonly Step[])[]>(
  [commanded({ kind: 'withdraw-consent', purpose: 'acme:sell' })],
  [{ ...CONSENT, act: { kind: 'expire', purpose: 'acme:sell' } }],
  [commanded({ kind: 'operate', operation: 'block' })],
  [commanded({ kind: 'operate', operation: 'block', categories: ['acme:name'] })],
  [
    { ...CONSENT, act: { kind: 'approve', ground: 'KZ-18.4' } },
    commanded({ kind: 'operate', operation: 'destroy', ground: 'KZ-18.4', act: 'act 1' }),
  ],
);
const onConsent = fc.constantFrom(...OPERATIONS).chain((operation) =>
  stepOf(
    operate.map((one): Act => {
      if (one.kind !== 'command' || one.command.kind !== 'operate') return one;
      const { command } = one;
      const named = command.data === undefined ? command : { ...command, data: undefined };
      const proven = { evidence: 'a document', method: 'hashing', country: undefined };
      const asked = {
        purpose: 'acme:sell',
        basis: { code: 'KZ-CONSENT' },
        categories: ['acme:name'],
      };
      const transfers = operation === 'provide' || operation === 'grant-access';
      return {
        ...one,
        command: said({ ...named, ...proven, ...asked, operation }),
        recipients: transfers ? [0] : [],
      };
    }),
  ),
);
/** A consent, then what ends it, blocks it or destroys what it covers, then operations as if nothing was. */
const endings = fc
  .tuple(ending, fc.array(onConsent, { minLength: 2, maxLength: 6, size: 'max' }))
  .map(([ends, after]) => historyOf([CONSENT, ...ends, ...after]));

function fold(events: readonly LedgerEvent[], from: SubjectState = initialState): SubjectState {
  return events.reduce(evolve, from);
}

/** Whoever changes what was handed over throws. */
function frozen<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    Object.values(value).forEach(frozen);
  }
  return value;
}

const isFreeWhenBlocked = (operation: string, of: string): boolean =>
  ACME.purposes.some(
    ({ code, freeWhenBlocked = [] }) =>
      code === of && freeWhenBlocked.some((free) => free === operation),
  );

function codesOf({ event }: Told): readonly RefusalCode[] {
  return (event.data as { readonly codes?: readonly RefusalCode[] }).codes ?? [];
}

/** A breach, a withdrawal or an anonymising leads to the next event of its step; a late notice has no one cause. */
function causeOf({ event, step }: Told, last: Told | undefined): LedgerEvent | undefined {
  const follows = ['ViolationDetected', 'WithdrawalDecided', 'DestructionOrdered'];
  if (last?.step !== step || !follows.includes(event.type)) return undefined;
  const isNotice = event.type === 'ViolationDetected' && event.data.codes.includes('LATE_NOTICE');
  return isNotice ? undefined : last.event;
}

const inOrder = (codes: ReadonlySet<RefusalCode>): readonly RefusalCode[] =>
  REFUSAL_CODES.filter((code) => codes.has(code));

describe('any history that commands can make', () => {
  it('reaches every code and every operation', () => {
    const told = fc.sample(histories, { numRuns: 800, seed: 1 }).flat();
    const codes = new Set(told.flatMap(codesOf));
    expect(REFUSAL_CODES.filter((code) => !codes.has(code))).toEqual(['RULING_MISSING']);
    const lawful = new Set(
      told.map(
        ({ event: { data } }) => 'operation' in data && data.verdict === 'lawful' && data.operation,
      ),
    );
    expect(OPERATIONS.filter((operation) => !lawful.has(operation))).toEqual([]);
  });

  it('folds to one state, however often and from wherever it is folded', () => {
    fc.assert(
      fc.property(histories, fc.nat(), (told, cut) => {
        const events = eventsOf(told).map(frozen);
        const at = cut % events.length;
        const whole = fold(events);
        expect(fold(events.map((event) => structuredClone(event)))).toEqual(whole);
        expect(fold(events.slice(at), frozen(fold(events.slice(0, at))))).toEqual(whole);
        expect(told[at]?.before).toEqual(fold(events.slice(0, at)));
      }),
      RUNS,
    );
  });

  it('is a valid past at any prefix, and in any order at that: what follows is decided', () => {
    fc.assert(
      fc.property(fc.tuple(histories, stepOf(operate), fc.nat()), ([told, next, cut]) => {
        const events = eventsOf(told);
        const at = cut % events.length;
        const pasts = [events.slice(0, at), events.slice(at), [...events].reverse()];
        if (next.act.kind !== 'command') return;
        for (const past of pasts) {
          const context = contextOf(next, 50, START_MS + 40 * DAY_MS, past);
          const before = frozen(fold(past));
          const drafts = decide(next.act.command, before, context);
          expect(drafts.length).toBeGreaterThan(0);
          expect(decide(next.act.command, before, context)).toEqual(drafts);
        }
      }),
      RUNS,
    );
  });

  it('holds no lawful operation on a consent that was withdrawn, had ended, or was blocked or destroyed', () => {
    fc.assert(
      fc.property(fc.oneof(histories, endings), (told) => {
        const events = eventsOf(told);
        events.forEach((event, at) => {
          if (!restsOnConsent(event)) return;
          expect(objectionsTo(event, events.slice(0, at), isFreeWhenBlocked)).toEqual([]);
        });
      }),
      { ...RUNS, numRuns: 500 },
    );
  });

  it('is said again as it was said', () => {
    fc.assert(
      fc.property(histories, (told) => {
        told.forEach((one, at) => {
          const { event, before } = one;
          // The ledger notes it, no decider.
          if (event.type === 'DataDestroyed') return;
          const { recipient: id } = event.data as { readonly recipient?: string | null };
          const recipient = RECIPIENTS.find((known) => known?.id === id)?.state;
          const cause = causeOf(one, told[at - 1]);
          const again = restate(event, before, { momentAt, recipient, cause });
          const said = event.data as Readonly<Record<string, unknown>>;
          for (const [name, field] of Object.entries(again?.fields ?? {}))
            expect([event.type, name, said[name]]).toEqual([event.type, name, field]);
        });
      }),
      RUNS,
    );
  });

  it('names clauses in every refusal, and all its codes in the order of the table', () => {
    fc.assert(
      fc.property(histories, (told) => {
        for (const one of told) {
          const { event } = one;
          if (event.type !== 'OperationRefused') continue;
          expect(event.data.clauses.length).toBeGreaterThan(0);
          expect(codesOf(one)).toEqual(inOrder(new Set(codesOf(one))));
          expect(event.data.code).toBe(codesOf(one)[0]);
        }
      }),
      RUNS,
    );
  });
});

describe('the two ways in', () => {
  it('asks enforce at both moments and record at the first alone', () => {
    fc.assert(
      fc.property(steps, stepOf(operate), fc.integer({ min: 0, max: 40 }), (past, step, days) => {
        if (step.act.kind !== 'command' || step.act.command.kind !== 'operate') return;
        const events = eventsOf(historyOf(past));
        const before = fold(events);
        const context = contextOf(
          { ...step, act: { ...step.act, recipients: [] } },
          50,
          START_MS + days * DAY_MS,
          events,
        );
        const { command } = step.act;
        const at = (moment: typeof context.occurred): readonly RefusalCode[] =>
          judge(askOf(command, before, context), before, [moment], undefined).codes;
        const told = (mode: 'enforce' | 'record'): readonly RefusalCode[] => {
          const [first] = decide(command, before, { ...context, mode });
          return (first?.data as { readonly codes?: readonly RefusalCode[] }).codes ?? [];
        };
        expect(told('record')).toEqual(at(context.occurred));
        const both = new Set([...at(context.occurred), ...at(context.recorded)]);
        expect(told('enforce')).toEqual(inOrder(both));
      }),
      { ...RUNS, numRuns: 300 },
    );
  });

  it('follows a late withdrawal, block or purpose end by exactly what relied on the old state after it', () => {
    let notices = 0;
    fc.assert(
      fc.property(late, (told) => {
        const events = eventsOf(told);
        told.forEach(({ event, step }, at) => {
          if (!['ConsentWithdrawn', 'DataBlocked', 'PurposeAchieved'].includes(event.type)) return;
          const lawful = (event.data as { readonly verdict: string }).verdict === 'lawful';
          const found = told
            .filter((other) => other.step === step)
            .flatMap(({ event: { type, data } }) =>
              type === 'ViolationDetected' && data.codes.includes('LATE_NOTICE')
                ? [data.operations]
                : [],
            );
          const expected = lawful
            ? overturnedBy(event, events.slice(0, at), isFreeWhenBlocked)
            : [];
          notices += found.length;
          expect(found).toEqual(expected.length === 0 ? [] : [expected]);
        });
      }),
      { ...RUNS, numRuns: 300 },
    );
    expect(notices).toBeGreaterThan(50);
  });
});
