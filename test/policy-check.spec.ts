import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { checkPolicy } from '#domain';

/** A policy file with something wrong in it: what a publication must never take into a log that nobody can edit. */
type Loose = Record<string, unknown> & {
  [list in 'categories' | 'purposes' | 'subjectKinds' | 'clauses' | 'contradictions']: Record<
    string,
    unknown
  >[];
} & { [list in 'retention' | 'sources' | 'rulings' | 'operations']: Record<string, unknown>[] };

const shipped = (): Loose =>
  parse(
    readFileSync(new URL('../../policies/akjet-2026-02-26.yaml', import.meta.url), 'utf8'),
  ) as Loose;
const set =
  (list: keyof Loose, field: string, value: unknown) =>
  (policy: Loose): void => {
    const [first] = policy[list] as Record<string, unknown>[];
    Object.assign(first ?? {}, { [field]: value });
  };

const DAMAGES: readonly (readonly [string, (policy: Loose) => void, string, string])[] = [
  ['no name', (policy) => delete policy['id'], 'SHAPE', 'id'],
  ['a name in other letters', (policy) => (policy['id'] = 'Я'), 'SHAPE', 'id'],
  ['a version that is a path', (policy) => (policy['version'] = '../1'), 'SHAPE', 'version'],
  ['a date that is a word', (policy) => (policy['inForceFrom'] = 'now'), 'SHAPE', 'inForceFrom'],
  ['an operator without name', (policy) => (policy['operator'] = {}), 'SHAPE', 'operator.id'],
  ['no digest of its text', (policy) => (policy['text'] = {}), 'SHAPE', 'text.sha256'],
  ['a field nobody reads', (policy) => (policy['extra'] = 1), 'SHAPE', 'extra'],
  ['a list that is none', (policy) => (policy['laws'] = 'all'), 'SHAPE', 'laws'],
  ['a refusal that is none', (policy) => (policy['refusals'] = { NO: [] }), 'SHAPE', 'refusals.*'],
  [
    'a clause that cannot be found',
    (policy) => (policy['refusals'] = { BLOCKED: ['99.9'] }),
    'UNKNOWN_CLAUSE',
    'refusals',
  ],
  ['a category of nothing', set('categories', 'code', null), 'SHAPE', 'categories.0.code'],
  ['a check nobody knows', set('categories', 'scheme', 'LUCK'), 'SHAPE', 'categories.0.scheme'],
  ['a category twice', set('categories', 'code', 'akjet:sex'), 'DUPLICATE_CODE', 'categories'],
  ['a clause as a number', set('clauses', 'number', 1.1), 'SHAPE', 'clauses.0.number'],
  ['a clause without words', set('clauses', 'summary', {}), 'SHAPE', 'clauses.0.summary.kk'],
  ['a clause twice', set('clauses', 'number', '1.2'), 'DUPLICATE_CODE', 'clauses'],
  ['a purpose without table', set('purposes', 'admits', null), 'SHAPE', 'purposes.0.admits'],
  [
    'a purpose for nobody known',
    set('purposes', 'admits', { robot: [] }),
    'UNKNOWN_CODE',
    'purposes.akjet:5.1.admits.robot',
  ],
  [
    'a cited clause that is not there',
    set('purposes', 'clause', '99'),
    'UNKNOWN_CLAUSE',
    'purposes',
  ],
  ['a term without end', set('retention', 'term', 'for ever'), 'SHAPE', 'retention.0.term'],
  ['a source of nothing', set('sources', 'kind', 'rumour'), 'SHAPE', 'sources.0.kind'],
  [
    'an operation nobody knows',
    set('operations', 'operation', 'sell'),
    'SHAPE',
    'operations.0.operation',
  ],
  [
    'options that are none',
    set('contradictions', 'options', 1),
    'SHAPE',
    'contradictions.0.options',
  ],
  ['a ruling by no option', set('rulings', 'option', 'luck'), 'UNKNOWN_OPTION', 'rulings.C-01'],
  [
    'a ruling that is missing',
    (policy) => policy.rulings.shift(),
    'RULING_MISSING',
    'contradictions.C-01',
  ],
];

describe('a check of a policy file', () => {
  it('finds nothing but known contradictions in what ships', () => {
    expect(new Set(checkPolicy(shipped()).map(({ code }) => code))).toEqual(
      new Set(['CONTRADICTION']),
    );
  });

  it.each(DAMAGES)('names %s', (_what, damage, code, path) => {
    const policy = shipped();
    damage(policy);
    const errors = checkPolicy(policy).filter(({ severity }) => severity === 'error');
    expect(errors).toContainEqual(expect.objectContaining({ code, path }));
  });

  it.each([null, 42, 'text', [], undefined])('calls %j no policy', (document) => {
    expect(checkPolicy(document)).toEqual([expect.objectContaining({ code: 'SHAPE', path: '' })]);
  });
});
