import { describe, expect, it } from '@jest/globals';
import type { Ask } from '../gate/ask.js';
import { contextAfter, say, stateAfter } from '../testing/decision.js';
import { idOf } from '../testing/history.js';
import { frame, isRefusal, momentsOf, outcome, violationOf } from './frame.js';

const context = contextAfter([], say({}, { lateHours: 1 }));
const enforcing = { ...context, mode: 'enforce' } as const;
const { occurred, recorded } = context;
const noPolicy = { ...occurred, policy: null };
const state = stateAfter([]);
const ask: Ask = {
  kind: 'use',
  purpose: 'acme:sell',
  facts: ['evidence'],
  actorRole: 'emitter',
};
const lawful = { verdict: 'lawful', clauses: ['7'], facts: [] } as const;
const judged = (...codes: readonly string[]) =>
  ({ codes, basis: undefined, consent: null }) as never;

describe('every event of a subject says', () => {
  it('whose it is, when it happened, and what was in force then', () => {
    const framed = frame(state.registered, context, lawful);
    expect(framed).toEqual({
      ...lawful,
      mode: 'record',
      occurredAt: '2026-03-13T08:00:00Z',
      operator: 'acme',
      subject: state.registered?.subject,
      subjectKind: 'person',
      policy: { id: 'acme', version: '1', hash: occurred.policy?.reference.hash },
      regime: { id: occurred.regime?.id, hash: occurred.regimeHash },
      read: { 'policy-acme': '1' },
    });
    expect(Object.keys(framed)).toEqual(Object.keys(framed).sort());
  });

  it('null where no policy or law was in force', () => {
    const lawless = { ...noPolicy, regime: null };
    const { policy, regime } = frame(null, { ...context, occurred: lawless }, lawful);
    expect({ policy, regime }).toEqual({ policy: null, regime: null });
  });
});

describe('the verdict', () => {
  it('is lawful without a code, and cites what it rests on', () => {
    const said = { verdict: 'lawful', clauses: ['acme:7', 'acme:2'], facts: ['evidence'] };
    expect(outcome(ask, judged(), context)).toEqual(said);
  });

  it('is a violation of what is reported, a refusal of what is asked', () => {
    const clauses = ['acme:8', 'law:1(3)'];
    expect(outcome(ask, judged('BLOCKED'), context)).toEqual({
      verdict: 'violation',
      clauses,
      facts: ['evidence'],
    });
    expect(outcome(ask, judged('BLOCKED'), enforcing)).toMatchObject({
      verdict: 'refused',
      clauses,
    });
  });

  it('is a refusal of an operation that nobody knows, in either mode', () => {
    const refused = outcome(ask, judged('UNKNOWN_OPERATION'), context);
    expect(refused.verdict).toBe('refused');
    expect([refused, lawful].map(isRefusal)).toEqual([true, false]);
  });

  it("cites today's policy when none was in force as it happened, else the Law alone", () => {
    const early = { ...context, occurred: noPolicy };
    expect(outcome(ask, judged('BLOCKED'), early).clauses).toEqual(['acme:8', 'law:1(3)']);
    const never = { ...early, recorded: noPolicy };
    expect(outcome(ask, judged('BLOCKED'), never).clauses).toEqual(['law:1(3)']);
  });
});

it('asked before the act, a command must be lawful then and now; reported after it, then', () => {
  expect(momentsOf(enforcing)).toEqual([occurred, recorded]);
  expect(momentsOf(context)).toEqual([occurred]);
});

it('a breach is followed by a violation that names all codes and the event of the breach', () => {
  const breach = { ...lawful, verdict: 'violation' } as const;
  const { type, data } = violationOf(breach, judged('BLOCKED', 'DELETED'), state, context);
  expect(type).toBe('ViolationDetected');
  expect(data).toEqual({
    ...frame(state.registered, context, breach),
    codes: ['BLOCKED', 'DELETED'],
    operations: [idOf(1, 0)],
  });
});
