import type { BasisRow } from '../law.js';
import { DAY, SINCE_ENTRY } from './in-force.js';

const OBLIGATION = ['dpv:LegalObligation'];
const PUBLIC_INTEREST = ['dpv:PublicInterest'];

const CITED = {
  inForce: SINCE_ENTRY,
  status: 'confirmed',
  requires: ['citation'],
  use: 'basis',
  dpv: OBLIGATION,
} as const;

/** The closed list of processing without consent (Law 94-V art. 9; `law.md` §7). Each row demands act:article. */
export const ARTICLE_9_BASES: readonly BasisRow[] = [
  {
    ...CITED,
    code: 'KZ-9.1',
    clause: '9(1)',
    requires: ['citation', 'reasoned-request'],
    dpv: ['dpv:LegalObligation', 'dpv:OfficialAuthorityOfController'],
    name: {
      kk: 'Құқық қорғау органдары мен соттардың қызметі, әкімшілік және атқарушылық іс жүргізу',
      ru: 'Деятельность правоохранительных органов и судов, административное и исполнительное производство',
      en: 'Work of law enforcement and courts, administrative and enforcement proceedings',
    },
  },
  {
    ...CITED,
    code: 'KZ-9.2',
    clause: '9(2)',
    dpv: PUBLIC_INTEREST,
    name: {
      kk: 'Мемлекеттік статистикалық қызмет',
      ru: 'Государственная статистическая деятельность',
      en: 'State statistics',
    },
  },
  {
    ...CITED,
    code: 'KZ-9.2-1',
    clause: '9(2-1)',
    dpv: PUBLIC_INTEREST,
    name: { kk: 'Әскери есепке алу', ru: 'Воинский учёт', en: 'Military register' },
  },
  {
    ...CITED,
    code: 'KZ-9.3',
    clause: '9(3)',
    requires: ['citation', 'evidence'],
    dpv: PUBLIC_INTEREST,
    name: {
      kk: 'Мемлекеттік органдардың иесіздендірілген деректерді статистикалық мақсатта пайдалануы',
      ru: 'Использование обезличенных данных государственными органами для статистики',
      en: 'Statistics of state bodies on anonymised data',
    },
  },
  {
    ...CITED,
    code: 'KZ-9.4',
    clause: '9(4)',
    name: {
      kk: 'Ратификацияланған халықаралық шартты орындау',
      ru: 'Исполнение ратифицированного международного договора',
      en: 'Performance of a ratified treaty',
    },
  },
  {
    ...CITED,
    code: 'KZ-9.5',
    clause: '9(5)',
    requires: ['citation', 'evidence'],
    dpv: ['dpv:VitalInterest'],
    name: {
      kk: 'Келісім алу мүмкін болмаған кезде конституциялық құқықтар мен бостандықтарды қорғау',
      ru: 'Защита конституционных прав и свобод, когда согласие получить невозможно',
      en: 'Protection of constitutional rights and freedoms when consent is impossible',
    },
  },
  {
    ...CITED,
    code: 'KZ-9.5-1',
    clause: '9(5-1)',
    name: {
      kk: 'Бірыңғай жинақтаушы зейнетақы қорының қызметі',
      ru: 'Деятельность единого накопительного пенсионного фонда',
      en: 'Work of the unified accumulative pension fund',
    },
  },
  {
    ...CITED,
    code: 'KZ-9.6',
    clause: '9(6)',
    dpv: PUBLIC_INTEREST,
    name: {
      kk: 'Журналистік, ғылыми және шығармашылық қызмет',
      ru: 'Журналистская, научная и творческая деятельность',
      en: 'Journalism, science and art',
    },
  },
  {
    ...CITED,
    code: 'KZ-9.7',
    clause: '9(7)',
    name: {
      kk: 'Заң бойынша міндетті жариялау',
      ru: 'Опубликование, обязательное по закону',
      en: 'Publication required by law',
    },
  },
  {
    ...CITED,
    code: 'KZ-9.8',
    clause: '9(8)',
    requires: ['citation', 'evidence'],
    name: {
      kk: 'Субъектінің заңда белгіленген деректерді беру міндетін орындамауы',
      ru: 'Неисполнение субъектом установленной законом обязанности предоставить данные',
      en: 'Failure of the subject to supply data as a law demands',
    },
  },
  {
    ...CITED,
    code: 'KZ-9.9',
    clause: '9(9)',
    name: {
      kk: 'Қаржы нарығын реттеуші уәкілетті органның ақпарат алуы',
      ru: 'Получение сведений уполномоченным органом по регулированию финансового рынка',
      en: 'Information for the regulator of the financial market',
    },
  },
  {
    ...CITED,
    code: 'KZ-9.9-1',
    clause: '9(9-1)',
    name: {
      kk: 'Мемлекеттік кіріс органдарының салықтық және кедендік әкімшілендіруі',
      ru: 'Налоговое и таможенное администрирование органами государственных доходов',
      en: 'Tax and customs administration',
    },
  },
  {
    ...CITED,
    code: 'KZ-9.9-2',
    clause: '9(9-2)',
    name: {
      kk: 'Ұлттық резервтік платформада көшірмелерді сақтау',
      ru: 'Хранение копий на национальной резервной платформе',
      en: 'Copies kept on the national backup platform',
    },
  },
  {
    ...CITED,
    code: 'KZ-9.9-3',
    clause: '9(9-3)',
    name: {
      kk: 'Бизнес-әріптестер тізілімін жүргізу',
      ru: 'Ведение реестра бизнес-партнёров',
      en: 'Register of business partners',
    },
  },
  {
    ...CITED,
    code: 'KZ-9.9-4',
    clause: '9(9-4)',
    name: {
      kk: 'Азаматтың банкроттығы: өтініш берілгеннен бастап, алдыңғы үш жыл үшін',
      ru: 'Банкротство гражданина: с подачи заявления, за три предыдущих года',
      en: 'Bankruptcy of a citizen: from the application, three years back',
    },
  },
  {
    ...CITED,
    code: 'KZ-9.9-5',
    clause: '9(9-5)',
    inForce: { from: DAY.digitalCode },
    status: 'secondary',
    disabled: true,
    dpv: [],
    name: {
      kk: '256-VIII Заңымен қосылған негіз; мәтіні оқылмаған',
      ru: 'Основание, добавленное Законом 256-VIII; текст не прочитан',
      en: 'Basis added by Law 256-VIII; the text is unread',
    },
  },
  {
    ...CITED,
    code: 'KZ-9.10',
    clause: '9(10)',
    name: {
      kk: 'Заңдарда белгіленген өзге де жағдайлар',
      ru: 'Иные случаи, установленные законами',
      en: 'Other cases set by laws',
    },
  },
];
