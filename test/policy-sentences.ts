import { expect } from '@jest/globals';
import type { Trilingual } from '#domain';

/** One sentence in each language, in its own letters, ended by a full stop. */
export function expectSentences(text: Trilingual | undefined): void {
  expectLanguages(text);
  for (const sentence of Object.values(text ?? {})) {
    expect(sentence).toMatch(/^\S.{10,237}\S\.$/u);
    expect(sentence).not.toMatch(/[.!?]\s/u);
  }
}

/** Three texts, each in its own letters. */
export function expectLanguages(text: Trilingual | undefined): void {
  expect(Object.keys(text ?? {})).toEqual(['kk', 'ru', 'en']);
  expect(text?.kk).toMatch(/[әғқңөұүһі]/iu);
  expect(unquoted(text?.ru)).toMatch(/[а-яё]/iu);
  expect(unquoted(text?.ru)).not.toMatch(/[әғқңөұүһі]/iu);
  expect(unquoted(text?.en)).toMatch(/^[^\p{Script=Cyrillic}]+$/u);
}

/** Without the words that a sentence is about. */
function unquoted(text = ''): string {
  return text.replaceAll(/«[^»]*»/gu, '');
}
