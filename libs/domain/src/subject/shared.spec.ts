import { describe, expect, it } from '@jest/globals';
import type { LedgerEvent } from '../event/ledger-event.js';
import { evolve } from './evolve.js';
import { sharedCode, sharedList, sharedSet } from './shared.js';
import { initialState } from './subject-state.js';

describe('what states share', () => {
  it('is one list, one set, one code for all that are equal', () => {
    expect(sharedList(['a:x', 'a:y'])).toBe(sharedList(['a:x', 'a:y']));
    expect(sharedSet(['a:x'])).toBe(sharedSet(['a:x']));
    expect(sharedCode('a:x')).toBe('a:x');
    expect(sharedList(['a:x', 'a:y'])).toEqual(['a:x', 'a:y']);
  });

  it('tells others apart: another order, fewer, one that holds the separator', () => {
    expect(sharedList(['a:y', 'a:x'])).toEqual(['a:y', 'a:x']);
    expect(sharedList(['a:x'])).toEqual(['a:x']);
    expect(sharedList(['b,c'])).toEqual(['b,c']);
    expect(sharedList(['b', 'c'])).toEqual(['b', 'c']);
    expect(sharedSet([])).toEqual(new Set());
    expect(sharedSet([''])).toEqual(new Set(['']));
  });

  it('cannot be changed by whoever gave it or got it', () => {
    const mine = ['c:one'];
    const list = sharedList(mine);
    mine.push('c:two');
    expect(sharedList(['c:one'])).toEqual(['c:one']);
    expect(() => (list as string[]).push('c:three')).toThrow(TypeError);
  });
});

describe('holdings of one event', () => {
  const collected = (
    id: string,
    purpose: string,
    ...categories: readonly string[]
  ): LedgerEvent => {
    const commitments = Object.fromEntries(categories.map((category) => [category, 'x']));
    const data = { operation: 'collect', verdict: 'lawful', purpose, categories, facts: [] };
    return { type: 'DataCollected', id, data: { ...data, sealed: { commitments } } } as never;
  };

  it('are the same for categories that have the same past, and not for others', () => {
    const first = evolve(initialState, collected('1', 'a:sell', 'a:name'));
    const { holdings } = evolve(first, collected('2', 'a:law', 'a:phone', 'a:name', 'a:iin'));
    expect(holdings.get('a:phone')).toEqual({
      event: '2',
      purposes: new Set(['a:law']),
      basis: null,
      facts: [],
    });
    expect(holdings.get('a:iin')).toEqual(holdings.get('a:phone'));
    expect(holdings.get('a:name')).toEqual({
      event: '2',
      purposes: new Set(['a:sell', 'a:law']),
      basis: null,
      facts: [],
    });
  });
});
