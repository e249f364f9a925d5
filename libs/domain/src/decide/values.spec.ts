import { describe, expect, it } from '@jest/globals';
import type { EmitterCommand } from '../command/command.js';
import { CONSENT, collect, operate } from '../testing/decision.js';
import { valuesOf, type SealedTexts } from './values.js';

const of = (command: object): SealedTexts => valuesOf(command as EmitterCommand);
const evidence = { kind: 'otp', textSha256: 'aa', sha256: 'bb', language: 'kk' };
const DETAILS = { evidence: { doc: 1 }, reason: 'r', method: 'm', channel: 'c' };
const SAID = { 'pdl:evidence': { doc: 1 }, 'pdl:reason': 'r', 'pdl:method': 'm' };
const ACTS = { reference: '12', grounds: 'g', act: '7', approvedBy: ['B'] };
const FILED = {
  'pdl:reference': '12',
  'pdl:grounds': 'g',
  'pdl:act': '7',
  'pdl:approved-by': ['B'],
};

describe('under the key of the subject goes', () => {
  it.each<[string, object, object]>([
    ['each value that is collected', collect({ 'acme:name': 'A' }), { 'acme:name': 'A' }],
    [
      "the caller's own texts on an operation",
      operate('clarify', { ...DETAILS, data: { 'acme:name': 'A' } }),
      { 'acme:name': 'A', ...SAID, 'pdl:channel': 'c' },
    ],
    [
      'the evidence of a source',
      operate('use', { dataSource: { kind: 'public', evidence: 'link' } }),
      { 'pdl:source-evidence': 'link' },
    ],
    [
      'both hashes of a consent',
      { ...CONSENT, terms: { ...CONSENT.terms, evidence } },
      { 'pdl:consent-text': 'aa', 'pdl:consent-evidence': 'bb' },
    ],
    [
      'the reference of a contract',
      { kind: 'note-contract', change: 'started', contract: 'N 5' },
      { 'pdl:contract': 'N 5' },
    ],
    [
      'the reason of a hold',
      { kind: 'note-hold', change: 'placed', reason: 'court' },
      { 'pdl:reason': 'court' },
    ],
    [
      'what a request said and where',
      { kind: 'receive-request', request: 'information', channel: 'mail', details: 'd' },
      { 'pdl:channel': 'mail', 'pdl:details': 'd' },
    ],
  ])('%s', (_what, command, seal) => {
    expect(of(command)).toStrictEqual({ seal, file: {} });
  });
});

describe('under the key of the operator, to outlive the subject, goes', () => {
  it('what authorities and officers said on an operation', () => {
    const { seal, file } = of(operate('provide', { ...DETAILS, ...ACTS }));
    expect(seal).toStrictEqual({ ...SAID, 'pdl:channel': 'c' });
    expect(file).toStrictEqual(FILED);
  });

  it('everything that is said about a destruction', () => {
    const { seal, file } = of(operate('destroy', { ...DETAILS, ...ACTS }));
    expect(seal).toStrictEqual({});
    expect(file).toStrictEqual({ ...SAID, 'pdl:channel': 'c', ...FILED });
  });

  it('the name and the contract of a recipient', () => {
    const recipient = { kind: 'register-recipient', operator: 'acme', class: 'acme:bank' };
    expect(of({ ...recipient, name: 'Bank', contractSha256: 'cc' })).toStrictEqual({
      seal: {},
      file: { 'pdl:recipient-name': 'Bank', 'pdl:contract': 'cc' },
    });
    expect(of({ ...recipient, name: 'Bank' }).file).toStrictEqual({ 'pdl:recipient-name': 'Bank' });
  });
});

it.each([
  { kind: 'register-subject', operator: 'acme', subjectKind: 'person', identifiers: [] },
  { kind: 'withdraw-consent', purpose: 'acme:sell' },
  { kind: 'achieve-purpose', purpose: 'acme:sell' },
  CONSENT,
  operate('use'),
])('nothing goes anywhere where nothing was said: %j', (command) => {
  expect(of(command)).toStrictEqual({ seal: {}, file: {} });
});
