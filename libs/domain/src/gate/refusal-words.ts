import type { Trilingual } from '../policy/policy.js';
import type { RefusalCode } from './refusal-codes.js';

/** Each refusal code in one sentence of each language: what stands in the way, never whose data. */
export const REFUSAL_WORDS: Readonly<Record<RefusalCode, Trilingual>> = {
  UNKNOWN_OPERATION: {
    kk: 'Мұндай операция он алты операцияның қатарында жоқ.',
    ru: 'Такой операции нет среди шестнадцати.',
    en: 'This is none of the sixteen operations.',
  },
  DESTROYED: {
    kk: 'Деректер жойылды немесе оларды жоюға бұйрық берілді.',
    ru: 'Данные уничтожены или приказано их уничтожить.',
    en: 'The data are destroyed, or their destruction is ordered.',
  },
  POLICY_NOT_ACTIVE: {
    kk: 'Ол сәтте саясаттың бірде-бір нұсқасы күшінде болмаған.',
    ru: 'В тот момент не действовала ни одна версия политики.',
    en: 'No version of the policy was in force at that moment.',
  },
  PURPOSE_NOT_DECLARED: {
    kk: 'Саясатта мұндай мақсат жарияланбаған.',
    ru: 'Политика не объявляла такой цели.',
    en: 'The policy declares no such purpose.',
  },
  CATEGORY_NOT_FOR_SUBJECT_KIND: {
    kk: 'Саясат субъектінің бұл түрі үшін мұндай деректерді атамайды.',
    ru: 'Для этого вида субъектов политика таких данных не называет.',
    en: 'The policy names no such data for this kind of subject.',
  },
  CATEGORY_NOT_ADMITTED: {
    kk: 'Бұл деректер аталған мақсатқа керек емес.',
    ru: 'Для этой цели такие данные не нужны.',
    en: 'The purpose does not need these data.',
  },
  DELETED: {
    kk: 'Деректер өшірілген және қайта жиналмаған.',
    ru: 'Данные удалены и заново не собраны.',
    en: 'The data were deleted and not collected again.',
  },
  BLOCKED: {
    kk: 'Деректер бұғатталған: бұғат алынғанша оларға тиюге болмайды.',
    ru: 'Данные заблокированы: до снятия блока их не трогают.',
    en: 'The data are blocked: nothing touches them until they are unblocked.',
  },
  HOLD_IN_FORCE: {
    kk: 'Деректер дәлел ретінде сақталуда: оларды жоюға болмайды.',
    ru: 'Данные удержаны как доказательство: терять их нельзя.',
    en: 'The data are held as evidence and must not be lost.',
  },
  RETENTION_EXPIRED: {
    kk: 'Сақтау мерзімі өтіп кеткен.',
    ru: 'Срок хранения истёк.',
    en: 'The time for keeping the data is over.',
  },
  SOURCE_NOT_PERMITTED: {
    kk: 'Мұндай дереккөзге жол берілмейді немесе оның растамасы жоқ.',
    ru: 'Такой источник не допускается или не подтверждён.',
    en: 'The source is not permitted, or nothing supports it.',
  },
  STORAGE_OUTSIDE_KZ: {
    kk: 'Деректер Қазақстан аумағында сақталуы тиіс.',
    ru: 'Данные должны храниться на территории Казахстана.',
    en: 'The data must be kept on the territory of Kazakhstan.',
  },
  NO_LAWFUL_BASIS: {
    kk: 'Заңды негіз көрсетілмеген; шарт пен жарғы негіз болмайды.',
    ru: 'Не названо законное основание; договор и устав им не служат.',
    en: 'No lawful basis is named; a contract or a charter is none.',
  },
  BASIS_EVIDENCE_MISSING: {
    kk: 'Негіздің актісі мен бабы немесе растамасы жоқ.',
    ru: 'Основанию недостаёт акта и статьи или подтверждения.',
    en: 'The basis lacks its act and article, or its evidence.',
  },
  CONSENT_WITHDRAWN: {
    kk: 'Келісім қайтарып алынған.',
    ru: 'Согласие отозвано.',
    en: 'The consent was withdrawn.',
  },
  CONSENT_EXPIRED: {
    kk: 'Келісімнің мерзімі біткен.',
    ru: 'Срок согласия закончился.',
    en: 'The consent has expired.',
  },
  CONSENT_UNPROVEN: {
    kk: 'Келісімнің берілгені дәлелденбеген: қызметті пайдалану келісім емес.',
    ru: 'Согласие не доказано: пользование услугой им не является.',
    en: 'The consent is unproven: using the service is not consenting.',
  },
  CONSENT_NOT_GIVEN: {
    kk: 'Мақсат пен барлық деректерді қамтитын бірде-бір келісім жоқ.',
    ru: 'Нет согласия, которое охватывает цель и все данные.',
    en: 'No one consent covers the purpose and all of the data.',
  },
  RECIPIENT_UNKNOWN: {
    kk: 'Алушы тіркелмеген.',
    ru: 'Получатель не зарегистрирован.',
    en: 'The recipient is not registered.',
  },
  RECIPIENT_NOT_BOUND: {
    kk: 'Алушы деректерді қорғауға шартпен міндеттелмеген.',
    ru: 'Получатель не связан договором о защите данных.',
    en: 'No contract binds the recipient to protect the data.',
  },
  REASONED_REQUEST_MISSING: {
    kk: 'Органның нөмірі мен негізі бар дәлелді сұратуы жоқ.',
    ru: 'Нет мотивированного запроса органа с номером и основаниями.',
    en: 'The reasoned request of the body, with reference and grounds, is missing.',
  },
  CROSS_BORDER_NOT_PERMITTED: {
    kk: 'Деректерді шетелге беруге рұқсат жоқ.',
    ru: 'Передача данных за рубеж не разрешена.',
    en: 'Sending the data abroad is not permitted.',
  },
  THIRD_PARTY_CONSENT_MISSING: {
    kk: 'Келісім үшінші тұлғаларға беруді қамтымайды.',
    ru: 'Согласие не охватывает передачу третьим лицам.',
    en: 'The consent does not extend to third parties.',
  },
  DISSEMINATION_CONSENT_MISSING: {
    kk: 'Келісім жариялауды қамтымайды.',
    ru: 'Согласие не охватывает обнародование.',
    en: 'The consent does not extend to publication.',
  },
  EVIDENCE_MISSING: {
    kk: 'Осы әрекет талап ететін құжат, тәсіл немесе акт жоқ.',
    ru: 'Нет документа, способа или акта, которых требует это действие.',
    en: 'The document, method or act that this step demands is missing.',
  },
  RULING_MISSING: {
    kk: 'Саясаттағы қайшылық бойынша шешім шығарылмаған.',
    ru: 'По противоречию политики не вынесено решение.',
    en: 'A contradiction of the policy is not ruled on.',
  },
};
