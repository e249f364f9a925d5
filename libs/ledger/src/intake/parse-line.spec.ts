import { describe, expect, it } from '@jest/globals';
import { plainToInstance, type ClassConstructor } from 'class-transformer';
import { validateSync } from 'class-validator';
import fc from 'fast-check';
import { OperationBody, RegisterSubjectBody } from './body.dto.js';
import { quickCheck } from './checker.js';
import { ConsentBody } from './consent.dto.js';
import { parseLine } from './parse-line.js';

const MARKER = 'Айгүл791119300072';
const envelope = {
  specversion: '1.0',
  id: '1',
  source: 'urn:loans',
  subject: 'case-1',
  time: '2024-09-30T19:45:13Z',
};
const event = (type: string, data: unknown, more: object = {}): string =>
  JSON.stringify({ ...envelope, type: `kz.pdl.${type}.v1`, data, ...more });
const registration = {
  operator: 'quicklid',
  kind: 'individual',
  identifiers: [{ scheme: 'KZ-IIN', value: MARKER }],
};
const consent = {
  purpose: 'quicklid:3.1',
  categories: ['quicklid:name'],
  thirdParties: false,
  crossBorder: false,
  publication: false,
  channel: 'WRITTEN',
  evidence: { kind: 'otp', language: 'kk' },
};
const collect = {
  purpose: 'quicklid:3.1',
  basis: { code: 'KZ-CONSENT' },
  data: { 'quicklid:name': MARKER },
  dataSource: { kind: 'subject' },
};
const use = { purpose: 'quicklid:3.1', categories: ['quicklid:name'] };
const nested = (depth: number): string => `${'['.repeat(depth)}${']'.repeat(depth)}`;

