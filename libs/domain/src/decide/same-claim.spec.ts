import { describe, expect, it } from '@jest/globals';
import { eventsOf, historyOf, type Step } from '../testing/history.js';
import type { SubjectCommand } from './decide.js';
import type { Draft } from './context.js';
import { sameClaim } from './same-claim.js';

const step = (command: object): Step => ({
  act: { kind: 'command', command: command as SubjectCommand, recipients: [] },
  mode: 'record',
  actorRole: 'officer',
  waitHours: 24,
  lateHours: 0,
});
const [, stored] = eventsOf(
  historyOf([
    step({
      kind: 'operate',
      operation: 'use',
      purpose: 'acme:sell',
      basis: { code: 'KZ-9.1', cite: 'law:5' },
      categories: ['acme:name', 'acme:phone'],
      medium: 'automated',
      country: 'KZ',
    }),
  ]),
);
if (stored === undefined) throw new Error('the history has no use');

describe('a repeated command claims the same', () => {
  const again = (over: object = {}): Draft =>
    ({ type: stored.type, data: { ...stored.data, ...over } }) as Draft;

  it('as it recorded before, whatever the ledger made of it', () => {
    expect(sameClaim(stored, again(), true)).toBe(true);
    const made = {
      verdict: 'lawful',
      codes: [],
      clauses: [],
      read: {},
      policy: null,
      regime: null,
    };
    expect(sameClaim(stored, again(made), true)).toBe(true);
    const picked = { code: 'KZ-9.1', cite: 'law:5', ref: '11111111-1111-4111-8111-111111111111' };
    expect(sameClaim(stored, again({ basis: picked }), true)).toBe(true);
  });

  it('at another time only when it named none', () => {
    const later = again({ occurredAt: '2026-09-01T00:00:00Z' });
    expect(sameClaim(stored, later, false)).toBe(true);
    expect(sameClaim(stored, later, true)).toBe(false);
  });

  it.each([
    { purpose: 'acme:serve' },
    { purpose: null },
    { categories: ['acme:name'] },
    { categories: ['acme:phone', 'acme:name'] },
    { country: 'RU' },
    { medium: 'manual' },
    { mode: 'enforce' },
    { operation: 'store' },
    { facts: ['evidence'] },
    { recipient: '11111111-1111-4111-8111-111111111111' },
    { basis: { code: 'KZ-9.2', cite: 'law:5' } },
    { basis: { code: 'KZ-9.1', cite: 'law:6' } },
    { basis: { code: 'KZ-9.1', cite: 'law:5', label: 'POL-1' } },
    { basis: undefined },
  ])('not with %j', (over) => {
    expect(sameClaim(stored, again(over), true)).toBe(false);
  });
});
