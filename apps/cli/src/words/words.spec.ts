import { describe, expect, it } from '@jest/globals';
import { shippedPolicies } from '#ledger';
import { LABELS } from './labels.js';
import { LANGUAGES } from './language.js';
import { policyText } from './policy.js';
import { clauseWords, refusal } from './refusal.js';
import { table, visible } from './table.js';

const policies = shippedPolicies();

describe('words for people', () => {
  it('have each heading in three languages', () => {
    for (const words of Object.values(LABELS)) expect(Object.keys(words)).toEqual([...LANGUAGES]);
  });

  it('explain a refusal by its codes and by the clauses of policy and Law', () => {
    const refused = {
      code: 'NO_LAWFUL_BASIS',
      codes: ['NO_LAWFUL_BASIS'],
      clauses: ['akjet:4.3', 'law:9'],
    };
    expect(refusal(refused, policies, 'ru').split('\n')).toEqual([
      'Отказано:',
      expect.stringMatching(/^ {2}NO_LAWFUL_BASIS {2}Не названо законное основание/u),
      expect.stringMatching(/^ {2}akjet:4\.3 {2}\S/u),
      expect.stringMatching(/^ {2}law:9 {6}Случаи обработки без согласия/u),
    ]);
    expect(clauseWords('akjet:99.9', policies, 'kk')).toBe('');
  });

  it('have words for every clause that a shipped policy gives a refusal', () => {
    for (const policy of policies) {
      for (const number of Object.values(policy.refusals).flat()) {
        expect([number, clauseWords(`${policy.id}:${number}`, policies, 'kk')]).toEqual([
          number,
          expect.stringMatching(/.{10}/u),
        ]);
      }
    }
  });

  it.each(LANGUAGES)('show a whole policy in %s', (language) => {
    for (const policy of policies) {
      const text = policyText(policy, 'sha256:0', language);
      for (const { code } of [...policy.categories, ...policy.purposes, ...policy.contradictions])
        expect(text).toContain(code);
      for (const { summary } of policy.clauses) expect(text).toContain(summary[language]);
    }
  });

  it('line columns up, in Kazakh letters as well', () => {
    expect(
      table(
        [
          ['ә', 1],
          ['қазақ', undefined],
        ],
        0,
      ),
    ).toBe('ә      1\nқазақ  –');
  });

  it('let no value command the terminal or turn the reading direction', () => {
    expect(visible('\u001b[2J\u202egnp.exe\n')).toBe('\\u{1b}[2J\\u{202e}gnp.exe\\u{a}');
  });
});
