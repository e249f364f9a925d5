import { describe, expect, it } from '@jest/globals';
import { canonicalBytes, decodeEvent } from '#domain';
import type { Cell } from '#projections';
import { ON_THE_TRAIL_ALONE, decodeForViews } from './glance.js';
import { VIEWS } from './views.js';

const id = '4306bec9-8990-872a-82db-a492fff4dd3b';
const subject = 'a68852ff-01f6-8e83-8f87-dcd234f4f217';
const hash = `sha256:${'ab'.repeat(32)}`;

describe('an event at a glance', () => {
  it.each(ON_THE_TRAIL_ALONE)('has the rows of the whole event: %s', (type) => {
    for (const data of [plain, long, short, { ...plain, operation: null }, refused])
      expectSameRows(leafOf(type, data));
    expectSameRows(leafOf(type, plain, { prev: '', revision: '0' }));
  });

  it.each(ON_THE_TRAIL_ALONE)('is not parsed where it is plain: %s', (type) => {
    expect(Object.keys(decodeForViews(leafOf(type, plain))).includes('v')).toBe(false);
    expect(Object.keys(decodeForViews(leafOf(type, long))).includes('v')).toBe(false);
  });

  it('is on no other view', () => {
    for (const type of ON_THE_TRAIL_ALONE) {
      for (const data of [plain, long, refused]) {
        const rows = VIEWS.map((view) => view.rows(decodeEvent(leafOf(type, data))).length);
        expect(rows).toEqual(VIEWS.map(({ name }) => Number(name === 'audit-trail')));
      }
    }
  });

  it('is parsed where a key might be another', () => {
    const inner = { operation: 'use', operator: 'quicklid', subject: id };
    for (const at of ['basis', 'read', 'sources', 'zone']) {
      expectSameRows(leafOf('DataUsed', { ...plain, [at]: inner }));
      expectSameRows(leafOf('DataUsed', { ...plain, [at]: { inner } }));
      expectSameRows(leafOf('DataUsed', { ...plain, [at]: [inner] }));
      expectSameRows(leafOf('DataUsed', { ...plain, [at]: JSON.stringify(inner) }));
    }
    for (const cite of ['",}]', '"operation":"store","operator":"x",', '\\', '«б. 5»', '}{][']) {
      expectSameRows(leafOf('DataUsed', { ...plain, basis: { code: 'KZ-LAW', cite } }));
      expectSameRows(leafOf('DataUsed', { ...plain, operator: `a${cite}`, purpose: cite }));
    }
    for (const stream of ['access-akjet', 'subject-ә', 'subject-"'])
      expectSameRows(leafOf('DataUsed', plain, { stream }));
  });

  it('is refused like the whole event', () => {
    const newer = { actorRole: 'emitter', recordedAt: at, schemaVersion: '2' };
    const leaves = [
      leafOf('DataInvented', plain),
      leafOf('DataUsed', plain, { metadata: newer }),
      leafOf('DataUsed', plain).subarray(1),
      leafOf('DataUsed', plain).subarray(0, -1),
    ];
    for (const leaf of leaves) {
      expect(() => decodeEvent(leaf)).toThrow();
      expect(() => decodeForViews(leaf)).toThrow();
    }
  });
});

const at = '2026-03-02T09:00:00.000Z';
const short = { operator: 'akjet', subject };
const plain = {
  basis: { code: 'KZ-CONSENT', ref: id },
  categories: ['akjet:name', 'akjet:iin'],
  clauses: ['akjet:2.4', 'law:7(1)'],
  codes: [],
  facts: [],
  medium: 'automated',
  mode: 'enforce',
  occurredAt: '2026-03-02T09:00:00Z',
  operation: 'use',
  operator: 'akjet',
  policy: { hash, id: 'akjet', version: '2026-02-26' },
  purpose: 'akjet:5.2',
  read: { 'policy-akjet': '19' },
  regime: { hash, id: '2026-01-18' },
  subject,
  subjectKind: 'individual',
  verdict: 'lawful',
};
/** With what fields may be besides, behind the subject what is deep. */
const long = {
  ...plain,
  basis: { code: null, cite: 'Law 94-V, art. 9' },
  policy: null,
  purpose: null,
  recipient: null,
  read: {},
  thirdParties: { deep: [{ a: 1 }] },
};
const refused = { ...plain, code: 'NO_BASIS', codes: ['NO_BASIS'], verdict: 'refused' };

function leafOf(type: string, data: object, head: object = {}): Uint8Array {
  const metadata = { actor: id, actorRole: 'emitter', recordedAt: at, schemaVersion: '1' };
  const envelope = { id, ledgerId: id, prev: 'ab'.repeat(32), revision: '10', v: 1 };
  const event = { ...envelope, stream: `subject-${subject}`, type, data, metadata, ...head };
  return canonicalBytes(event as unknown as Parameters<typeof canonicalBytes>[0]);
}

function expectSameRows(leaf: Uint8Array): void {
  expect(rowsOf(decodeForViews(leaf))).toEqual(rowsOf(decodeEvent(leaf)));
}

function rowsOf(event: ReturnType<typeof decodeEvent>): readonly (readonly (readonly Cell[])[])[] {
  return VIEWS.map((view) => view.rows(event));
}
