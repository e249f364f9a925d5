import { LAW_CLAUSE_WORDS, REFUSAL_CODES, REFUSAL_WORDS, type Policy } from '#domain';
import { LABELS } from './labels.js';
import type { Language } from './language.js';
import { table } from './table.js';

/** What an answer says when it is no. */
export interface Refused {
  readonly code?: string;
  readonly codes?: readonly string[];
  readonly clauses?: readonly string[];
}

/** A refusal for people: each code and each clause with its sentence. */
export function refusal(refused: Refused, policies: readonly Policy[], language: Language): string {
  const { code = '', codes = [code], clauses = [] } = refused;
  return [
    `${LABELS.refused[language]}:`,
    table(codes.map((each) => [each, codeWords(each, language)])),
    table(clauses.map((clause) => [clause, clauseWords(clause, policies, language)])),
  ].join('\n');
}

/** What a code means; empty for a code that is no refusal. */
export function codeWords(code: string, language: Language): string {
  const known = REFUSAL_CODES.find((each) => each === code);
  return known === undefined ? '' : REFUSAL_WORDS[known][language];
}

/** What a citation such as `akjet:6.1` or `law:7(1)` says; empty when nobody has words for it. */
export function clauseWords(
  citation: string,
  policies: readonly Policy[],
  language: Language,
): string {
  const colon = citation.indexOf(':');
  const [of, number] = [citation.slice(0, colon), citation.slice(colon + 1)];
  if (of === 'law') return LAW_CLAUSE_WORDS[number]?.[language] ?? '';
  const clauses = policies.findLast(({ id }) => id === of)?.clauses ?? [];
  return clauses.find((clause) => clause.number === number)?.summary[language] ?? '';
}
