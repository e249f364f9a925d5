import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import type { Policy } from '#domain';
import { expectLanguages, expectSentences } from './policy-sentences.js';

// The shape is the published schema's business; this table checks the transcription of the document.
const policy: Policy = parse(
  readFileSync(new URL('../../policies/akjet-2026-02-26.yaml', import.meta.url), 'utf8'),
);

const CLAUSES = words(`
  1.1 1.2 1.3 1.4 1.5 1.6
  2.1 2.2 2.3 2.4 2.5 2.6 2.7 2.8 2.9 2.10 2.11 2.12 2.13
  3.1 3.1.1 3.1.2 3.1.3 3.1.4 3.1.5 3.1.6 3.1.7 3.1.8
  4 4.1 4.2 4.3 4.4
  5 5.1 5.2 5.3 5.4 5.5 5.6
  6.1 6.1-individual-entrepreneur 6.1-medical-book 6.1-individual 6.1-authorised-person
  6.1-method 6.1-term 6.1-destruction
  7.1 7.2 7.3 7.4 7.5 7.6 7.7 7.7.1 7.7.2 7.8 7.9
  8.1 8.1.1 8.1.2 8.1.3 8.1.4 8.2 8.3 8.4 8.5
  9 9.1 9.2 9.3 9.4 9.5
  10.1 10.2 10.2.1 10.2.2 10.2.3 10.2.4 10.2.5 10.2.6
  11`);

/** Entries of clause 6.1 in the order of the longest list; two codes share entry 12. */
const ENTRIES = words(`
  name passport photo citizenship birth-date birth-place registration-address sex phone email
  employment-type inn|iin bank-details reward-amount service-act-details self-employment
  identity-replacement-document identity-card migration-card work-permit temporary-registration
  medical-book medical-insurance snils study-certificate residence-permit`).map((entry) =>
  entry.split('|').map((name) => `akjet:${name}`),
);

describe('AKJET policy of 26 February 2026: the document', () => {
  it('is identified by version, operator, instant of force and the digest of its text', () => {
    expect(policy).toMatchObject({
      id: 'akjet',
      version: '2026-02-26',
      inForceFrom: '2026-02-25T19:00:00Z',
      operator: { id: 'akjet', name: 'GIGPLATFORMWORK', bin: '231240000620', country: 'KZ' },
      text: {
        sha256: '27618a5ae85ec539376bad579cfefdb6b75e87184074f9ea54ee8c4ae161e334',
        languages: ['kk', 'ru'],
      },
    });
  });

  it('has every clause exactly once and in order', () => {
    expect(policy.clauses.map(({ number }) => number)).toEqual(CLAUSES);
  });

  it('points outside itself only from the destruction procedure, to 9.8 and 9.9', () => {
    const dangling = policy.clauses.flatMap(({ number, refersTo = [] }) =>
      refersTo.filter((to) => !CLAUSES.includes(to)).map((to) => [number, to]),
    );
    expect(dangling).toEqual([
      ['6.1-destruction', '9.8'],
      ['6.1-destruction', '9.9'],
    ]);
  });

  it.each(CLAUSES)('summarises %s in one sentence of at most 240 characters per language', (n) => {
    expectSentences(policy.clauses.find(({ number }) => number === n)?.summary);
  });

  it('gives every summary a text of its own', () => {
    const texts = policy.clauses.flatMap(({ summary }) => [summary.kk, summary.ru, summary.en]);
    expect(new Set(texts).size).toBe(texts.length);
  });

  it('names kinds, purposes, bases and recipients in three languages', () => {
    const { title, subjectKinds, purposes, bases, recipientClasses } = policy;
    const named = [...subjectKinds, ...purposes, ...bases, ...recipientClasses];
    [title, ...named.map(({ name }) => name)].forEach(expectLanguages);
  });

  it('cites no clause that it does not have', () => {
    const cited = [
      ...policy.subjectKinds,
      ...policy.categories,
      ...policy.purposes,
      ...policy.bases,
      ...policy.retention,
      ...policy.recipientClasses,
      ...policy.sources,
      ...policy.operations,
      ...policy.profile,
      policy.crossBorder,
    ].map(({ clause }) => clause);
    const disputed = policy.contradictions.flatMap(({ clauses }) => clauses);
    expect([...cited, ...disputed].filter((number) => !CLAUSES.includes(number))).toEqual([]);
  });
});

