import type { DutyRow } from '../law.js';
import { DAY, SINCE_347, SINCE_96, SINCE_ENTRY } from './in-force.js';

const LEGAL = { inForce: SINCE_ENTRY, status: 'confirmed', severity: 'LAW' } as const;
const BLOCKING = 'RequestReceived:blocking';

/**
 * Duties of an answer to a person or a body (`law.md` §6, numbers 1–6, 9–13, 15, 16). A trigger is an event of the ledger, with the kind
 * of the request behind a colon. No row stands where the text of a time is unread.
 */
export const REQUEST_DUTIES: readonly DutyRow[] = [
  {
    ...LEGAL,
    code: 'D-INFORM',
    clause: '25(2)(6)',
    inForce: { ...SINCE_347, until: DAY.act96 },
    trigger: 'RequestReceived:information',
    workingDays: 3,
    name: {
      kk: 'Субъектіге оның деректері туралы хабарлау',
      ru: 'Сообщить субъекту о его данных',
      en: 'Inform the subject about the data',
    },
  },
  {
    ...LEGAL,
    code: 'D-INFORM',
    clause: 'rules-395:16',
    inForce: SINCE_96,
    status: 'secondary',
    trigger: 'RequestReceived:information',
    workingDays: 3,
    name: {
      kk: 'Субъектіге оның деректері туралы хабарлау',
      ru: 'Сообщить субъекту о его данных',
      en: 'Inform the subject about the data',
    },
  },
  {
    ...LEGAL,
    code: 'D-REFUSE',
    clause: '25(2)(7)',
    inForce: { ...SINCE_347, until: DAY.act96 },
    trigger: 'RequestReceived:information',
    workingDays: 3,
    name: {
      kk: 'Хабарлаудан бас тартуды уәждеу',
      ru: 'Мотивировать отказ в сообщении сведений',
      en: 'Give reasons for a refusal to inform',
    },
  },
  {
    ...LEGAL,
    code: 'D-REFUSE',
    clause: 'rules-395:16',
    inForce: SINCE_96,
    status: 'secondary',
    trigger: 'RequestReceived:information',
    workingDays: 3,
    name: {
      kk: 'Хабарлаудан бас тартуды уәждеу',
      ru: 'Мотивировать отказ в сообщении сведений',
      en: 'Give reasons for a refusal to inform',
    },
  },
  {
    ...LEGAL,
    code: 'D-RECTIFY',
    clause: '25(2)(8)',
    trigger: 'RequestReceived:clarification',
    workingDays: 1,
    name: {
      kk: 'Деректерді өзгерту, толықтыру немесе бұл мүмкін болмаса жою',
      ru: 'Изменить, дополнить или, если это невозможно, уничтожить данные',
      en: 'Change or supplement the data, or destroy them where that is impossible',
    },
  },
  {
    ...LEGAL,
    code: 'D-BLOCK',
    clause: '25(2)(8)',
    trigger: BLOCKING,
    workingDays: 1,
    name: {
      kk: 'Бұзушылық туралы ақпарат бойынша деректерді бұғаттау',
      ru: 'Блокировать данные при информации о нарушении',
      en: 'Block the data on information of a violation',
    },
  },
  {
    ...LEGAL,
    code: 'D-UNBLOCK',
    clause: '25(2)(8)',
    trigger: 'RequestAnswered:blocking',
    workingDays: 1,
    name: {
      kk: 'Бұзушылық расталмаса, деректерді бұғаттан шығару',
      ru: 'Снять блокирование, если нарушение не подтверждено',
      en: 'Unblock the data when the violation is not confirmed',
    },
  },
  {
    ...LEGAL,
    code: 'D-WITHDRAWAL',
    clause: '24(1)(5)',
    inForce: { ...SINCE_ENTRY, until: DAY.act231 },
    trigger: 'ConsentWithdrawn',
    workingDays: null,
    name: {
      kk: 'Келісім қайтарып алынғаннан кейін өңдеуді тоқтату',
      ru: 'Прекратить обработку после отзыва согласия',
      en: 'Stop processing after a withdrawal',
    },
  },
  {
    ...LEGAL,
    code: 'D-WITHDRAWAL',
    clause: '8(7)',
    inForce: { from: DAY.act231 },
    trigger: 'ConsentWithdrawn',
    workingDays: 15,
    name: {
      kk: 'Келісім қайтарып алынғаннан кейін өңдеуді тоқтату немесе уәжді бас тарту',
      ru: 'Прекратить обработку после отзыва согласия или мотивированно отказать',
      en: 'Stop processing after a withdrawal, or refuse with reasons',
    },
  },
  {
    ...LEGAL,
    code: 'D-PUBLIC-REMOVAL',
    clause: '6',
    trigger: 'RequestReceived:destruction',
    workingDays: 1,
    name: {
      kk: 'Заңсыз жиналған деректерді жалпыға бірдей қолжетімді дереккөздерден алып тастау',
      ru: 'Исключить незаконно собранные данные из общедоступных источников',
      en: 'Remove unlawfully collected data from public sources',
    },
  },
  {
    ...LEGAL,
    code: 'D-OBJECTION',
    clause: '19-1(3)',
    inForce: { from: DAY.act231 },
    trigger: 'RequestReceived:objection',
    workingDays: 3,
    name: {
      kk: 'Автоматтандырылған өңдеуге қарсылықты қарау және хабарлау',
      ru: 'Рассмотреть возражение против автоматизированной обработки и уведомить',
      en: 'Decide an objection to automated processing and notify',
    },
  },
  {
    ...LEGAL,
    code: 'D-TRANSFER-NOTICE',
    clause: '19(1)',
    trigger: 'DataProvided',
    workingDays: 10,
    name: {
      kk: 'Үшінші тұлғаға беру туралы субъектіге хабарлау, егер бұл келісілген болса',
      ru: 'Уведомить субъекта о передаче третьему лицу, если это согласовано',
      en: 'Notify the subject of a transfer to a third party, if so agreed',
    },
  },
  {
    // The Code names no number: the fifteen days are the answer of an official, so missing them breaks no law by itself.
    code: 'D-ERASURE-DEMAND',
    clause: 'dc:41',
    inForce: { from: DAY.digitalCode },
    status: 'secondary',
    severity: 'POLICY',
    trigger: 'RequestReceived:destruction',
    workingDays: 15,
    name: {
      kk: 'Деректерді жою, анонимдеу немесе шектеу талабын қарау',
      ru: 'Рассмотреть требование об удалении, анонимизации или ограничении данных',
      en: 'Decide a demand for deletion, anonymisation or restriction',
    },
  },
  {
    ...LEGAL,
    code: 'D-AUTHORITY-ANSWER',
    clause: '25(2)(3-1)',
    inForce: SINCE_96,
    status: 'reading',
    trigger: 'AuthorityRequestReceived',
    workingDays: null,
    name: {
      kk: 'Уәкілетті органның сұрау салуына жауап беру',
      ru: 'Ответить на запрос уполномоченного органа',
      en: 'Answer a request of the authorised body',
    },
  },
  {
    ...LEGAL,
    code: 'D-AUTHORITY-ORDER',
    clause: '27-1(1)(5)',
    inForce: SINCE_347,
    status: 'reading',
    trigger: 'AuthorityRequestReceived',
    workingDays: 1,
    name: {
      kk: 'Органның нақтылау, бұғаттау немесе жою талабын орындау, егер ол өзге мерзім белгілемесе',
      ru: 'Исполнить требование органа об уточнении, блокировании или уничтожении, если он не назвал срок',
      en: 'Carry out an order to clarify, block or destroy, unless it names a term',
    },
  },
];
