/** A text that no answer may repeat. */
export const BAD_NAME = 'зызмарк Айгүл';
const NAME = BAD_NAME;
const PURPOSE = 'quicklid:3.1';

/** A registration; `known` is the reference of one who is registered. */
export const person = (reference: string, id: string, more: object = {}): object => ({
  specversion: '1.0',
  id,
  source: 'urn:bad',
  subject: reference,
  time: '2024-09-30T19:45:13Z',
  type: 'kz.pdl.subject.registered.v1',
  data: { operator: 'quicklid', kind: 'individual' },
  ...more,
});
const operation = (id: string, name: string, data: object, more: object = {}): object =>
  person('known', id, {
    type: `kz.pdl.operation.${name}.v1`,
    data: { purpose: PURPOSE, basis: { code: 'KZ-CONSENT' }, medium: 'automated', ...data },
    ...more,
  });
/** A collection from the known person. */
export const collect = (id: string, data: object, more: object = {}): object =>
  operation(id, 'collect', { data, dataSource: { kind: 'subject' } }, more);

/** Terms of a consent without the hash of its text. */
export const CONSENT = {
  purpose: PURPOSE,
  categories: ['quicklid:name'],
  thirdParties: false,
  crossBorder: false,
  publication: false,
  channel: 'OTHER_CONFIRMABLE',
  evidence: { kind: 'otp' },
};
const OTHER_KIND = { data: { operator: 'quicklid', kind: 'employee' } };

/** Bytes of a line, and the code that it must get: of a fault, or of a refusal. */
export const BAD_LINES: readonly (readonly [string, string | Buffer, string])[] = [
  ['malformed JSON', `{"name":"${NAME}"`, 'INVALID_JSON'],
  ['another JSON value', '42', 'INVALID_REQUEST'],
  ['a NUL', `{"name":"${NAME}\\u0000"}`, 'INVALID_ENCODING'],
  ['a lone surrogate', `{"name":"${NAME}\\ud800"}`, 'INVALID_ENCODING'],
  ['bytes that are not UTF-8', Buffer.from([0x7b, 0xff, 0xfe, 0x7d]), 'INVALID_ENCODING'],
  ['UTF-16', Buffer.from(JSON.stringify({ name: NAME }).replaceAll('\n', ''), 'utf16le'), ''],
  ['a byte order mark', `\ufeff${JSON.stringify(person('bom', 'bom'))}`, 'INVALID_JSON'],
  ['a prototype key', `{"__proto__":{"name":"${NAME}"}}`, 'FORBIDDEN_KEY'],
  ['a key twice', `{"id":"1","id":"${NAME}"}`, 'DUPLICATE_KEY'],
  ['a depth bomb', `${'['.repeat(5_000)}${']'.repeat(5_000)}`, 'TOO_DEEP'],
  ['a line of 10 MB', `{"name":"${NAME.repeat(400_000)}"}`, 'TOO_LARGE'],
  ['an unknown field', JSON.stringify({ ...person('x', 'x1'), [NAME]: NAME }), 'INVALID_REQUEST'],
  ['a wrong type', JSON.stringify({ ...person('x', 'x2'), id: 7 }), 'INVALID_REQUEST'],
  [
    'a day that is none',
    JSON.stringify(person('x', 'x3', { time: '2024-02-31T00:00:00Z' })),
    'INVALID_REQUEST',
  ],
  [
    'a term that is no day',
    JSON.stringify(
      person('known', 'x3-1', {
        type: 'kz.pdl.consent.given.v1',
        data: { ...CONSENT, validUntil: '2029-02-29T00:00:00Z' },
      }),
    ),
    'INVALID_REQUEST',
  ],
  [
    'a date in the future',
    JSON.stringify(person('x', 'x4', { time: '2999-01-01T00:00:00Z' })),
    'INVALID_REQUEST',
  ],
  [
    'an unknown operator',
    JSON.stringify(person('x', 'x5', { data: { operator: 'nobody', kind: 'individual' } })),
    'INVALID_REQUEST',
  ],
  [
    'an unknown kind',
    JSON.stringify(person('x', 'x6', { data: { operator: 'quicklid', kind: 'robot' } })),
    'INVALID_REQUEST',
  ],
  [
    'an identifier with a wrong check digit',
    JSON.stringify(
      person('x', 'x7', {
        data: {
          operator: 'quicklid',
          kind: 'individual',
          identifiers: [{ scheme: 'KZ-IIN', value: '791119300073' }],
        },
      }),
    ),
    'INVALID_VALUE',
  ],
  ['another prototype key', '{"constructor":{"prototype":{}}}', 'FORBIDDEN_KEY'],
  ['nothing at all', '{}', 'INVALID_REQUEST'],
  ['a list', JSON.stringify([person('x', 'x6-0')]), 'INVALID_REQUEST'],
  ['a line cut off', JSON.stringify(person('x', NAME)).slice(0, -9), 'INVALID_JSON'],
  [
    'an unknown type',
    JSON.stringify(person('x', 'x6-1', { type: 'kz.pdl.subject.invented.v1' })),
    'INVALID_REQUEST',
  ],
  [
    'an unknown scheme',
    JSON.stringify(
      person('x', 'x6-2', {
        data: {
          operator: 'quicklid',
          kind: 'individual',
          identifiers: [{ scheme: 'SHOE', value: NAME }],
        },
      }),
    ),
    'INVALID_REQUEST',
  ],
  [
    'a time without a zone',
    JSON.stringify(person('x', 'x6-3', { time: '2024-09-30T19:45:13' })),
    'INVALID_REQUEST',
  ],
  [
    'a category that is a prototype key',
    JSON.stringify(collect('x6-4', {})).replace('"data":{}', '"data":{"__proto__":"x"}'),
    'FORBIDDEN_KEY',
  ],
  [
    'a recipient of a class that another operator has',
    JSON.stringify(
      person('bank', 'x6-6', {
        type: 'kz.pdl.recipient.registered.v1',
        data: { operator: 'quicklid', name: NAME, class: 'akjet:7.5', country: 'KZ' },
      }),
    ),
    'INVALID_REQUEST',
  ],
  ['one reference of two people', JSON.stringify(person('known', 'x6-5', OTHER_KIND)), 'CONFLICT'],
  [
    'a value with a wrong check digit',
    JSON.stringify(collect('x8', { 'quicklid:iin': '791119300073' })),
    'INVALID_VALUE',
  ],
  [
    'a value that is no text',
    JSON.stringify(collect('x9', { 'quicklid:name': { of: NAME } })),
    'INVALID_REQUEST',
  ],
  [
    'an unknown subject',
    JSON.stringify(collect('x10', { 'quicklid:name': NAME }, { subject: NAME })),
    'NOT_FOUND',
  ],
  [
    'an unknown purpose',
    JSON.stringify(collect('x11', { 'quicklid:name': NAME })).replace(PURPOSE, 'quicklid:9.9'),
    'PURPOSE_NOT_DECLARED',
  ],
  [
    'an unknown category',
    JSON.stringify(operation('x12', 'use', { categories: ['quicklid:shoe-size'] })),
    'CATEGORY_NOT_FOR_SUBJECT_KIND',
  ],
  [
    'an unknown operation',
    JSON.stringify(operation('x13', 'sell', { categories: ['quicklid:name'] })),
    'UNKNOWN_OPERATION',
  ],
  [
    'an unknown basis',
    JSON.stringify(
      operation('x14', 'use', { categories: ['quicklid:name'], basis: { code: 'KZ-99' } }),
    ),
    'NO_LAWFUL_BASIS',
  ],
];
