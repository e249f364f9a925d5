import { describe, expect, it } from '@jest/globals';
import { indexLaw } from '../regime.js';
import { LAW } from './law-94-v.js';
import { OPERATION_TERMS } from './operation-terms.js';

const ENTRY = '2013-11-25';

describe('bases of Law 94-V', () => {
  const bases: readonly (readonly [string, string, string, string])[] = [
    ['KZ-CONSENT', '7(1)', ENTRY, 'consent'],
    ['KZ-CONSENT-3P', '7(6)', ENTRY, 'consent'],
    ['KZ-CONSENT-XB', '16(3)(1)', ENTRY, 'consent'],
    ['KZ-CONSENT-PUB', '7(3)', ENTRY, 'consent'],
    ['KZ-CONSENT-AUTO', '19-1(1)', '2026-01-18', 'consent'],
    ['KZ-CONSENT-BIO', '7(12)', '2026-01-18', 'consent'],
    ['KZ-7.5-REUSE', '7(5)', ENTRY, 'evidence'],
    ['KZ-9.1', '9(1)', ENTRY, 'citation reasoned-request'],
    ['KZ-9.2', '9(2)', ENTRY, 'citation'],
    ['KZ-9.2-1', '9(2-1)', ENTRY, 'citation'],
    ['KZ-9.3', '9(3)', ENTRY, 'citation evidence'],
    ['KZ-9.4', '9(4)', ENTRY, 'citation'],
    ['KZ-9.5', '9(5)', ENTRY, 'citation evidence'],
    ['KZ-9.5-1', '9(5-1)', ENTRY, 'citation'],
    ['KZ-9.6', '9(6)', ENTRY, 'citation'],
    ['KZ-9.7', '9(7)', ENTRY, 'citation'],
    ['KZ-9.8', '9(8)', ENTRY, 'citation evidence'],
    ['KZ-9.9', '9(9)', ENTRY, 'citation'],
    ['KZ-9.9-1', '9(9-1)', ENTRY, 'citation'],
    ['KZ-9.9-2', '9(9-2)', ENTRY, 'citation'],
    ['KZ-9.9-3', '9(9-3)', ENTRY, 'citation'],
    ['KZ-9.9-4', '9(9-4)', ENTRY, 'citation'],
    ['KZ-9.9-5', '9(9-5)', '2026-07-12', 'citation'],
    ['KZ-9.10', '9(10)', ENTRY, 'citation'],
    ['KZ-16.2', '16(2)', ENTRY, 'evidence'],
    ['KZ-16.3.2', '16(3)(2)', ENTRY, 'citation'],
    ['KZ-16.3.3', '16(3)(3)', ENTRY, 'citation'],
    ['KZ-16.3.4', '16(3)(4)', ENTRY, 'evidence'],
  ];

  it('are these, with clause, first day and what each demands', () => {
    const rows = LAW.bases.map((row) => [
      row.code,
      row.clause,
      row.inForce.from,
      row.requires.join(' '),
    ]);
    expect(rows).toEqual(bases);
  });

  it('may stand alone only as consent or a ground of article 9', () => {
    const alone = LAW.bases.filter((row) => row.use === 'basis').map((row) => row.code);
    expect(alone).toEqual(bases.map(([code]) => code).filter((c) => /^KZ-(CONSENT$|9\.)/.test(c)));
    expect(LAW.bases.filter((row) => row.disabled).map((row) => row.code)).toEqual(['KZ-9.9-5']);
  });
});

