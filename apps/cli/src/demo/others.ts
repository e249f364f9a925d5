import { operation, terms, type Chapter, type Step } from './step.js';

const SIGN_UP = { purpose: 'akjet:5.2', basis: { code: 'KZ-CONSENT' }, medium: 'automated' };
const FROM_HIM = { dataSource: { kind: 'subject' } };
const LOAN = { purpose: 'quicklid:3.1', basis: { code: 'KZ-CONSENT' }, medium: 'automated' };

const registered = (of: string, operator: string, kind: string, text: string): Step => ({
  type: 'subject.registered',
  of,
  data: { operator, kind },
  text,
});

/** People under the other policy, and one whom nobody asked. */
export const OTHERS: Chapter = {
  title: 'AKJET, another policy: the same gate, other answers',
  steps: [
    registered('kairat', 'akjet', 'individual-entrepreneur', 'Қайрат, an entrepreneur, signs up'),
    {
      type: 'consent.given',
      of: 'kairat',
      data: terms('akjet:5.2', ['akjet:name', 'akjet:phone'], {
        crossBorder: true,
        thirdParties: true,
      }),
      text: 'he consents to registration, abroad too',
    },
    operation(
      'kairat',
      'collect',
      {
        ...SIGN_UP,
        ...FROM_HIM,
        data: { 'akjet:name': 'Құсайынов Қайрат', 'akjet:phone': '+77000000003' },
      },
      { text: 'collect for his account' },
    ),
    operation(
      'kairat',
      'store',
      { ...SIGN_UP, categories: ['akjet:name'], country: 'DE' },
      { text: 'storing abroad', refused: 'STORAGE_OUTSIDE_KZ' },
    ),
    operation(
      'kairat',
      'use',
      { ...SIGN_UP, purpose: 'akjet:5.6-mailing', categories: ['akjet:phone'] },
      { text: 'mailing without a consent of its own', refused: 'CONSENT_NOT_GIVEN' },
    ),
    operation(
      'kairat',
      'forget',
      { categories: ['akjet:name'] },
      { text: 'an operation nobody knows', refused: 'UNKNOWN_OPERATION' },
    ),
    registered('saule', 'akjet', 'authorised-person', 'Сәуле, who acts for a company, signs up'),
    operation(
      'saule',
      'collect',
      { ...SIGN_UP, ...FROM_HIM, data: { 'akjet:medical-book': '№ 17' } },
      { text: 'collecting her medical book', refused: 'CATEGORY_NOT_FOR_SUBJECT_KIND' },
    ),
    registered('erlan', 'quicklid', 'individual', 'Ерлан opens the QuickLid site'),
    {
      type: 'consent.given',
      of: 'erlan',
      data: terms('quicklid:3.1', ['quicklid:name'], { evidence: { kind: 'implied' } }),
      text: '“using the site is consenting” (QuickLid 5.3): a claim, which opens nothing',
    },
    operation(
      'erlan',
      'collect',
      { ...LOAN, ...FROM_HIM, data: { 'quicklid:name': 'Сейітов Ерлан' } },
      { text: 'collecting on such a claim', refused: 'CONSENT_UNPROVEN' },
    ),
    registered('nurlan', 'akjet', 'individual', 'Нұрлан works through AKJET'),
    {
      type: 'hold.placed',
      of: 'nurlan',
      data: { reason: 'his pay is disputed in court' },
      text: 'his data are held as evidence',
    },
    operation(
      'nurlan',
      'destroy',
      { ground: 'KZ-24.1.5', act: 'act 7/2026' },
      { text: 'destroying evidence, on a ground that nothing shows', refused: 'HOLD_IN_FORCE' },
    ),
  ],
};
