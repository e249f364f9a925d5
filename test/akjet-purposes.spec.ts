import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import type { Policy } from '#domain';

// The document ties no category to a purpose: this table is the ledger's, and some of its cells are promised.
const policy: Policy = parse(
  readFileSync(new URL('../../policies/akjet-2026-02-26.yaml', import.meta.url), 'utf8'),
);

const KINDS = ['individual-entrepreneur', 'individual', 'authorised-person'];
const PURPOSES = ['5.1', '5.2', '5.3', '5.4', '5.5', '5.6-reviews', '5.6-mailing'].map(
  (clause) => `akjet:${clause}`,
);

describe('AKJET policy of 26 February 2026: the table of purposes', () => {
  it('declares seven purposes, clause 5.6 being two', () => {
    expect(policy.purposes.map(({ code }) => code)).toEqual(PURPOSES);
  });

  it('admits for a kind only categories of that kind, each once', () => {
    for (const { code, admits } of policy.purposes) {
      expect([code, Object.keys(admits)]).toEqual([code, KINDS]);
      for (const kind of KINDS) {
        const row = rowOf(code, kind);
        expect([code, kind, row]).toEqual([code, kind, inOrderOf(kind, row)]);
      }
    }
  });

  it('admits everything of the kind for the contract', () => {
    expect(policy.purposes[0]?.admits).toEqual(Object.fromEntries(KINDS.map((k) => [k, 'all'])));
  });

  it('admits name and both numbers under every purpose but the mailing', () => {
    for (const { code } of policy.purposes.slice(0, -1)) {
      for (const kind of KINDS) {
        expect(rowOf(code, kind)).toEqual(
          expect.arrayContaining(['akjet:name', 'akjet:inn', 'akjet:iin']),
        );
      }
    }
  });

  it('admits phone and email, where the kind has them, under every purpose of contact', () => {
    for (const code of ['akjet:5.2', 'akjet:5.4', 'akjet:5.6-reviews', 'akjet:5.6-mailing']) {
      for (const kind of KINDS) {
        expect(rowOf(code, kind)).toEqual(
          expect.arrayContaining(inOrderOf(kind, ['akjet:phone', 'akjet:email'])),
        );
      }
    }
  });

  it('admits name, phone and email and nothing else for the mailing', () => {
    expect(KINDS.map((kind) => rowOf('akjet:5.6-mailing', kind))).toEqual([
      ['akjet:name', 'akjet:phone', 'akjet:email'],
      ['akjet:name', 'akjet:phone', 'akjet:email'],
      ['akjet:name', 'akjet:phone'],
    ]);
  });

  it('admits the medical book under the contract alone', () => {
    const admitting = policy.purposes.filter(({ code }) =>
      KINDS.some((kind) => rowOf(code, kind).includes('akjet:medical-book')),
    );
    expect(admitting.map(({ code }) => code)).toEqual(['akjet:5.1']);
  });

  it('leaves reading free under a block for legal compliance alone', () => {
    const free = policy.purposes.flatMap((p) =>
      p.freeWhenBlocked ? [[p.code, p.freeWhenBlocked]] : [],
    );
    expect(free).toEqual([['akjet:5.5', ['retrieve']]]);
  });
});

function rowOf(purpose: string, kind: string): readonly string[] {
  const row = policy.purposes.find(({ code }) => code === purpose)?.admits[kind] ?? [];
  return row === 'all' ? categoriesOf(kind) : row;
}

/** What of `codes` the kind has, once each and in the order of the kind's list. */
function inOrderOf(kind: string, codes: readonly string[]): string[] {
  return categoriesOf(kind).filter((code) => codes.includes(code));
}

function categoriesOf(kind: string): readonly string[] {
  return policy.subjectKinds.find(({ code }) => code === kind)?.categories ?? [];
}