describe('AKJET policy of 26 February 2026: categories', () => {
  it('numbers 26 entries, of which only the twelfth has two codes', () => {
    const byEntry = ENTRIES.map((_, at) =>
      policy.categories.filter(({ entry }) => entry === at + 1).map(({ code }) => code),
    );
    expect(byEntry).toEqual(ENTRIES);
    expect(policy.categories).toHaveLength(27);
  });

  it.each([
    ['individual-entrepreneur', 26],
    ['individual', 24],
    ['authorised-person', 5],
  ])('lists for %s %i entries', (kind, entries) => {
    expect(new Set(categoriesOf(kind).map(entryOf)).size).toBe(entries);
  });

  it('keeps the order in which the document prints each list', () => {
    const kinds = policy.subjectKinds.map(({ code }) => code);
    expect(kinds).toEqual(['individual-entrepreneur', 'individual', 'authorised-person']);
    expect(categoriesOf('individual-entrepreneur')).toEqual(ENTRIES.flat());
    expect(categoriesOf('individual').map(entryOf)).toEqual([
      ...[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 12, 13, 14, 15],
      ...[17, 18, 19, 20, 21, 24, 22, 23, 25],
    ]);
    expect(categoriesOf('authorised-person').map(entryOf)).toEqual([1, 9, 12, 12, 4, 2]);
  });

  it('checks the three numbers that have check digits, and no other value', () => {
    const schemes = policy.categories.flatMap(({ code, scheme }) =>
      scheme ? [[code, scheme]] : [],
    );
    expect(schemes).toEqual([
      ['akjet:inn', 'RU-INN'],
      ['akjet:iin', 'KZ-IIN'],
      ['akjet:snils', 'RU-SNILS'],
    ]);
  });

  it('restricts medical, financial, migration and identity papers and the photograph', () => {
    const restricted = policy.categories.flatMap((c) => (c.restricted ? [c.entry] : []));
    expect(restricted).toEqual([2, 3, 13, 14, 17, 18, 19, 20, 21, 22, 23, 26]);
    const biometric = policy.categories.flatMap((c) => (c.biometric ? [c.code] : []));
    expect(biometric).toEqual(['akjet:photo']);
  });

  it('claims no retention law for any category, since the document cites none', () => {
    expect(
      policy.categories.filter(({ retentionLawRef }) => retentionLawRef !== undefined),
    ).toEqual([]);
  });

  it('names each category in Kazakh and in Russian script', () => {
    for (const { name } of policy.categories) {
      expect(name.kk).toMatch(/^[А-Яа-яЁёӘәҒғҚқҢңӨөҰұҮүҺһІі (),–-]+$/);
      expect(name.ru).toMatch(/^[А-Яа-яЁё (),–-]+$/);
    }
  });
});