/** What, the line, the code, the path. */
const BAD: readonly (readonly [string, string | Uint8Array, string, string])[] = [
  ['no JSON', `{"id": ${MARKER}`, 'INVALID_JSON', ''],
  [
    'a time before the years of four digits, in Greenwich',
    event('operation.use', use, { time: '0000-01-01T00:00:00+05:00' }),
    'INVALID_REQUEST',
    'time',
  ],
  [
    'a term after them',
    event('consent.given', { ...consent, validUntil: '9999-12-31T23:59:59-05:00' }),
    'INVALID_REQUEST',
    'data.validUntil',
  ],
  ['an empty object', '{}', 'INVALID_REQUEST', 'specversion'],
  ['a list', '[]', 'INVALID_REQUEST', ''],
  ['a text', `"${MARKER}"`, 'INVALID_REQUEST', ''],
  ['bytes that are not UTF-8', Uint8Array.of(0x7b, 0xff, 0x7d), 'INVALID_ENCODING', ''],
  [
    'a NUL',
    event('operation.collect', { ...collect, data: { 'quicklid:name': `${MARKER}\0` } }),
    'INVALID_ENCODING',
    '',
  ],
  [
    'a lone surrogate',
    event('operation.collect', collect).replace(MARKER, '\\ud800'),
    'INVALID_ENCODING',
    '',
  ],
  ['a line of 10 MB', ' '.repeat(10_000_000), 'TOO_LARGE', ''],
  ['a depth bomb', nested(100_000), 'TOO_DEEP', ''],
  [
    'a thousand keys and one',
    JSON.stringify(Object.fromEntries(Array.from({ length: 1001 }, (_, n) => [`k${n}`, 1]))),
    'TOO_MANY_KEYS',
    '',
  ],
  ['__proto__', `{"__proto__":{"x":"${MARKER}"}}`, 'FORBIDDEN_KEY', ''],
  ['constructor', `{"a":{"constructor":"${MARKER}"}}`, 'FORBIDDEN_KEY', ''],
  ['a key twice', `{"id":"1","id":"${MARKER}"}`, 'DUPLICATE_KEY', ''],
  ['a byte order mark', `\ufeff${event('operation.use', use)}`, 'INVALID_JSON', ''],
  [
    'another spec version',
    event('operation.use', use, { specversion: '2.0' }),
    'INVALID_REQUEST',
    'specversion',
  ],
  ['an id that is a number', event('operation.use', use, { id: 1 }), 'INVALID_REQUEST', 'id'],
  ['no subject', event('operation.use', use, { subject: undefined }), 'INVALID_REQUEST', 'subject'],
  [
    'a time without zone',
    event('operation.use', use, { time: '2024-09-30T19:45:13' }),
    'INVALID_REQUEST',
    'time',
  ],
  [
    'no such day',
    event('operation.use', use, { time: '2024-09-31T99:00:00Z' }),
    'INVALID_REQUEST',
    'time',
  ],
  ['a null', event('operation.use', { ...use, country: null }), 'INVALID_REQUEST', 'data'],
  [
    'a type of somebody else',
    event('x', {}, { type: 'com.example.thing' }),
    'INVALID_REQUEST',
    'type',
  ],
  ['a type nobody knows', event('consent.forgotten', {}), 'INVALID_REQUEST', 'type'],
  [
    'an extension attribute',
    event('operation.use', use, { traceparent: MARKER }),
    'INVALID_REQUEST',
    '',
  ],
  ['data that is a text', event('operation.use', MARKER), 'INVALID_REQUEST', 'data'],
  ['an unknown field', event('operation.use', { ...use, [MARKER]: 1 }), 'INVALID_REQUEST', 'data'],
  [
    'a purpose in words',
    event('operation.use', { ...use, purpose: MARKER }),
    'INVALID_REQUEST',
    'data.purpose',
  ],
  [
    'categories that are a text',
    event('operation.use', { ...use, categories: MARKER }),
    'INVALID_REQUEST',
    'data.categories',
  ],
  [
    'no categories',
    event('operation.use', { purpose: 'quicklid:3.1' }),
    'INVALID_REQUEST',
    'data.categories',
  ],
  [
    'values in a use',
    event('operation.use', { ...use, data: { 'quicklid:name': MARKER } }),
    'INVALID_REQUEST',
    'data.data',
  ],
  [
    'a collection of nothing',
    event('operation.collect', { ...collect, data: {} }),
    'INVALID_REQUEST',
    'data.data',
  ],
  [
    'a value that is a number',
    event('operation.collect', { ...collect, data: { 'quicklid:iin': 791119300072 } }),
    'INVALID_REQUEST',
    'data.data',
  ],
  [
    'a value under a name',
    event('operation.collect', { ...collect, data: { [MARKER]: 'x' } }),
    'INVALID_REQUEST',
    'data.data',
  ],
  [
    'a country in words',
    event('operation.use', { ...use, country: 'Kazakhstan' }),
    'INVALID_REQUEST',
    'data.country',
  ],
  [
    'several recipients of what happens once',
    event('operation.use', { ...use, recipient: ['a', 'b'] }),
    'INVALID_REQUEST',
    'data.recipient',
  ],
  [
    'a recipient that is a number',
    event('operation.provide', { ...use, recipient: 5 }),
    'INVALID_REQUEST',
    'data.recipient',
  ],
  [
    'a source nobody knows',
    event('operation.collect', { ...collect, dataSource: { kind: MARKER } }),
    'INVALID_REQUEST',
    'data.dataSource.kind',
  ],
  [
    'an operator in words',
    event('subject.registered', { ...registration, operator: MARKER }),
    'INVALID_REQUEST',
    'data.operator',
  ],
  [
    'a scheme nobody knows',
    event('subject.registered', { ...registration, identifiers: [{ scheme: MARKER, value: '1' }] }),
    'INVALID_REQUEST',
    'data.identifiers.0.scheme',
  ],
  [
    'a channel nobody knows',
    event('consent.given', { ...consent, channel: MARKER }),
    'INVALID_REQUEST',
    'data.channel',
  ],
  [
    'a scope that is a text',
    event('consent.given', { ...consent, thirdParties: 'yes' }),
    'INVALID_REQUEST',
    'data.thirdParties',
  ],
  [
    'a hash that is none',
    event('consent.given', { ...consent, evidence: { kind: 'otp', textSha256: MARKER } }),
    'INVALID_REQUEST',
    'data.evidence.textSha256',
  ],
  [
    'a consent that is no id',
    event('operation.use', { ...use, basis: { code: 'KZ-CONSENT', ref: MARKER } }),
    'INVALID_REQUEST',
    'data.basis.ref',
  ],
  ['a withdrawal of nothing', event('consent.withdrawn', {}), 'INVALID_REQUEST', 'data'],
  ['a hold without reason', event('hold.placed', {}), 'INVALID_REQUEST', 'data.reason'],
];

