import type { Trilingual } from '#domain';

/** Headings and single words of what people read. */
export const LABELS = {
  refused: { kk: 'Бас тартылды', ru: 'Отказано', en: 'Refused' },
  operator: { kk: 'Оператор', ru: 'Оператор', en: 'Operator' },
  text: { kk: 'Мәтін', ru: 'Текст', en: 'Text' },
  inForceFrom: { kk: 'Күшіне енген уақыты', ru: 'Действует с', en: 'In force from' },
  kinds: { kk: 'Субъектілердің түрлері', ru: 'Виды субъектов', en: 'Kinds of subjects' },
  purposes: { kk: 'Мақсаттар', ru: 'Цели', en: 'Purposes' },
  categories: { kk: 'Деректердің түрлері', ru: 'Категории данных', en: 'Categories of data' },
  admitted: {
    kk: 'Мақсат пен субъект түріне жол берілетін деректер',
    ru: 'Что допускается: цель и вид субъекта',
    en: 'What is admitted, by purpose and kind of subject',
  },
  bases: { kk: 'Негіздер', ru: 'Основания', en: 'Bases' },
  recipients: { kk: 'Алушылар', ru: 'Получатели', en: 'Recipients' },
  retention: { kk: 'Сақтау', ru: 'Хранение', en: 'Retention' },
  profile: {
    kk: 'Заңнан айырмашылығы (Заң басым)',
    ru: 'Отличия от Закона (решает Закон)',
    en: 'Where it differs from the Law (the Law decides)',
  },
  contradictions: {
    kk: 'Қайшылықтар мен шешімдер (⛔ шешімсіз күшіне енбейді)',
    ru: 'Противоречия и решения (⛔ без решения в силу не вступит)',
    en: 'Contradictions and rulings (⛔ not in force without one)',
  },
  noRuling: { kk: 'шешім жоқ', ru: 'решения нет', en: 'no ruling' },
  clauses: { kk: 'Тармақтар', ru: 'Пункты', en: 'Clauses' },
  everything: { kk: 'түгел', ru: 'всё', en: 'everything' },
  nothing: { kk: 'ештеңе', ru: 'ничего', en: 'nothing' },
  certificate: {
    kk: 'Жою туралы куәлік',
    ru: 'Свидетельство об уничтожении',
    en: 'Certificate of destruction',
  },
  stage: { kk: 'Кезең', ru: 'Стадия', en: 'Stage' },
  shredded: {
    kk: 'кілт жойылды; «түпкілікті» деп тек барлық тасымалдағыш расталғанда айтылады',
    ru: 'ключ уничтожен; «окончательно» говорят, лишь когда подтверждён каждый носитель',
    en: 'the key is gone; “final” is said only when every carrier is attested',
  },
  subject: { kk: 'Субъект', ru: 'Субъект', en: 'Subject' },
  scope: { kk: 'Көлемі', ru: 'Объём', en: 'Scope' },
  ordered: { kk: 'Бұйрық', ru: 'Приказано', en: 'Ordered' },
  destroyed: { kk: 'Жойылды', ru: 'Уничтожено', en: 'Destroyed' },
  method: { kk: 'Тәсілі', ru: 'Способ', en: 'Method' },
  retained: { kk: 'Қалғаны', ru: 'Сохранено', en: 'Retained' },
  retainedItems: {
    kk: 'субъектінің нөмірі, оқиғалардың түрлері, деректердің атаулары, уақыты, алушылар',
    ru: 'номер субъекта, виды событий, названия категорий, времена, получатели',
    en: 'subject id, types of events, categories, times, recipients',
  },
  epoch: { kk: 'Кілт дәуірі', ru: 'Эпоха ключей', en: 'Key epoch' },
  wouldDo: {
    kk: 'Жоюға болады; --dry-run: ештеңе жазылған да, жойылған да жоқ.',
    ru: 'Уничтожить можно; --dry-run: ничего не записано и не уничтожено.',
    en: 'The destruction would be lawful; --dry-run: nothing was recorded or destroyed.',
  },
} as const satisfies Readonly<Record<string, Trilingual>>;
