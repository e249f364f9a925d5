import { describe, expect, it } from '@jest/globals';
import { LAW_CLAUSE_WORDS } from '../law/rows/clause-words.js';
import type { Trilingual } from '../policy/policy.js';
import { citeRefusal } from './citations.js';
import { REFUSAL_CODES } from './refusal-codes.js';
import { REFUSAL_WORDS } from './refusal-words.js';

describe('a refusal in words', () => {
  it.each(REFUSAL_CODES)('says %s in one sentence of each language', (code) => {
    expectSentences(REFUSAL_WORDS[code]);
  });

  it('says no two codes alike', () => {
    const texts = REFUSAL_CODES.flatMap((code) => Object.values(REFUSAL_WORDS[code]));
    expect(new Set(texts).size).toBe(3 * REFUSAL_CODES.length);
  });

  it('has words for every clause of the Law that a refusal or a late notice cites', () => {
    const cited = citeRefusal(REFUSAL_CODES, null).map((clause) => clause.replace('law:', ''));
    for (const clause of [...cited, '8(7)', '24(1)', '25(2)(8)']) {
      expect([clause, LAW_CLAUSE_WORDS[clause]]).toEqual([clause, expect.anything()]);
    }
    Object.values(LAW_CLAUSE_WORDS).forEach(expectSentences);
  });
});

function expectSentences(words: Trilingual): void {
  expect(Object.keys(words)).toEqual(['kk', 'ru', 'en']);
  for (const sentence of Object.values(words)) expect(sentence).toMatch(/^\p{Lu}[^.!?]{10,}\.$/u);
  expect(words.kk).toMatch(/[әғқңөұүһі]/iu);
  expect(words.ru).not.toMatch(/[әғқңөұүһі]/iu);
  expect(words.en).toMatch(/^[\p{ASCII}’]+$/u);
}
