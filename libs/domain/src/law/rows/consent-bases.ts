import type { BasisRow } from '../law.js';
import { DAY, SINCE_ENTRY } from './in-force.js';

const CONSENT_TERMS = ['dpv:Consent', 'dpv:InformedConsent', 'dpv:ExplicitlyExpressedConsent'];

const SCOPE = {
  inForce: SINCE_ENTRY,
  status: 'confirmed',
  requires: ['consent'],
  use: 'consent-scope',
  dpv: CONSENT_TERMS,
} as const;

/** Consent (art. 7–8), the actions that each need a consent of their own, and the re-use of published data (`law.md` §7). */
export const CONSENT_BASES: readonly BasisRow[] = [
  {
    ...SCOPE,
    code: 'KZ-CONSENT',
    clause: '7(1)',
    use: 'basis',
    name: {
      kk: 'Субъектінің дербес деректерді жинауға және өңдеуге келісімі',
      ru: 'Согласие субъекта на сбор и обработку персональных данных',
      en: 'Consent of the subject to collection and processing',
    },
  },
  {
    ...SCOPE,
    code: 'KZ-CONSENT-3P',
    clause: '7(6)',
    name: {
      kk: 'Дербес деректерді үшінші тұлғаларға беруге келісім',
      ru: 'Согласие на передачу персональных данных третьим лицам',
      en: 'Consent to transfer to third parties',
    },
  },
  {
    ...SCOPE,
    code: 'KZ-CONSENT-XB',
    clause: '16(3)(1)',
    dpv: [...CONSENT_TERMS, 'dpv:DataTransferLegalBasis'],
    name: {
      kk: 'Дербес деректерді трансшекаралық беруге келісім',
      ru: 'Согласие на трансграничную передачу персональных данных',
      en: 'Consent to transfer across the border',
    },
  },
  {
    ...SCOPE,
    code: 'KZ-CONSENT-PUB',
    clause: '7(3)',
    name: {
      kk: 'Дербес деректерді жалпыға бірдей қолжетімді дереккөздерде таратуға келісім',
      ru: 'Согласие на распространение персональных данных в общедоступных источниках',
      en: 'Consent to publication in public sources',
    },
  },
  {
    ...SCOPE,
    code: 'KZ-CONSENT-AUTO',
    clause: '19-1(1)',
    inForce: { from: DAY.act231 },
    name: {
      kk: 'Құқықтарға әсер ететін шешімдерді автоматтандырылған өңдеу негізінде қабылдауға келісім',
      ru: 'Согласие на решения о правах, принимаемые на основе автоматизированной обработки',
      en: 'Consent to decisions on rights made by automated processing',
    },
  },
  {
    ...SCOPE,
    code: 'KZ-CONSENT-BIO',
    clause: '7(12)',
    inForce: { from: DAY.act231 },
    name: {
      kk: 'Қоғамдық орындарда биометриялық деректерді жинауға келісім',
      ru: 'Согласие на сбор биометрических данных в общественных местах',
      en: 'Consent to collection of biometric data in public places',
    },
  },
  {
    code: 'KZ-7.5-REUSE',
    clause: '7(5)',
    inForce: SINCE_ENTRY,
    status: 'confirmed',
    requires: ['evidence'],
    use: 'source',
    dpv: ['dpv:PublicDataSource'],
    name: {
      kk: 'Жалпыға бірдей қолжетімді дереккөзден алынған деректерді оған сілтеме жасап пайдалану',
      ru: 'Использование данных из общедоступного источника со ссылкой на него',
      en: 'Re-use of data from a public source with a link to it',
    },
  },
];