describe('a line', () => {
  it.each(BAD)(
    'of %s is refused, by name and place, without what it said',
    (_what, line, code, path) => {
      const bytes = typeof line === 'string' ? new TextEncoder().encode(line) : line;
      const parsed = parseLine(bytes);
      const [first] = parsed.ok ? [] : parsed.faults;
      expect(first).toMatchObject({ code, path });
      expect(JSON.stringify(parsed)).not.toContain(MARKER);
    },
  );

  it.each([
    ['an envelope at fault', event('nonsense', use), '1'],
    ['an unknown field beside it', event('operation.use', use, { [MARKER]: 1 }), '1'],
    ['a body at fault', event('operation.use', {}), '1'],
    ['an id at fault', event('operation.use', use, { id: 'x'.repeat(257) }), undefined],
    ['no id', event('operation.use', use, { id: null }), undefined],
    ['no object', '[]', undefined],
  ])('with %s is told by its id, if it has one', (_what, line, id) => {
    const parsed = parseLine(new TextEncoder().encode(line));
    expect(parsed).toMatchObject({ ok: false });
    expect('id' in parsed ? parsed.id : undefined).toBe(id);
  });

  it.each([
    ['subject.registered', registration, 'register-subject'],
    ['consent.given', consent, 'record-consent'],
    ['consent.withdrawn', { purpose: 'quicklid:3.1' }, 'withdraw-consent'],
    ['operation.collect', collect, 'operate'],
    ['operation.use', use, 'operate'],
    ['operation.block', { reason: 'x' }, 'operate'],
    ['operation.teleport', use, 'operate'],
    ['contract.started', { contract: 'k-1' }, 'note-contract'],
    ['purpose.achieved', { purpose: 'quicklid:3.1' }, 'achieve-purpose'],
    ['hold.placed', { reason: 'court' }, 'note-hold'],
    ['request.received', { kind: 'information', channel: 'e-mail' }, 'receive-request'],
    [
      'recipient.registered',
      { operator: 'akjet', name: 'Bank', class: 'akjet:7.5', country: 'KZ' },
      'register-recipient',
    ],
  ])('of %s is taken', (type, data, kind) => {
    expect(parseLine(new TextEncoder().encode(event(type, data)))).toMatchObject({
      ok: true,
      submission: { reference: 'case-1', command: { kind } },
    });
  });
});

describe('the quick check', () => {
  const odd = fc.oneof(
    fc.constantFrom(
      '',
      ' ',
      '\ufe0f',
      '\ud83d\ude00',
      'quicklid:name',
      'KZ',
      'x'.repeat(5000),
      [],
      {},
      0,
      true,
      undefined,
    ),
    fc.jsonValue(),
  );

  it.each([
    ['registration', RegisterSubjectBody, registration],
    ['consent', ConsentBody, consent],
    ['operation', OperationBody, { ...collect, medium: 'manual', country: 'KZ' }],
  ] as const)('never takes a %s that class-validator refuses', (_name, type, good) => {
    const quick = quickCheck(type);
    expect(quick?.(good)).toBe(true);
    const mutated = fc.record({ key: fc.constantFrom(...Object.keys(good), 'extra'), value: odd });
    fc.assert(
      fc.property(fc.array(mutated, { minLength: 1, maxLength: 2 }), (changes) => {
        const body = {
          ...good,
          ...Object.fromEntries(changes.map(({ key, value }) => [key, value])),
        };
        if (quick?.(body) !== true) return;
        const options = { whitelist: true, forbidNonWhitelisted: true, forbidUnknownValues: true };
        const instance: object = plainToInstance(type as ClassConstructor<object>, body);
        expect(validateSync(instance, options)).toEqual([]);
      }),
      { numRuns: 4000 },
    );
  });
});
