import { describe, expect, it } from '@jest/globals';
import { coverOf, type Holding } from '../subject/subject-state.js';
import { consentOf, momentAt, personWith } from '../testing/acme.js';
import { judgeRead } from './judge-read.js';

const AT = Date.parse('2026-03-12T09:00:00Z');
const consent = consentOf({
  purpose: 'acme:law',
  thirdParties: false,
  crossBorder: false,
  publication: false,
});
const holding = (basis: Holding['basis'], facts: Holding['facts'] = []): Holding => ({
  event: 'e',
  purposes: new Set(['acme:law']),
  basis,
  facts,
});
const LAW = { code: 'KZ-9.10', cite: 'law:9' };
const state = personWith(consent);
const asked = {
  purpose: 'acme:law',
  categories: ['acme:name', 'acme:phone', 'acme:iin'],
  actorRole: 'emitter',
} as const;
const read = (more: object, categories: readonly string[] = asked.categories) =>
  judgeRead({ ...asked, categories }, { ...state, ...more }, momentAt(AT));

describe('a read through the ledger', () => {
  it('releases each category by a consent or by the basis it was collected under', () => {
    const holdings = new Map([
      ['acme:name', holding(null)],
      ['acme:phone', holding(null)],
      ['acme:iin', holding(LAW)],
    ]);
    expect(read({ holdings })).toEqual({
      released: ['acme:name', 'acme:iin'],
      withheld: [{ category: 'acme:phone', code: 'CONSENT_NOT_GIVEN' }],
      codes: ['CONSENT_NOT_GIVEN'],
    });
  });

  it('takes the evidence of the collection for its own', () => {
    const proven = { code: 'KZ-9.5', cite: 'law:9' };
    const of = (facts: Holding['facts']): object => ({
      holdings: new Map([['acme:iin', holding(proven, facts)]]),
    });
    expect(read(of(['evidence']), ['acme:iin']).released).toEqual(['acme:iin']);
    expect(read(of([]), ['acme:iin'])).toEqual({
      released: [],
      withheld: [{ category: 'acme:iin', code: 'CONSENT_NOT_GIVEN' }],
      codes: ['CONSENT_NOT_GIVEN'],
    });
  });

  it('says every code once, in the order of the table, and the first one beside the category', () => {
    const more = { blocks: [coverOf(undefined)], deleted: new Set(['acme:phone']) };
    const judgement = judgeRead(
      { ...asked, purpose: 'acme:sell', categories: ['acme:name', 'acme:phone'] },
      { ...state, ...more },
      momentAt(AT),
    );
    expect(judgement).toEqual({
      released: [],
      withheld: [
        { category: 'acme:name', code: 'BLOCKED' },
        { category: 'acme:phone', code: 'DELETED' },
      ],
      codes: ['DELETED', 'BLOCKED', 'CONSENT_NOT_GIVEN'],
    });
  });

  it('is a retrieval: free of a block where the policy says so, and of nothing else', () => {
    const blocks = [coverOf(undefined)];
    expect(read({ blocks }, ['acme:name']).codes).toEqual([]);
    expect(read({ deleted: new Set(['acme:name']) }, ['acme:name']).codes).toEqual(['DELETED']);
  });

  it('of nothing releases nothing and says nothing', () => {
    expect(read({}, [])).toEqual({ released: [], withheld: [], codes: [] });
  });
});
