import { describe, expect, it } from '@jest/globals';
import { assertClear, decodeEvent, type LedgerEvent } from './ledger-event.js';

const uuid = '11111111-1111-4111-8111-111111111111';
const event = {
  v: 1,
  ledgerId: uuid,
  stream: `subject-${uuid}`,
  revision: '0',
  prev: '',
  id: uuid,
  type: 'DataUsed',
  data: {
    operator: 'akjet',
    subject: uuid,
    subjectKind: 'individual',
    occurredAt: '2026-03-02T09:15:00Z',
    policy: { id: 'akjet', version: '2026-02-26', hash: `sha256:${'0'.repeat(64)}` },
    regime: null,
    clauses: ['akjet:2.4', 'law:7(1)', 'law:25(2)(1-1)'],
    mode: 'enforce',
    verdict: 'lawful',
    facts: [],
    read: { 'policy-akjet': '4' },
    operation: 'use',
    purpose: 'akjet:5.2',
    basis: { code: 'KZ-9.10', cite: 'law-94-v:9(10)' },
    categories: ['akjet:name'],
  },
  metadata: {
    actor: uuid,
    actorRole: 'emitter',
    correlationId: uuid,
    recordedAt: '2026-03-02T09:15:00.123Z',
    schemaVersion: '1',
    ledgerId: uuid,
  },
} as unknown as LedgerEvent;
const changed = (data: object, rest: object = {}): LedgerEvent =>
  ({ ...event, ...rest, data: { ...event.data, ...data } }) as LedgerEvent;
const bytes = (value: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(value));

function codeOf(run: () => unknown): unknown {
  try {
    return run();
  } catch (error) {
    return (error as { readonly code?: string }).code;
  }
}

describe('the grammar of clear fields', () => {
  it('takes codes, uuids, times, hashes and citations', () => {
    expect(() => assertClear(event)).not.toThrow();
  });

  it.each([
    ['a name', { purpose: 'Айгүл' }, 'purpose'],
    ['an IIN as a category', { categories: ['791119300072'] }, 'categories.0'],
    [
      'an IIN as an article',
      { basis: { code: 'KZ-9.10', cite: 'law:791119300072' } },
      'basis.cite',
    ],
    ['a phone as an act', { basis: { code: 'KZ-9.10', cite: '77000000001:1' } }, 'basis.cite'],
    ['a phone as a country', { country: '+77000000001' }, 'country'],
    [
      'free text as a citation',
      { basis: { code: 'KZ-9.10', cite: 'because we say so' } },
      'basis.cite',
    ],
    ['a field of its own', { reason: 'any' }, '*'],
    ['a time with a fraction', { occurredAt: '2026-03-02T09:15:00.5Z' }, 'occurredAt'],
    ['a reference as a subject', { subject: 'case-1' }, 'subject'],
    ['a fact that is no code', { facts: ['Айгүл'] }, 'facts.0'],
    [
      'a plain hash as a commitment',
      { sealed: { envelope: uuid, commitments: { 'akjet:name': 'x' } } },
      'sealed.commitments.*',
    ],
  ])('refuses %s and names only the field', (_what, data, field) => {
    expect(() => assertClear(changed(data))).toThrow(`field ${field} of DataUsed`);
  });

  it('remembers what fitted, never what did not', () => {
    for (const again of [1, 2]) {
      expect(() => assertClear(changed({ purpose: `akjet:5.${again}` }))).not.toThrow();
      expect(() => assertClear(changed({ purpose: 'Айгүл' }))).toThrow('purpose');
      expect(() => assertClear(changed({ purpose: 7 }))).toThrow('purpose');
    }
  });

  it.each(['operator', 'verdict', 'read'])('misses %s where it is absent or undefined', (name) => {
    const { [name]: _, ...rest } = event.data as unknown as Readonly<Record<string, unknown>>;
    for (const data of [rest, { ...rest, [name]: undefined }]) {
      expect(() => assertClear({ ...event, data } as unknown as LedgerEvent)).toThrow(
        `field ${name} of DataUsed`,
      );
    }
  });

  it('takes an optional field that is undefined for one that is not there', () => {
    expect(() => assertClear(changed({ purpose: undefined }))).not.toThrow();
  });

  it('refuses a source or an id of an emitter in the metadata', () => {
    const metadata = { ...event.metadata, correlationId: 'case-173688' };
    expect(() => assertClear(changed({}, { metadata }))).toThrow('metadata.correlationId');
  });
});

describe('decoding', () => {
  it('gives back what was stored', () => {
    expect(decodeEvent(bytes(event))).toEqual(event);
  });

  it.each([
    ['UNKNOWN_EVENT', { ...event, type: 'DataTeleported' }],
    ['NEWER_SCHEMA', { ...event, metadata: { ...event.metadata, schemaVersion: '2' } }],
    ['NOT_AN_EVENT', [1, 2]],
  ])('says %s rather than guess', (code, stored) => {
    expect(codeOf(() => decodeEvent(bytes(stored)))).toBe(code);
  });

  it('says so when the bytes are not JSON', () => {
    expect(() => decodeEvent(Uint8Array.of(0xff))).toThrow('not UTF-8 JSON');
  });
});
