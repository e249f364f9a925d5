import { describe, expect, it } from '@jest/globals';
import { indexPolicy } from '../policy/policy-index.js';
import { ACME, momentAt } from '../testing/acme.js';
import { basisOf } from '../law/regime.js';
import { citeLawful, citeRefusal } from './citations.js';
import { REFUSAL_CODES } from './refusal-codes.js';

const policy = indexPolicy(ACME, '');
const { regime } = momentAt(Date.parse('2026-03-12T09:00:00Z'));
const basis = regime === null ? undefined : basisOf(regime, 'KZ-9.10');

describe('the clauses of a refusal', () => {
  it.each(REFUSAL_CODES)('name the Law for %s even where no policy is in force', (code) => {
    const clauses = citeRefusal([code], null);
    expect(clauses.length).toBeGreaterThan(0);
    for (const clause of clauses) expect(clause).toMatch(/^law:/u);
  });

  it('begin with those of the policy and say each one once', () => {
    expect(citeRefusal(['BLOCKED'], policy)).toEqual(['acme:8', 'law:1(3)']);
    expect(citeRefusal(['CATEGORY_NOT_FOR_SUBJECT_KIND', 'CATEGORY_NOT_ADMITTED'], policy)).toEqual(
      ['law:7(9)', 'law:12(1)'],
    );
  });
});

describe('the clauses of a lawful answer', () => {
  it.each([
    ['operation, purpose and basis', 'use', 'acme:sell', ['acme:7', 'acme:2', 'law:9(10)']],
    ['the operation alone', 'use', undefined, ['acme:7', 'law:9(10)']],
    ['the purpose alone', 'record', 'acme:sell', ['acme:2', 'law:9(10)']],
    ['neither', 'record', 'acme:gone', ['law:9(10)']],
  ] as const)('name %s', (_what, kind, purpose, clauses) => {
    expect(citeLawful({ kind, purpose }, policy, basis)).toEqual(clauses);
  });

  it('name what both rest on once, and nothing where there is nothing', () => {
    const citations = new Map([
      ['use', 'acme:2'],
      ['acme:sell', 'acme:2'],
    ]);
    const one = { kind: 'use', purpose: 'acme:sell' } as const;
    expect(citeLawful(one, { ...policy, citations }, undefined)).toEqual(['acme:2']);
    expect(citeLawful(one, null, undefined)).toEqual([]);
  });
});
