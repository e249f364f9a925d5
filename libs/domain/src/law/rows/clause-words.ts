import type { Trilingual } from '../../policy/policy.js';

/** The clauses of Law 94-V that refusals cite, in one sentence of our own (`law.md` §3–§4 is the reading). */
export const LAW_CLAUSE_WORDS: Readonly<Record<string, Trilingual>> = {
  '1(3)': {
    kk: 'Бұғаттау жинауды, өзгертуді, пайдалануды, таратуды, иесіздендіруді және жоюды уақытша тоқтатады.',
    ru: 'Блокирование временно останавливает сбор, изменение, использование, распространение, обезличивание и уничтожение.',
    en: 'A block pauses collecting, changing, using, passing on, depersonalising and destroying.',
  },
  '1(6)': {
    kk: 'Жойылған деректерді қалпына келтіру мүмкін емес.',
    ru: 'Уничтоженные данные нельзя восстановить.',
    en: 'What is destroyed cannot be restored.',
  },
  '1(12)': {
    kk: 'Өңдеу деп Заң санамалап берген әрекеттер ғана танылады.',
    ru: 'Обработкой считаются действия, которые перечислил Закон.',
    en: 'Processing is what the Law lists as such.',
  },
  '7(1)': {
    kk: 'Жалпы қағида — субъектінің келісімі, ерекшеліктерді Заңның өзі айтады.',
    ru: 'Общее правило — согласие субъекта; исключения называет сам Закон.',
    en: 'Consent of the subject is the rule; the Law itself names the exceptions.',
  },
  '7(3)': {
    kk: 'Көпшілікке жариялау үшін субъектінің келісімі керек.',
    ru: 'Для обнародования нужно согласие субъекта.',
    en: 'Publication needs the consent of the subject.',
  },
  '7(5)': {
    kk: 'Жарияланған деректерді үшінші тұлға дереккөзге сілтеме жасап қана пайдаланады.',
    ru: 'Обнародованное третьи лица берут только со ссылкой на источник.',
    en: 'Third parties reuse published data only with a link to the source.',
  },
  '7(6)': {
    kk: 'Шетелге беруге, жариялауға және үшінші тұлғаға беруге бөлек-бөлек келісім керек.',
    ru: 'Передача за рубеж, обнародование и передача третьим лицам требуют каждая своего согласия.',
    en: 'Sending abroad, publishing and giving to third parties each need a consent of their own.',
  },
  '7(8)': {
    kk: 'Өңдеу алдын ала жарияланған нақты мақсаттардан аспайды.',
    ru: 'Обработка не выходит за заранее объявленные конкретные цели.',
    en: 'Processing stays within purposes that were declared beforehand.',
  },
  '7(9)': {
    kk: 'Мақсатқа артық деректер өңделмейді.',
    ru: 'Избыточные для цели данные не обрабатываются.',
    en: 'Data beyond what the purpose needs are not processed.',
  },
  '8(1)': {
    kk: 'Келісім алынғанын растауға болатын нысанда беріледі.',
    ru: 'Согласие даётся в форме, которая позволяет подтвердить его получение.',
    en: 'Consent is given in a form that lets its receipt be confirmed.',
  },
  '8(5)': {
    kk: 'Келісім мақсатқа қажетті мерзімнен ұзаққа берілмейді.',
    ru: 'Согласие даётся не дольше, чем нужно для цели.',
    en: 'Consent lasts no longer than its purpose needs.',
  },
  '8(6)': {
    kk: 'Мерзімі аталмаған келісім мақсатқа жеткенше жарамды.',
    ru: 'Согласие без срока действует до достижения цели.',
    en: 'Consent without a term holds until the purpose is achieved.',
  },
  '8(7)': {
    kk: 'Қайтарып алу туралы хабарламадан кейін өңдеу тоқтатылады.',
    ru: 'После уведомления об отзыве обработка прекращается.',
    en: 'After notice of a withdrawal, processing stops.',
  },
  '9': {
    kk: 'Келісімсіз өңдеуге болатын жағдайлардың тізімі тұйық.',
    ru: 'Случаи обработки без согласия перечислены исчерпывающе.',
    en: 'The cases without consent form a closed list.',
  },
  '9(1)': {
    kk: 'Құқық қорғау органы мен сот деректерді келісімсіз өз өкілеттігі шегінде ғана алады.',
    ru: 'Правоохранительные органы и суды получают данные без согласия лишь по своим делам.',
    en: 'Law enforcement and courts get data without consent for their own proceedings only.',
  },
  '10(1)': {
    kk: 'Заң талаптарын орындағысы келмейтін немесе орындай алмайтын тұлғаға қолжетімділік берілмейді.',
    ru: 'Тому, кто не готов соблюдать требования Закона, доступ не открывают.',
    en: 'Whoever will not or cannot keep to the Law gets no access.',
  },
  '12(1)': {
    kk: 'Қажетті әрі жеткілікті деректер ғана жиналады.',
    ru: 'Собирают только необходимые и достаточные данные.',
    en: 'Only necessary and sufficient data are gathered.',
  },
  '12(2)': {
    kk: 'Деректер Қазақстандағы базада және мақсатқа жеткенше ғана сақталады.',
    ru: 'Данные хранят в базе на территории Казахстана и не дольше достижения цели.',
    en: 'Data are kept in a database in Kazakhstan, and no longer than the purpose.',
  },
  '13': {
    kk: 'Деректер өтініш бойынша немесе заң талап еткенде өзгертіледі.',
    ru: 'Данные меняют по обращению или когда этого требует закон.',
    en: 'Data are changed on request, or where a law demands it.',
  },
  '14': {
    kk: 'Деректер жарияланған мақсаттар үшін ғана пайдаланылады.',
    ru: 'Данные используют только для объявленных целей.',
    en: 'Data are used for the declared purposes only.',
  },
  '15': {
    kk: 'Тарату келісімге және жарияланған мақсатқа сүйенеді.',
    ru: 'Распространение опирается на согласие и объявленную цель.',
    en: 'Passing data on rests on consent and a declared purpose.',
  },
  '16': {
    kk: 'Деректер шетелге қорғау қамтамасыз етілсе немесе келісім, шарт, заң рұқсат берсе ғана шығады.',
    ru: 'За рубеж данные уходят туда, где их защищают, либо по согласию, договору государств или закону.',
    en: 'Data go abroad where they are protected, or by consent, treaty or law.',
  },
  '18': {
    kk: 'Сақтау мерзімі, қатынас немесе негіз аяқталғанда деректер жойылады.',
    ru: 'Данные уничтожают, когда закончился срок, отношения или основание.',
    en: 'Data are destroyed when the term, the relation or the basis has ended.',
  },
  '24(1)': {
    kk: 'Субъект өз деректері туралы білуге, оларды түзетуді, бұғаттауды және жоюды талап етуге құқылы.',
    ru: 'Субъект вправе знать о своих данных и требовать их изменения, блокирования и уничтожения.',
    en: 'The subject may know of the data and demand their change, blocking and destruction.',
  },
  '25(2)(1-1)': {
    kk: 'Оператор өңдеу саясатын бекітіп, оны ұстанады.',
    ru: 'Оператор утверждает политику обработки и следует ей.',
    en: 'The operator approves a policy of processing and keeps to it.',
  },
  '25(2)(5)': {
    kk: 'Келісімнің алынғанын оператор дәлелдейді.',
    ru: 'Получение согласия доказывает оператор.',
    en: 'Proving the consent is up to the operator.',
  },
  '25(2)(8)': {
    kk: 'Өзгерту, бұғаттау, бұғаттан шығару және жою бір жұмыс күні ішінде орындалады.',
    ru: 'Изменение, блокирование, разблокирование и уничтожение делаются за один рабочий день.',
    en: 'Changing, blocking, unblocking and destroying are due within one working day.',
  },
};