describe('duties of Law 94-V', () => {
  it('are these, with clause, first day and working days', () => {
    const rows = LAW.duties.map((row) => [row.code, row.clause, row.inForce.from, row.workingDays]);
    expect(rows).toEqual([
      ['D-INFORM', '25(2)(6)', '2020-07-01', 3],
      ['D-INFORM', 'rules-395:16', '2022-03-01', 3],
      ['D-REFUSE', '25(2)(7)', '2020-07-01', 3],
      ['D-REFUSE', 'rules-395:16', '2022-03-01', 3],
      ['D-RECTIFY', '25(2)(8)', ENTRY, 1],
      ['D-BLOCK', '25(2)(8)', ENTRY, 1],
      ['D-UNBLOCK', '25(2)(8)', ENTRY, 1],
      ['D-WITHDRAWAL', '24(1)(5)', ENTRY, null],
      ['D-WITHDRAWAL', '8(7)', '2026-01-18', 15],
      ['D-PUBLIC-REMOVAL', '6', ENTRY, 1],
      ['D-OBJECTION', '19-1(3)', '2026-01-18', 3],
      ['D-TRANSFER-NOTICE', '19(1)', ENTRY, 10],
      ['D-ERASURE-DEMAND', 'dc:41', '2026-07-12', 15],
      ['D-AUTHORITY-ANSWER', '25(2)(3-1)', '2022-03-01', null],
      ['D-AUTHORITY-ORDER', '27-1(1)(5)', '2020-07-01', 1],
      ['D-DESTROY-VIOLATION', '25(2)(8)', ENTRY, 1],
      ['D-DESTROY-RETENTION', '25(2)(8)', ENTRY, 1],
      ['D-DESTROY-PURPOSE', '25(2)(4)', ENTRY, 1],
      ['D-DESTROY-RELATION', '25(2)(8)', ENTRY, 1],
      ['D-DESTROY-COURT', '25(2)(8)', ENTRY, 1],
      ['D-BREACH-AUTHORITY', '25(2)(8)', '2024-07-01', 1],
      ['D-BREACH-SUBJECTS', '27-1(1)(6-2)', '2024-07-01', null],
      ['D-LEAK', 'dc:17(7)', '2026-07-12', null],
      ['D-CONSENT-END', '8(5)', '2026-01-18', null],
      ['D-PROCESSING-NOTICE', '10-1', '2026-08-25', null],
      ['D-DATA-LIST', '25(2)(1)', ENTRY, null],
      ['D-RESPONSIBLE-PERSON', '25(2)(10)', '2020-07-01', null],
      ['D-POLICY', '25(2)(1-1)', '2022-03-01', null],
      ['D-REGISTER', '22(1)(5)', '2022-03-01', null],
    ]);
  });

  it('call a term without a number in the law a policy', () => {
    const policies = LAW.duties.filter((row) => row.severity === 'POLICY');
    expect(policies.map((row) => row.code)).toEqual(['D-ERASURE-DEMAND']);
  });
});

describe('regimes of Law 94-V', () => {
  it('are these, and these are known only roughly', () => {
    expect(LAW.regimes.map((row) => [row.id, row.act, row.approximate ?? false])).toEqual([
      [ENTRY, '94-V', true],
      ['2016-01-01', '419-V', false],
      ['2020-07-01', '347-VI', true],
      ['2022-03-01', '96-VII', true],
      ['2024-02-11', '44-VIII', false],
      ['2024-07-01', '44-VIII', false],
      ['2026-01-18', '231-VIII', false],
      ['2026-07-12', '255-VIII, 256-VIII', false],
      ['2026-08-25', '326-VIII', false],
    ]);
  });

  it('open on every day on which a row changes, so that no change is lost between them', () => {
    const days = new Set(LAW.regimes.map((row) => row.id));
    const { bases, duties, definitions, consentFields, retention } = LAW;
    for (const { inForce } of [bases, duties, definitions, consentFields, retention].flat()) {
      expect(days).toContain(inForce.from);
      if (inForce.until !== undefined) expect(days).toContain(inForce.until);
    }
  });

  it('hold each code once', () => {
    for (const { regime } of indexLaw(LAW).regimes) {
      const codes = [
        ...[...regime.bases, ...regime.duties, ...regime.retention].map((row) => row.code),
        ...regime.definitions.map((row) => row.term),
        ...regime.consentFields.map((row) => row.field),
      ];
      expect(new Set(codes).size).toBe(codes.length);
    }
  });
});

describe('words of Law 94-V', () => {
  it('demand in a consent the seven particulars of article 8(4), and nothing that is left to the owner', () => {
    const demanded = LAW.consentFields.filter((r) => r.clause.startsWith('8(4)') && r.required);
    expect(new Set(demanded.map((row) => row.clause)).size).toBe(7);
    expect(LAW.consentFields.find((row) => row.clause === '8(4)(8)')?.required).toBe(false);
  });

  it('keep destruction apart from the deletion that a policy calls by the same Kazakh word', () => {
    const destruction = LAW.definitions.find((row) => row.term === 'destruction');
    expect(destruction?.words).toEqual({ kk: 'жою', ru: 'уничтожение' });
    expect(destruction?.dpv).not.toContain('dpv:Delete');
  });

  it('give every term of the sixteen operations to one operation only', () => {
    expect(Object.keys(OPERATION_TERMS)).toHaveLength(16);
    expect(new Set(Object.values(OPERATION_TERMS)).size).toBe(16);
  });

  it('read in three languages: Kazakh and Russian in Cyrillic, English without it', () => {
    const { bases, duties, retention, definitions, regimes, unread } = LAW;
    const texts = [
      ...[...bases, ...duties, ...retention].map((row) => row.name),
      ...definitions.map((row) => row.meaning),
      ...regimes.map((row) => row.change),
      ...unread.map((row) => row.note),
    ];
    for (const { kk, ru, en } of texts) {
      expect(kk).toMatch(/[әғқңөұүһі]/i);
      expect(ru).toMatch(/[а-я]/);
      expect(ru).not.toMatch(/[әғқңөұүһі]/i);
      expect(en).not.toMatch(/[а-яәғқңөұүһі]/i);
    }
  });
});
