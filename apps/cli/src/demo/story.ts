/** One step of the demo: an event of a backend, or a read by the officer. */
export type Step =
  | {
      readonly type: string;
      readonly of: string;
      readonly data: object;
      readonly text: string;
      /** Code that the gate is expected to say. */
      readonly refused?: string;
    }
  | {
      readonly read: string;
      readonly purpose: string;
      readonly text: string;
      readonly refused?: string;
    };

const CONSENT = { code: 'KZ-CONSENT' };
const PURPOSE = 'quicklid:3.1';
const CATEGORIES = ['quicklid:name', 'quicklid:iin', 'quicklid:phone'];
const terms = (purpose: string, categories: readonly string[], scopes: object = {}): object => ({
  purpose,
  categories,
  validUntil: '2031-01-01T00:00:00Z',
  thirdParties: false,
  crossBorder: false,
  publication: false,
  channel: 'OTHER_CONFIRMABLE',
  evidence: { kind: 'otp', language: 'kk' },
  ...scopes,
});
/** An operation on Айгүл's data. */
const on = (operation: string, more: object, text: string, refused?: string): Step => ({
  type: `operation.${operation}`,
  of: 'aigul',
  data: {
    purpose: PURPOSE,
    basis: CONSENT,
    medium: 'automated',
    categories: ['quicklid:name'],
    ...more,
  },
  text,
  ...(refused === undefined ? {} : { refused }),
});
const VALUES = {
  categories: undefined,
  dataSource: { kind: 'subject' },
  data: {
    'quicklid:name': 'Аманова Айгүл Қайратқызы',
    'quicklid:iin': '791119300072',
    'quicklid:phone': '+77000000001',
  },
};
const BANK = { recipient: 'bank' };
const AKJET = { purpose: 'akjet:5.2', basis: CONSENT, medium: 'automated' };

/** The steps, in order. */
export const STORY: readonly Step[] = [
  {
    type: 'subject.registered',
    of: 'aigul',
    data: { operator: 'quicklid', kind: 'individual' },
    text: 'Айгүл is registered with QuickLid',
  },
  on('collect', VALUES, 'collecting before consent', 'CONSENT_NOT_GIVEN'),
  {
    type: 'consent.given',
    of: 'aigul',
    data: terms(PURPOSE, CATEGORIES, { thirdParties: true, publication: true }),
    text: 'she consents to mediation, with third parties and publication',
  },
  on('collect', VALUES, 'collect: her name, IIN and phone are sealed'),
  on('record', {}, 'record'),
  on('systematise', {}, 'systematise'),
  on('accumulate', {}, 'accumulate'),
  on('store', {}, 'store'),
  on(
    'clarify',
    { ...VALUES, data: { 'quicklid:phone': '+77000000002' } },
    'clarify without a document',
    'EVIDENCE_MISSING',
  ),
  on(
    'clarify',
    { ...VALUES, data: { 'quicklid:phone': '+77000000002' }, evidence: { kind: 'document' } },
    'clarify: her new phone, on documentary grounds',
  ),
  {
    read: 'aigul',
    purpose: PURPOSE,
    text: 'retrieve: the officer reads, and the reading is recorded first',
  },
  on('use', {}, 'use'),
  on(
    'use',
    { categories: ['quicklid:device-data'] },
    'using device data for a loan',
    'CATEGORY_NOT_ADMITTED',
  ),
  on(
    'use',
    { basis: { code: 'POL-CONTRACT' } },
    '"because the contract says so"',
    'NO_LAWFUL_BASIS',
  ),
  on('provide', BANK, 'providing to a bank nobody registered', 'RECIPIENT_UNKNOWN'),
  {
    type: 'recipient.registered',
    of: 'bank',
    data: {
      operator: 'quicklid',
      name: 'Банк',
      class: 'quicklid:7.1.1',
      country: 'KZ',
      contractSha256: 'a'.repeat(64),
    },
    text: 'the bank is registered and bound by contract',
  },
  on('provide', BANK, 'provide to the bank'),
  on('grant-access', BANK, 'grant-access to the bank'),
  on(
    'disseminate',
    { channel: 'https://mega-zaim.kz/reviews' },
    'disseminate: a review on the site',
  ),
  on(
    'depersonalise',
    { strength: 'pseudonymous', method: 'keyed hash' },
    'depersonalise for a test set: still personal data',
  ),
  on('block', { categories: undefined, reason: 'she reports an error' }, 'block everything'),
  on('use', {}, 'using while blocked', 'BLOCKED'),
  on('unblock', { categories: undefined, reason: 'no error found' }, 'unblock'),
  on('delete', { categories: ['quicklid:phone'] }, 'delete the phone, logically'),
  on('use', { categories: ['quicklid:phone'] }, 'using what was deleted', 'DELETED'),
  {
    type: 'subject.registered',
    of: 'kairat',
    data: { operator: 'akjet', kind: 'individual-entrepreneur' },
    text: 'Қайрат is registered with AKJET',
  },
  {
    type: 'consent.given',
    of: 'kairat',
    data: terms('akjet:5.2', ['akjet:name', 'akjet:phone'], {
      crossBorder: true,
      thirdParties: true,
    }),
    text: 'he consents to registration, abroad too',
  },
  {
    type: 'operation.collect',
    of: 'kairat',
    data: {
      ...AKJET,
      dataSource: { kind: 'subject' },
      data: { 'akjet:name': 'Құсайынов Қайрат', 'akjet:phone': '+77000000003' },
    },
    text: 'collect for his account',
  },
  {
    type: 'operation.store',
    of: 'kairat',
    data: { ...AKJET, categories: ['akjet:name'], country: 'DE' },
    text: 'storing abroad',
    refused: 'STORAGE_OUTSIDE_KZ',
  },
  {
    type: 'operation.use',
    of: 'kairat',
    data: { ...AKJET, purpose: 'akjet:5.6-mailing', categories: ['akjet:phone'] },
    text: 'mailing without a consent of its own',
    refused: 'CONSENT_NOT_GIVEN',
  },
  {
    type: 'operation.forget',
    of: 'kairat',
    data: { categories: ['akjet:name'] },
    text: 'an operation nobody knows',
    refused: 'UNKNOWN_OPERATION',
  },
  {
    type: 'consent.withdrawn',
    of: 'aigul',
    data: { purpose: PURPOSE },
    text: 'Айгүл withdraws her consent',
  },
  on('use', {}, 'using after the withdrawal', 'CONSENT_WITHDRAWN'),
  {
    read: 'aigul',
    purpose: PURPOSE,
    text: 'reading after the withdrawal',
    refused: 'CONSENT_WITHDRAWN',
  },
];
