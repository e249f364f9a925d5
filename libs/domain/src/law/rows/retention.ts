import type { RetentionRow } from '../law.js';
import { DAY, SINCE_ENTRY } from './in-force.js';

const KNOWN = { inForce: SINCE_ENTRY, status: 'confirmed', term: null } as const;

/**
 * How long the law lets or makes data be kept (`law.md` §9). A policy's own term is no row of the law; neither is a term that was only
 * remembered (personnel files, anti-laundering files).
 */
export const RETENTION: readonly RetentionRow[] = [
  {
    ...KNOWN,
    code: 'R-PURPOSE',
    clause: '12(2)',
    trigger: 'PurposeAchieved',
    name: {
      kk: 'Мақсатқа жеткенге дейін',
      ru: 'До достижения цели',
      en: 'Until the purpose is achieved',
    },
  },
  {
    ...KNOWN,
    code: 'R-RELATION',
    clause: '18(2)',
    trigger: 'ContractEnded',
    name: {
      kk: 'Құқықтық қатынастар тоқтағанға дейін',
      ru: 'До прекращения правоотношений',
      en: 'Until legal relations end',
    },
  },
  {
    ...KNOWN,
    code: 'R-CONSENT',
    clause: '8(5)',
    inForce: { from: DAY.act231 },
    trigger: 'ConsentExpired',
    name: {
      kk: 'Келісім мерзімі өткенге немесе қайтарып алу орындалғанға дейін',
      ru: 'До истечения согласия или исполнения отзыва',
      en: 'Until consent expires or its withdrawal is carried out',
    },
  },
  {
    ...KNOWN,
    code: 'R-TAX',
    clause: 'tax-code-2026:206(3)',
    // The Code is of 2026; the day stands for the first change of the Law in that year.
    inForce: { from: DAY.act231, approximate: true },
    status: 'secondary',
    trigger: 'RetentionExpired',
    term: 'P5Y',
    name: {
      kk: 'Салықтық есепке алу құжаттары: кемінде бес жыл',
      ru: 'Документы налогового учёта: не менее пяти лет',
      en: 'Tax records: at least five years',
    },
  },
  {
    ...KNOWN,
    code: 'R-ACC',
    clause: 'accounting:11',
    status: 'secondary',
    trigger: 'RetentionExpired',
    name: {
      kk: 'Бастапқы есепке алу құжаттары: заңнамада белгіленген мерзім',
      ru: 'Первичные учётные документы: срок по законодательству',
      en: 'Primary accounting documents: the legislated term',
    },
  },
  {
    ...KNOWN,
    code: 'R-CLAIM',
    clause: 'gk:178(1)',
    status: 'reading',
    trigger: 'ContractEnded',
    term: 'P3Y',
    name: {
      kk: 'Талап қою мерзімі: дәлелдерді сақтауға негіз, міндет емес',
      ru: 'Исковая давность: довод хранить доказательства, не обязанность',
      en: 'Limitation of claims: a reason to keep evidence, not a mandate',
    },
  },
  {
    ...KNOWN,
    code: 'R-AD',
    clause: 'advertising:16',
    status: 'secondary',
    trigger: 'RetentionExpired',
    term: 'P1Y',
    name: {
      kk: 'Жарнама материалдары: соңғы таратылғаннан кейін бір жыл',
      ru: 'Рекламные материалы: год после последнего распространения',
      en: 'Advertising materials: one year after they were last spread',
    },
  },
  {
    ...KNOWN,
    code: 'R-FIN',
    clause: 'banking',
    status: 'secondary',
    trigger: 'RetentionExpired',
    name: {
      kk: 'Банктік және кредиттік құжаттар: арнайы заң бойынша',
      ru: 'Банковские и кредитные документы: по специальному закону',
      en: 'Bank and credit records: as the special law says',
    },
  },
  {
    ...KNOWN,
    code: 'R-LOCK',
    clause: 'dc:41(3)',
    inForce: { from: DAY.digitalCode },
    trigger: 'RetentionExpired',
    name: {
      kk: 'Міндетті сақтау кезіндегі субъектінің талабы: пайдаланусыз шектеу',
      ru: 'Требование субъекта при обязательном хранении: ограничение без использования',
      en: "The subject's demand under compulsory retention: restricted, no use",
    },
  },
  {
    ...KNOWN,
    code: 'R-HOLD',
    clause: '1(3)',
    trigger: 'HoldReleased',
    name: {
      kk: 'Бұғаттау, дау, сот немесе орган: босатылғанға дейін',
      ru: 'Блокирование, спор, суд или орган: до снятия',
      en: 'Block, dispute, court or authority: until released',
    },
  },
  {
    ...KNOWN,
    code: 'R-EVID',
    clause: '25(2)(5)',
    status: 'reading',
    trigger: 'DataDestroyed',
    term: 'P3Y',
    name: {
      kk: 'Келісім мен жоюдың дәлелдері: Заңда мерзім жоқ, үш жыл ұсынылады',
      ru: 'Доказательства согласия и уничтожения: срока в Законе нет, предложено три года',
      en: 'Proof of consent and destruction: no term in the Law, three years proposed',
    },
  },
  {
    ...KNOWN,
    code: 'R-BACKUP',
    clause: '22(2)',
    trigger: 'DataDestroyed',
    name: {
      kk: 'Көшірмелер, журналдар және үшінші тұлғалардағы көшірмелер негізгі деректермен бірге',
      ru: 'Копии, журналы и копии у третьих лиц: вместе с основными данными',
      en: 'Copies, logs and copies of third parties: together with the primary data',
    },
  },
];
