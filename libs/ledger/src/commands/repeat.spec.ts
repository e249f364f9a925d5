import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Submission } from '#domain';
import { submissionOf } from '../intake/testing/submission-of.js';
import type { Ledger } from '../ledger.js';
import { ledgerInFolder } from '../testing/ledger-in.js';
import { submit, submitAll } from './submit.js';

const PURPOSE = 'quicklid:3.1';
const CATEGORIES = { purpose: PURPOSE, categories: ['quicklid:name'] };
const ASKED = { ...CATEGORIES, basis: { code: 'KZ-CONSENT' } };
const SCOPES = { thirdParties: true, crossBorder: false, publication: false };
const CONSENT = { ...CATEGORIES, ...SCOPES, channel: 'WRITTEN', evidence: { kind: 'written' } };
const PERSON = { operator: 'quicklid', kind: 'individual' };
const EMITTER = { name: 'backend', role: 'emitter', mode: 'enforce' } as const;
let serial = 0;

describe('an id that was used up', () => {
  let ledger: Ledger;
  let end: () => Promise<void>;
  beforeAll(async () => {
    ({ ledger, end } = await ledgerInFolder());
    await answers([said('subject.registered', PERSON), given(), recipient('bank')]);
    await answers([{ ...said('subject.registered', PERSON), reference: 'other' }]);
    await answers([recipient('post'), recipient('unbound', {})]);
  });
  afterAll(async () => end());

  const answers = async (all: readonly Submission[]): Promise<readonly (string | undefined)[]> => {
    const submitted = await submitAll(ledger, all, EMITTER);
    const told = await submitted.answers;
    return told.map(({ status, code }) => (status === 'duplicate' ? status : (code ?? status)));
  };

  const event = async (of: Submission): Promise<string | undefined> => {
    return (await submit(ledger, of, EMITTER)).event;
  };

  it.each<[string, Submission, Submission]>([
    ['an operation on somebody else', use(), { ...use(), reference: 'other' }],
    ['a consent of somebody else', given(), { ...given(), reference: 'other' }],
    ['a refused consent', given(), said('consent.refused', CONSENT)],
    ['the end of a contract', contract('started'), contract('ended')],
    ['the release of a hold', hold('placed'), hold('released')],
    ['one more recipient', provide('bank'), provide('bank', 'post')],
    ['one recipient less', provide('bank', 'post'), provide('bank')],
    ['the same recipients in another order', provide('bank', 'post'), provide('post', 'bank')],
    ['one whom nobody knows beside it', provide('bank', 'post'), provide('bank', 'nobody')],
  ])('by something lawful answers its repeat, and not %s', async (_what, first, other) => {
    expect(await answers([first])).toEqual(['accepted']);
    expect(await answers([first, { ...other, id: first.id }])).toEqual(['duplicate', 'CONFLICT']);
  });

  it('by a registration answers its repeat, and not one of another reference', async () => {
    const first = { ...said('subject.registered', PERSON), reference: 'new' };
    expect(await answers([first, first])).toEqual(['accepted', 'duplicate']);
    expect(await answers([{ ...first, reference: 'newer' }])).toEqual(['CONFLICT']);
    expect(await answers([{ ...first, reference: 'other' }])).toEqual(['CONFLICT']);
  });

  it('by a registration with an identifier answers its repeat, and not one with another', async () => {
    const first = { ...said('subject.registered', known('900101300017')), reference: 'iin' };
    const other = said('subject.registered', known('791119300072'));
    expect(await answers([first, first])).toEqual(['accepted', 'duplicate']);
    expect(await answers([{ ...other, id: first.id, reference: 'iin' }])).toEqual(['CONFLICT']);
  });

  it.each([
    ['nobody', 'RECIPIENT_UNKNOWN'],
    ['unbound', 'RECIPIENT_NOT_BOUND'],
  ])('by a refusal because of the second recipient (%s) answers its repeat', async (to, code) => {
    const first = provide('bank', to);
    expect(await answers([first, first])).toEqual([code, 'duplicate']);
  });

  it('by what names a consent answers its repeat, and not one that names another', async () => {
    const consent = await event(given());
    const other = await event(given());
    const used = use({ basis: { code: 'KZ-CONSENT', ref: consent } });
    const withdrawn = said('consent.withdrawn', { consent });
    expect(await answers([used, withdrawn])).toEqual(['accepted', 'accepted']);
    expect(await answers([used, withdrawn])).toEqual(['duplicate', 'duplicate']);
    const reused = [
      { ...use({ basis: { code: 'KZ-CONSENT', ref: other } }), id: used.id },
      { ...said('consent.withdrawn', { consent: other }), id: withdrawn.id },
    ];
    expect(await answers(reused)).toEqual(['CONFLICT', 'CONFLICT']);
  });
});

function given(): Submission {
  return said('consent.given', CONSENT);
}

function use(over: object = {}): Submission {
  return said('operation.use', { ...ASKED, ...over });
}

function provide(...recipient: readonly string[]): Submission {
  return said('operation.provide', { ...ASKED, recipient });
}

function contract(change: 'started' | 'ended'): Submission {
  return said(`contract.${change}`, { contract: '7' });
}

function hold(change: 'placed' | 'released'): Submission {
  return said(`hold.${change}`, { reason: 'a court' });
}

function known(iin: string): object {
  return { ...PERSON, identifiers: [{ scheme: 'KZ-IIN', value: iin }] };
}

function recipient(
  reference: string,
  bound: object = { contractSha256: 'a'.repeat(64) },
): Submission {
  const of = { operator: 'quicklid', class: 'quicklid:7.1.1', country: 'KZ' };
  const data = { ...of, name: reference, ...bound };
  return { ...said('recipient.registered', data), reference };
}

function said(type: string, data: object): Submission {
  serial += 1;
  const time = '2026-05-01T10:00:00Z';
  return submissionOf({ id: String(serial), subject: 'person', type, time, data });
}
