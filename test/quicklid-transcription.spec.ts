import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { checkPolicy, missingRulings, type Policy } from '#domain';
import { expectSentences } from './policy-sentences.js';

const policy = parse(readFileSync('policies/quicklid-2020-12-22.yaml', 'utf8')) as Policy;

/** Every clause of the published document, in its order; a range stands for consecutive last numbers. */
const CLAUSES = [
  '1.1-5',
  '2.1-20',
  '3.1-10',
  '4.1',
  '4.1.1-7',
  '5.1',
  '5.1.1-7',
  '5.2-4',
  '6.1-2',
  '6.2.1-13',
  '6.3',
  '7.1',
  '7.1.1-5',
  '7.2',
  '8.1-3',
];
const numbers = CLAUSES.flatMap((range) => {
  const match = /^(.*\.)(\d+)-(\d+)$/u.exec(range);
  if (match === null) return [range];
  const [, head = '', from = '', to = ''] = match;
  return Array.from(
    { length: Number(to) - Number(from) + 1 },
    (_, n) => `${head}${Number(from) + n}`,
  );
});

describe('the QuickLid rules as data', () => {
  it('have every clause of the document, once and in order', () => {
    expect(policy.clauses.map(({ number }) => number)).toEqual(numbers);
    expect(numbers).toHaveLength(80);
  });

  it('count what the document counts', () => {
    expect(new Set(policy.categories.map(({ entry }) => entry)).size).toBe(13);
    expect(policy.bases).toHaveLength(7);
    expect(policy.purposes).toHaveLength(10);
    expect(policy.operations).toHaveLength(16);
    expect(policy.recipientClasses).toHaveLength(5);
    expect(policy.subjectKinds.map(({ code }) => code)).toEqual(['individual', 'employee']);
    expect(policy.text).toEqual({
      sha256: 'c8f5532505f83cad64febbd2b02d6420a9c1520310ae81962092bb4d14ceee2f',
      languages: ['kk'],
    });
  });

  it('admit the groups 6.2.1 to 6.2.12 for both kinds, and nothing unregistered', () => {
    const closed = policy.categories
      .filter(({ unregistered }) => unregistered !== true)
      .map(({ code }) => code);
    for (const kind of policy.subjectKinds) expect(kind.categories).toEqual(closed);
    expect(
      policy.categories.filter(({ unregistered }) => unregistered === true).map(({ code }) => code),
    ).toEqual(['quicklid:other']);
  });

  it('hold the fixed cells of the table', () => {
    const cell = (purpose: string, kind: string): readonly string[] => {
      const admitted = policy.purposes.find(({ code }) => code === `quicklid:${purpose}`)?.admits[
        kind
      ];
      return Array.isArray(admitted) ? admitted : [];
    };
    const holds = (purposes: readonly string[], categories: readonly string[]): void => {
      for (const kind of ['individual', 'employee']) {
        for (const purpose of purposes) {
          expect(cell(purpose, kind)).toEqual(
            expect.arrayContaining(categories.map((code) => `quicklid:${code}`)),
          );
        }
      }
    };
    holds(['3.1', '3.2', '3.3', '3.4', '3.5', '3.7', '3.8', '3.9', '3.10'], ['name', 'iin']);
    holds(['3.1', '3.2', '3.8', '3.10'], ['phone', 'email']);
    holds(['3.1', '3.2'], ['finances', 'residence', 'birth-date', 'credit-history']);
    const withDevice = policy.purposes.filter(({ admits }) =>
      JSON.stringify(admits).includes('device-data'),
    );
    expect(withDevice.map(({ code }) => code)).toEqual(['quicklid:3.3']);
    expect(
      policy.purposes.find(({ depersonalisedOnly }) => depersonalisedOnly === true)?.code,
    ).toBe('quicklid:3.6');
    expect(cell('3.6', 'individual')).toEqual([]);
  });

  it.each(numbers)('say %s in one sentence of each language', (number) => {
    expectSentences(policy.clauses.find((clause) => clause.number === number)?.summary);
  });

  it('say no two clauses alike', () => {
    const texts = policy.clauses.flatMap(({ summary }) => Object.values(summary));
    expect(new Set(texts).size).toBe(3 * numbers.length);
  });

  it('name kinds, purposes, bases and recipients in three languages', () => {
    const { title, subjectKinds, purposes, bases, recipientClasses } = policy;
    const named = [...subjectKinds, ...purposes, ...bases, ...recipientClasses];
    [title, ...named.map(({ name }) => name)].forEach((name) => {
      expect(Object.values(name).every((text) => text.length > 2)).toBe(true);
    });
  });

  it('hold the categories of each group, and check the one number that has check digits', () => {
    const groups = Array.from({ length: 13 }, (_, at) =>
      policy.categories.flatMap(({ clause, entry, code }) =>
        clause === `6.2.${at + 1}` && entry === at + 1 ? [code.replace('quicklid:', '')] : [],
      ),
    );
    expect(groups).toEqual([
      ['sex', 'name', 'iin'],
      ['residence'],
      ['education-and-work'],
      ['birth-date', 'family'],
      ['document-copies'],
      ['finances'],
      ['email', 'phone', 'electronic-identifier'],
      ['voice-recording', 'image'],
      ['credit-history'],
      ['contract-performance'],
      ['social-pages'],
      ['device-data'],
      ['other'],
    ]);
    const checked = policy.categories.filter(({ scheme }) => scheme !== undefined);
    expect(checked.map(({ code, scheme }) => [code, scheme])).toEqual([['quicklid:iin', 'KZ-IIN']]);
  });

  it('map each basis of 5.1 to the ground of article 9 that it repeats', () => {
    expect(policy.bases.map(({ clause, lawCodes }) => [clause, ...lawCodes])).toEqual([
      ['5.1.1', 'KZ-9.1'],
      ['5.1.2', 'KZ-9.2'],
      ['5.1.3', 'KZ-9.3'],
      ['5.1.4', 'KZ-9.4'],
      ['5.1.5', 'KZ-9.5'],
      ['5.1.6', 'KZ-9.8'],
      ['5.1.7', 'KZ-9.10'],
    ]);
  });

  it('set the Law beside every term that the other policy changes', () => {
    expect(policy.profile.map(({ term, clause, law }) => [term, clause, law])).toEqual([
      ['processing', '2.11', '94-V:1(12)'],
      ['block', '2.2', '94-V:1(3)'],
      ['depersonalise', '2.6', '94-V:1(7)'],
      ['transfer', '2.14', '94-V:1(15)'],
    ]);
    policy.profile.flatMap((item) => [item.policySense, item.lawSense]).forEach(expectSentences);
  });

  it('list of the sixteen operations those that 2.11 names', () => {
    const unlisted = policy.operations.filter(({ listed }) => !listed);
    expect(unlisted.map(({ operation }) => operation)).toEqual([
      ...['collect', 'record', 'systematise', 'retrieve', 'unblock', 'delete'],
    ]);
  });

  it('offer different options on each contradiction, the first being the ruling that ships', () => {
    for (const { code, defect, options } of policy.contradictions) {
      expectSentences(defect);
      options.forEach(({ text }) => expectSentences(text));
      expect(new Set(options.map((option) => option.code)).size).toBeGreaterThanOrEqual(2);
      const ruled = policy.rulings.find(({ contradiction }) => contradiction === code);
      expect(ruled?.option).toBe(options[0]?.code);
    }
  });

  it('refer only to what exists, and name clauses that the document has', () => {
    expect(checkPolicy(policy).filter(({ severity }) => severity === 'error')).toEqual([]);
    const named = [
      ...policy.categories.map(({ clause }) => clause),
      ...policy.purposes.map(({ clause }) => clause),
      ...policy.bases.map(({ clause }) => clause),
      ...policy.recipientClasses.map(({ clause }) => clause),
      ...policy.operations.map(({ clause }) => clause),
      ...Object.values(policy.refusals).flat(),
      ...policy.contradictions.flatMap(({ clauses }) => clauses),
    ];
    expect(named.filter((clause) => !numbers.includes(clause))).toEqual([]);
  });

  it('rule on every contradiction, and name a blocking one that nobody ruled on', () => {
    const codes = ['C-13', 'C-14', 'C-15', 'C-16', 'C-17', 'C-18', 'C-19', 'C-24', 'C-25', 'C-26'];
    expect(policy.contradictions.map(({ code }) => code)).toEqual(codes);
    expect(policy.rulings.map(({ contradiction }) => contradiction)).toEqual(codes);
    expect(missingRulings(policy, [])).toEqual(['C-13', 'C-14', 'C-15', 'C-26']);
    for (const code of ['C-13', 'C-14', 'C-15', 'C-26']) {
      const rulings = policy.rulings.filter(({ contradiction }) => contradiction !== code);
      const [error] = checkPolicy({ ...policy, rulings }).filter(
        ({ severity }) => severity === 'error',
      );
      expect(error).toMatchObject({
        code: 'RULING_MISSING',
        message: expect.stringContaining(code) as unknown,
      });
    }
  });
});
