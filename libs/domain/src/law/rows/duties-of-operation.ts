import type { DutyRow } from '../law.js';
import { DAY, SINCE_347, SINCE_96, SINCE_ENTRY } from './in-force.js';

const LEGAL = { inForce: SINCE_ENTRY, status: 'confirmed', severity: 'LAW' } as const;
const DESTROY = { ...LEGAL, clause: '25(2)(8)', workingDays: 1 } as const;

/** Duties that arise without a request: destruction, breaches, registers (`law.md` §6, numbers 5, 7, 8, 14, 17–20). */
export const OPERATION_DUTIES: readonly DutyRow[] = [
  {
    ...DESTROY,
    code: 'D-DESTROY-VIOLATION',
    trigger: 'ViolationDetected',
    name: {
      kk: 'Бұзушылық расталғанда деректерді жою',
      ru: 'Уничтожить данные при подтверждённом нарушении',
      en: 'Destroy the data on a confirmed violation',
    },
  },
  {
    ...DESTROY,
    code: 'D-DESTROY-RETENTION',
    status: 'reading',
    trigger: 'RetentionExpired',
    name: {
      kk: 'Сақтау мерзімі өткен соң деректерді жою (18-бап, 1-тармақша)',
      ru: 'Уничтожить данные по истечении срока хранения (ст. 18(1))',
      en: 'Destroy the data when retention has expired (art. 18(1))',
    },
  },
  {
    ...DESTROY,
    code: 'D-DESTROY-PURPOSE',
    clause: '25(2)(4)',
    status: 'reading',
    trigger: 'PurposeAchieved',
    name: {
      kk: 'Мақсатқа жеткен соң деректерді жою',
      ru: 'Уничтожить данные при достижении цели',
      en: 'Destroy the data when the purpose is achieved',
    },
  },
  {
    ...DESTROY,
    code: 'D-DESTROY-RELATION',
    status: 'reading',
    trigger: 'ContractEnded',
    name: {
      kk: 'Құқықтық қатынастар тоқтағанда деректерді жою (18-бап, 2-тармақша)',
      ru: 'Уничтожить данные при прекращении правоотношений (ст. 18(2))',
      en: 'Destroy the data when legal relations end (art. 18(2))',
    },
  },
  {
    ...DESTROY,
    code: 'D-DESTROY-COURT',
    status: 'reading',
    trigger: 'AuthorityRequestReceived',
    name: {
      kk: 'Заңды күшіне енген сот шешімі бойынша деректерді жою (18-бап, 3-тармақша)',
      ru: 'Уничтожить данные по вступившему в силу решению суда (ст. 18(3))',
      en: 'Destroy the data on a court decision in force (art. 18(3))',
    },
  },
  {
    ...LEGAL,
    code: 'D-BREACH-AUTHORITY',
    clause: '25(2)(8)',
    inForce: { from: DAY.act44Breach },
    trigger: 'IncidentDetected',
    workingDays: 1,
    name: {
      kk: 'Қауіпсіздіктің бұзылуы туралы уәкілетті органға хабарлау',
      ru: 'Уведомить уполномоченный орган о нарушении безопасности',
      en: 'Report a security breach to the authorised body',
    },
  },
  {
    ...LEGAL,
    code: 'D-BREACH-SUBJECTS',
    clause: '27-1(1)(6-2)',
    inForce: { from: DAY.act44Breach, approximate: true },
    trigger: 'BreachReported',
    workingDays: null,
    name: {
      kk: 'Субъектілерді хабардар ету үшін олардың тізімін беру',
      ru: 'Передать список субъектов для их оповещения',
      en: 'Submit the list of subjects who are to be told',
    },
  },
  {
    ...LEGAL,
    code: 'D-LEAK',
    clause: 'dc:17(7)',
    inForce: { from: DAY.digitalCode },
    trigger: 'IncidentDetected',
    workingDays: null,
    name: {
      kk: 'Ашық қолжетімділікке тараған деректерді дереу алып тастау және органдарға хабарлау',
      ru: 'Немедленно удалить утёкшие в открытый доступ данные и уведомить органы',
      en: 'Remove leaked data from open access at once and notify the bodies',
    },
  },
  {
    ...LEGAL,
    code: 'D-CONSENT-END',
    clause: '8(5)',
    inForce: { from: DAY.act231 },
    trigger: 'ConsentExpired',
    workingDays: null,
    name: {
      kk: 'Келісім мерзімі өткенде өңдеуді бірден тоқтату',
      ru: 'Сразу прекратить обработку по истечении срока согласия',
      en: 'Stop processing at once when the term of consent ends',
    },
  },
  {
    ...LEGAL,
    code: 'D-PROCESSING-NOTICE',
    clause: '10-1',
    inForce: { from: DAY.act326 },
    status: 'secondary',
    trigger: 'OperatorRegistered',
    workingDays: null,
    name: {
      kk: 'Өңдеуді бастар және тоқтатар алдында уәкілетті органға хабарлау',
      ru: 'Уведомить уполномоченный орган до начала и до прекращения обработки',
      en: 'Notify the authorised body before processing starts and before it ceases',
    },
  },
  {
    ...LEGAL,
    code: 'D-DATA-LIST',
    clause: '25(2)(1)',
    trigger: 'OperatorRegistered',
    workingDays: null,
    name: {
      kk: 'Дербес деректердің тізбесін бекіту',
      ru: 'Утвердить перечень персональных данных',
      en: 'Approve the list of personal data',
    },
  },
  {
    ...LEGAL,
    code: 'D-RESPONSIBLE-PERSON',
    clause: '25(2)(10)',
    inForce: SINCE_347,
    trigger: 'OperatorRegistered',
    workingDays: null,
    name: {
      kk: 'Өңдеуді ұйымдастыруға жауапты тұлғаны тағайындау',
      ru: 'Назначить лицо, ответственное за организацию обработки',
      en: 'Appoint a person responsible for processing',
    },
  },
  {
    ...LEGAL,
    code: 'D-POLICY',
    clause: '25(2)(1-1)',
    inForce: SINCE_96,
    trigger: 'OperatorRegistered',
    workingDays: null,
    name: {
      kk: 'Дербес деректер саласындағы саясатты бекіту',
      ru: 'Утвердить политику в отношении персональных данных',
      en: 'Approve a policy on personal data',
    },
  },
  {
    ...LEGAL,
    code: 'D-REGISTER',
    clause: '22(1)(5)',
    inForce: SINCE_96,
    trigger: 'DataProvided',
    workingDays: null,
    name: {
      kk: 'Келісім мерзімін, беруді, трансшекаралық беруді және таратуды есепке алу',
      ru: 'Учитывать срок согласия, передачу, трансграничную передачу и распространение',
      en: 'Register the term of consent, transfer, cross-border transfer and publication',
    },
  },
];
