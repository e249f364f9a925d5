import type { Policy } from '#domain';
import type { DataAnswer } from '#ledger';
import { certificateText } from './certificate.js';
import type { Language } from './language.js';
import { clauseWords, codeWords, refusal } from './refusal.js';
import { listed, moment, table, type Cell } from './table.js';

/** A reader: the language, and the policies whose clauses are explained. */
export interface Reader {
  readonly language: Language;
  readonly policies: readonly Policy[];
}

/** A history of a subject for people. */
export function historyText(what: string, answer: object, reader: Reader): string {
  // The query answers each name with its own shape (contract §4).
  if (what === 'consents') return consentsText(answer as { readonly consents: readonly Consent[] });
  if (what === 'trail') return trailText(answer as Trail, reader);
  return disclosuresText(answer as { readonly disclosures: readonly Disclosure[] });
}

/** Values, or why not. */
export function dataText(answer: DataAnswer, { language, policies }: Reader): string {
  if ('code' in answer) {
    const { certificate } = answer;
    const why = refusal(answer, policies, language);
    return certificate ? `${why}\n${certificateText(certificate, language)}` : why;
  }
  const values = Object.entries(answer.data as Readonly<Record<string, Value>>);
  return [
    table([
      ['category', 'value', 'collected (UTC)'],
      ...values.map(([code, { value, status, collectedAt }]) => [
        code,
        value ?? status ?? 'unavailable',
        moment(collectedAt),
      ]),
    ]),
    ...withheldText(answer.withheld, language),
    `recorded at position ${answer.position}`,
  ].join('\n');
}

interface Value {
  readonly value?: string;
  readonly status?: string;
  readonly collectedAt: string;
}

function withheldText(
  withheld: readonly { readonly category: string; readonly code: string }[],
  language: Language,
): readonly string[] {
  if (withheld.length === 0) return [];
  const rows = withheld.map(({ category, code }) => [category, code, codeWords(code, language)]);
  return ['withheld:', table(rows)];
}

interface Consent {
  readonly consent: string;
  readonly purpose: string;
  readonly categories: readonly string[];
  readonly status: string;
  readonly givenAt: string;
  readonly validUntil?: string | null;
  readonly withdrawnAt: string | null;
  readonly thirdParties: boolean;
  readonly crossBorder: boolean;
  readonly publication: boolean;
}

function consentsText({ consents }: { readonly consents: readonly Consent[] }): string {
  if (consents.length === 0) return 'no consents';
  const heading = ['status', 'purpose', 'since (UTC)', 'until', 'withdrawn', 'extends to', 'data'];
  return table([heading, ...consents.map(consentRow)]);
}

function consentRow(consent: Consent): readonly Cell[] {
  const { status, purpose, givenAt, validUntil, withdrawnAt, categories } = consent;
  const scopes = [
    ...(consent.thirdParties ? ['third parties'] : []),
    ...(consent.crossBorder ? ['abroad'] : []),
    ...(consent.publication ? ['publication'] : []),
  ];
  const times = [givenAt, validUntil, withdrawnAt].map(moment);
  return [status, purpose, ...times, listed(scopes), listed(categories)];
}

interface Trail {
  readonly entries: readonly Entry[];
  readonly next: string | null;
}

interface Entry {
  readonly position: string;
  readonly recordedAt: string;
  readonly type: string;
  readonly purpose: string | null;
  readonly categories: readonly string[] | null;
  readonly actorRole: string;
  readonly verdict: string;
  readonly code?: string;
  readonly clauses: readonly string[];
}

function trailText({ entries, next }: Trail, { language, policies }: Reader): string {
  const rows = entries.map((entry) => [
    entry.position,
    moment(entry.recordedAt),
    entry.actorRole,
    entry.type,
    entry.code ?? entry.verdict,
    entry.purpose,
    listed(entry.categories),
  ]);
  const heading = ['position', 'recorded (UTC)', 'by', 'event', 'verdict', 'purpose', 'data'];
  const breaches = entries.filter(({ code }) => code !== undefined);
  const codes = [...new Set(breaches.map(({ code = '' }) => code))];
  const clauses = [...new Set(breaches.flatMap((entry) => entry.clauses))];
  return [
    table([heading, ...rows]),
    ...notes(codes.map((code) => [code, codeWords(code, language)])),
    ...notes(clauses.map((clause) => [clause, clauseWords(clause, policies, language)])),
    ...(next === null ? [] : [`more: --after ${next}`]),
  ].join('\n');
}

function notes(rows: readonly (readonly Cell[])[]): readonly string[] {
  return rows.length === 0 ? [] : ['', table(rows)];
}

interface Disclosure {
  readonly position: string;
  readonly recordedAt: string;
  readonly type: string;
  readonly recipient: string | null;
  readonly country: string;
  readonly purpose: string | null;
  readonly verdict: string;
  readonly categories: readonly string[];
}

function disclosuresText({ disclosures }: { readonly disclosures: readonly Disclosure[] }): string {
  if (disclosures.length === 0) return 'nobody was given anything';
  const heading = [
    'position',
    'recorded (UTC)',
    'event',
    'recipient',
    'country',
    'purpose',
    'data',
  ];
  const rows = disclosures.map((item) => [
    item.position,
    moment(item.recordedAt),
    item.type,
    item.recipient ?? 'anyone',
    item.country,
    item.purpose,
    listed(item.categories),
  ]);
  return table([heading, ...rows]);
}