describe('AKJET policy of 26 February 2026: rules', () => {
  it('lets only consent stand for a basis of the Law', () => {
    expect(policy.bases.map(({ code, clause, lawCodes }) => [code, clause, lawCodes])).toEqual([
      ['POL-LAW', '4.1', []],
      ['POL-CHARTER', '4.2', []],
      ['POL-CONTRACT', '4.3', []],
      ['POL-CONSENT', '4.4', ['KZ-CONSENT']],
    ]);
  });

  it('ends keeping with the purpose, or five years after the contract', () => {
    expect(policy.retention.map(({ code, anchor, term }) => [code, anchor, term])).toEqual([
      ['R-PURPOSE', 'purpose-achieved', 'P0D'],
      ['R-AKJET-5Y', 'contract-ended', 'P5Y'],
    ]);
    policy.retention.forEach(({ note }) => expectSentences(note));
  });

  it('names a recipient class after each clause that allows one', () => {
    expect(policy.recipientClasses.map(({ code, clause }) => [code, clause])).toEqual(
      ['7.5', '7.7.1', '7.7.2', '7.8'].map((clause) => [`akjet:${clause}`, clause]),
    );
  });

  it('takes data from the subject, and from anyone else only with evidence', () => {
    expect(policy.sources.map((s) => [s.kind, s.permitted, s.evidence])).toEqual([
      ['subject', true, false],
      ['third-party', true, true],
      ['public', true, true],
      ['operator', true, true],
    ]);
  });

  it('authorises no transfer abroad', () => {
    expect(policy.crossBorder).toEqual({ permitted: false, clause: '7.3' });
  });

  it('knows sixteen operations, of which 2.4 lists all but unblock', () => {
    expect(policy.operations.map(({ operation }) => operation)).toEqual(
      words(`collect record systematise accumulate store clarify retrieve use provide disseminate
        grant-access depersonalise block unblock delete destroy`),
    );
    const unlisted = policy.operations.filter(({ listed }) => !listed);
    expect(unlisted.map(({ operation }) => operation)).toEqual(['unblock']);
  });

  it('shows the Kazakh word that is delete here and destroy in the Law', () => {
    const words = policy.operations.slice(-2).map(({ operation, word }) => [operation, word.kk]);
    expect(words).toEqual([
      ['delete', 'жою'],
      ['destroy', 'жойып жіберу'],
    ]);
    expect(policy.profile.find(({ term }) => term === 'destroy')?.lawSense.kk).toContain('«жою»');
  });

  it('departs from the Law in six terms, each with a citation', () => {
    expect(policy.profile.map(({ term, law }) => [term, law])).toEqual([
      ['processing', '94-V:1(12)'],
      ['block', '94-V:1(3)'],
      ['depersonalise', '94-V:1(7)'],
      ['transfer', '94-V:1(15)'],
      ['delete', '94-V:1(6)'],
      ['destroy', '94-V:1(6)'],
    ]);
    policy.profile.flatMap((p) => [p.policySense, p.lawSense]).forEach(expectSentences);
  });

  it('rules every contradiction by its first option', () => {
    expect(policy.contradictions.map(({ code }) => code)).toEqual(
      words(`C-01 C-02 C-03 C-04 C-05 C-06 C-07 C-08 C-09 C-10 C-11 C-12
        C-20 C-21 C-22 C-23 C-24`),
    );
    expect(policy.rulings).toEqual(
      policy.contradictions.map(({ code, options }) => ({
        contradiction: code,
        option: options[0]?.code,
      })),
    );
  });

  it('blocks activation by the missing procedure and by the two numbers', () => {
    const blocking = policy.contradictions.filter((contradiction) => contradiction.blocking);
    expect(blocking.map(({ code }) => code)).toEqual(['C-01', 'C-02']);
  });

  it('offers at least two different options for each contradiction, in three languages', () => {
    for (const { defect, options } of policy.contradictions) {
      expectSentences(defect);
      options.forEach(({ text }) => expectSentences(text));
      expect(new Set(options.map(({ code }) => code)).size).toBe(options.length);
      expect(options.length).toBeGreaterThanOrEqual(2);
    }
  });
});

function words(text: string): string[] {
  return text.trim().split(/\s+/);
}

function categoriesOf(kind: string): readonly string[] {
  return policy.subjectKinds.find(({ code }) => code === kind)?.categories ?? [];
}

function entryOf(category: string): number {
  return ENTRIES.findIndex((codes) => codes.includes(category)) + 1;
}
