import { operation, terms, type Chapter, type EventStep } from './step.js';

/** Her reference, as a backend knows it. */
export const AIGUL = 'aigul';
/** Why QuickLid handles her data: mediation between borrowers and lenders. */
export const PURPOSE = 'quicklid:3.1';

const CATEGORIES = ['quicklid:name', 'quicklid:iin', 'quicklid:phone'];
const BANK = { recipient: 'bank' };
const VALUES = {
  categories: undefined,
  dataSource: { kind: 'subject' },
  data: {
    'quicklid:name': 'Аманова Айгүл Қайратқызы',
    'quicklid:iin': '791119300072',
    'quicklid:phone': '+77000000001',
  },
};
const PHONE = { ...VALUES, data: { 'quicklid:phone': '+77000000002' } };

const on = (name: string, more: object, text: string, refused?: string): EventStep =>
  operation(
    AIGUL,
    name,
    {
      purpose: PURPOSE,
      basis: { code: 'KZ-CONSENT' },
      medium: 'automated',
      categories: ['quicklid:name'],
      ...more,
    },
    refused === undefined ? { text } : { text, refused },
  );

/** From her registration to the values that are used every day. */
export const DAILY: Chapter = {
  title: 'QuickLid: consent first, then the daily operations of clause 2.4',
  steps: [
    {
      type: 'subject.registered',
      of: AIGUL,
      data: { operator: 'quicklid', kind: 'individual' },
      text: 'Айгүл is registered with QuickLid',
    },
    on('collect', VALUES, 'collecting before she consents', 'CONSENT_NOT_GIVEN'),
    {
      type: 'consent.given',
      of: AIGUL,
      data: terms(PURPOSE, CATEGORIES, { thirdParties: true, publication: true }),
      text: 'she consents to mediation, extending to third parties and publication',
    },
    on('collect', VALUES, 'collect: her name, IIN and phone are sealed'),
    on('record', {}, 'record'),
    on('systematise', {}, 'systematise'),
    on('accumulate', {}, 'accumulate'),
    on('store', {}, 'store'),
    on('clarify', PHONE, 'clarifying without a document', 'EVIDENCE_MISSING'),
    on('clarify', { ...PHONE, evidence: { kind: 'document' } }, 'clarify: her new phone'),
    on('use', {}, 'use'),
    on(
      'use',
      { categories: ['quicklid:device-data'] },
      'using data of her device for a loan',
      'CATEGORY_NOT_ADMITTED',
    ),
    on(
      'use',
      { basis: { code: 'POL-CONTRACT' } },
      '“because the contract says so”',
      'NO_LAWFUL_BASIS',
    ),
  ],
};

/** What the officer asks for. */
export const READING: Chapter = {
  title: 'A read is recorded before it is answered',
  steps: [
    { read: AIGUL, purpose: PURPOSE, text: 'retrieve: the officer reads' },
    {
      read: AIGUL,
      purpose: 'quicklid:3.8',
      text: 'reading for marketing that she never agreed to',
      refused: 'CONSENT_NOT_GIVEN',
    },
  ],
};

/** To whom her data go. */
export const TRANSFERS: Chapter = {
  title: 'Transfers: only to whom is known and bound',
  steps: [
    on('provide', BANK, 'providing to a bank that nobody registered', 'RECIPIENT_UNKNOWN'),
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
    on('disseminate', { channel: 'https://mega-zaim.kz/reviews' }, 'disseminate: a review'),
  ],
};

/** What protects her. */
export const PROTECTION: Chapter = {
  title: 'Depersonalise, block, unblock, delete',
  steps: [
    on(
      'depersonalise',
      { strength: 'pseudonymous', method: 'keyed hash' },
      'depersonalise for a test set: still personal data',
    ),
    on('block', { categories: undefined, reason: 'she reports an error' }, 'block everything'),
    on('use', {}, 'using while blocked', 'BLOCKED'),
    on('unblock', { categories: undefined, reason: 'no error found' }, 'unblock'),
    on('delete', { categories: ['quicklid:phone'] }, 'delete the phone: logically, it is kept'),
    on('use', { categories: ['quicklid:phone'] }, 'using what was deleted', 'DELETED'),
  ],
};

/** Her change of mind. */
export const WITHDRAWAL: Chapter = {
  title: 'Айгүл withdraws',
  steps: [
    {
      type: 'consent.withdrawn',
      of: AIGUL,
      data: { purpose: PURPOSE },
      text: 'she withdraws her consent',
    },
    on('use', {}, 'using after the withdrawal', 'CONSENT_WITHDRAWN'),
    {
      read: AIGUL,
      purpose: PURPOSE,
      categories: ['quicklid:name'],
      text: 'reading after the withdrawal',
      refused: 'CONSENT_WITHDRAWN',
    },
  ],
};
