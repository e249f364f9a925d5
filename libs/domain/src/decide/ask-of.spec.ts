import { describe, expect, it } from '@jest/globals';
import type { Operate } from '../command/command.js';
import type { Ask } from '../gate/ask.js';
import { CONSENT, collect, contextAfter, operate, say, stateAfter } from '../testing/decision.js';
import { idOf } from '../testing/history.js';
import { askOf, knownCategories, knownPurpose, reasonCodeOf } from './ask-of.js';

const DAYS = 24;
const march = contextAfter([], say({}));
const april = contextAfter([], say({}, { waitHours: 40 * DAYS }));
const marchToldInApril = contextAfter([], say({}, { waitHours: 40 * DAYS, lateHours: 35 * DAYS }));
const asking = (command: object, context = march): Ask =>
  askOf(command as Operate, stateAfter([say(CONSENT)]), context);

describe('what an operation asks of the gate', () => {
  it('has the codes that the policy and the law know, as they were given', () => {
    const basis = { code: 'KZ-9.10', ref: idOf(1, 0), cite: 'law-94-v:9(10)', label: 'POL-LAW' };
    expect(asking(operate('use', { basis, ground: 'KZ-18.1', country: 'RU' }))).toEqual({
      kind: 'use',
      purpose: 'acme:sell',
      basis,
      categories: ['acme:name'],
      country: 'RU',
      ground: 'KZ-18.1',
      facts: [],
      actorRole: 'officer',
    });
  });

  it('has null for a consent that the subject never gave: whose id it may be, nobody knows', () => {
    const refOf = (ref: string): unknown =>
      asking(operate('use', { basis: { code: 'KZ-CONSENT', ref } })).basis?.ref;
    expect(refOf(idOf(1, 0))).toBe(idOf(1, 0));
    expect(refOf(idOf(2, 0))).toBeNull();
  });

  it('has null for every code that nobody knows, and no trace of what was said', () => {
    const asked = asking(
      operate('peddle', {
        purpose: 'acme:nowhere',
        basis: { code: 'KZ-9.99', ref: 'Aigerim', cite: 'Aigerim', label: 'Aigerim' },
        categories: ['acme:name', 'acme:aigerim'],
        ground: 'KZ-99',
      }),
    );
    expect(asked).toMatchObject({ kind: 'unknown', purpose: null, ground: null });
    expect(asked.basis).toEqual({ code: null });
    expect(asked.categories).toEqual(['acme:name']);
    expect(asked.facts).toEqual(['unknown-category']);
    expect(JSON.stringify(asked)).not.toMatch(/aigerim|peddle|nowhere|99/iu);
  });

  it('keeps a label that claims to be a basis, for the gate to turn away', () => {
    expect(asking(operate('use', { basis: { code: 'POL-CHARTER' } })).basis?.code).toBe(
      'POL-CHARTER',
    );
  });

  it('tells what was not said from what nobody knows', () => {
    const asked = asking({ kind: 'operate', operation: 'block' });
    const { purpose, basis, ground, categories } = asked;
    expect([purpose, basis, ground, categories]).toEqual(Array(4).fill(undefined));
  });

  it('names the categories of values, never the values', () => {
    const asked = asking(collect({ 'acme:name': 'Aigerim', 'acme:phone': '77' }));
    expect(asked.categories).toEqual(['acme:name', 'acme:phone']);
    expect(JSON.stringify(asked)).not.toContain('Aigerim');
  });

  it.each<[object, readonly string[]]>([
    [{ evidence: 'text' }, ['evidence']],
    [{ reference: 'text', grounds: 'text' }, ['grounds']],
    [{ reference: 'text' }, []],
    [{ grounds: 'text' }, []],
    [{ reference: 'text', grounds: ' ' }, []],
    [{ act: 'text' }, ['act']],
    [{ act: '\t' }, []],
    [{ method: 'text' }, ['method']],
    [{ method: '' }, []],
    [{ dataSource: { kind: 'public', evidence: 'text' } }, ['source-evidence']],
    [{ dataSource: { kind: 'public' } }, []],
    [{ reason: 'text', channel: 'text', approvedBy: ['text'] }, []],
  ])('has a fact in the place of what the caller said: %j', (said, facts) => {
    const asked = asking(operate('use', said));
    expect(asked.facts).toEqual(facts);
    expect(JSON.stringify(asked)).not.toContain('text');
  });
});

describe('a code is known', () => {
  it('when the policy in force as it happened, or as it was recorded, has it', () => {
    expect(knownPurpose('acme:sell', march)).toBe('acme:sell');
    expect(knownPurpose('acme:sell', marchToldInApril)).toBe('acme:sell');
    expect(knownPurpose('acme:sell', april)).toBeNull();
    expect(knownPurpose(undefined, april)).toBeUndefined();
    expect(knownCategories(['acme:iin', 'acme:none'], april)).toEqual(['acme:iin']);
  });

  it('to nobody before the first policy', () => {
    const before = { ...march, occurred: { ...march.occurred, policy: null } };
    const nobody = { ...before, recorded: before.occurred };
    expect(knownPurpose('acme:sell', before)).toBe('acme:sell');
    expect(knownPurpose('acme:sell', nobody)).toBeNull();
    expect(knownCategories(['acme:name'], nobody)).toEqual([]);
    const lawless = { ...nobody.occurred, regime: null };
    const context = { ...nobody, occurred: lawless, recorded: lawless };
    expect(asking(operate('use'), context).basis).toEqual({ code: null });
  });

  it('as a reason of a block only from the closed list', () => {
    expect(reasonCodeOf('destruction-ordered')).toBe('destruction-ordered');
    expect(reasonCodeOf('because Aigerim asked')).toBeUndefined();
    expect(reasonCodeOf(undefined)).toBeUndefined();
  });
});
