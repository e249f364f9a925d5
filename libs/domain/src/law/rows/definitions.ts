import type { DefinitionRow } from '../law.js';
import { DAY, SINCE_ENTRY } from './in-force.js';

const KNOWN = { inForce: SINCE_ENTRY, status: 'confirmed' } as const;
const PERSONAL_DATA = { kk: 'дербес деректер', ru: 'персональные данные' };

/**
 * Terms of art. 1 in their own meaning, which decides over a policy's word (`law.md` §3). Logic keys on `term`, never on the Kazakh
 * word: «жою» is destruction in the Law and deletion in a policy.
 */
export const DEFINITIONS: readonly DefinitionRow[] = [
  {
    term: 'personal-data',
    clause: '1(2)',
    inForce: { ...SINCE_ENTRY, until: DAY.act231 },
    status: 'reading',
    words: PERSONAL_DATA,
    meaning: {
      kk: 'Айқындалған немесе айқындалатын субъектіге қатысты, жеткізгіште тіркелген мәліметтер',
      ru: 'Сведения об определённом или определяемом субъекте, закреплённые на носителе',
      en: 'Data on a determined or determinable subject, fixed on a medium',
    },
    dpv: ['dpv:PersonalData'],
  },
  {
    term: 'personal-data',
    clause: '1(2)',
    inForce: { from: DAY.act231, until: DAY.act326 },
    status: 'confirmed',
    words: PERSONAL_DATA,
    meaning: {
      kk: 'Биометриялық деректерді қоса алғанда, субъектіге қатысты, жеткізгіште тіркелген мәліметтер',
      ru: 'Сведения о субъекте, включая биометрические, закреплённые на носителе',
      en: 'Data on a subject, biometric data included, fixed on a medium',
    },
    dpv: ['dpv:PersonalData'],
  },
  {
    term: 'personal-data',
    clause: '1(2)',
    inForce: { from: DAY.act326 },
    status: 'secondary',
    words: PERSONAL_DATA,
    meaning: {
      kk: 'Субъектіні сәйкестендіргіші бойынша айқындауға болатын мәліметтер, биометриялық деректерді қоса алғанда',
      ru: 'Сведения, по которым субъект определим, в том числе по идентификатору, включая биометрические',
      en: 'Data by which a subject can be determined, also by an identifier, biometric data included',
    },
    dpv: ['dpv:PersonalData'],
  },
  {
    ...KNOWN,
    term: 'blocking',
    clause: '1(3)',
    words: { kk: 'бұғаттау', ru: 'блокирование' },
    meaning: {
      kk: 'Жинауды, өңдеуді, иесіздендіруді және жоюды уақытша тоқтату; сақтау жалғасады',
      ru: 'Временное прекращение сбора, обработки, обезличивания и уничтожения; хранение продолжается',
      en: 'Temporary stop of collection, processing, anonymisation and destruction; storage goes on',
    },
    dpv: ['dpv:Restrict'],
  },
  {
    ...KNOWN,
    term: 'destruction',
    clause: '1(6)',
    words: { kk: 'жою', ru: 'уничтожение' },
    meaning: {
      kk: 'Деректерді қалпына келтіру мүмкін болмайтын әрекеттер',
      ru: 'Действия, после которых восстановить данные невозможно',
      en: 'Acts after which the data cannot be restored',
    },
    dpv: ['dpv:Destruct', 'dpv:Erase'],
  },
  {
    ...KNOWN,
    term: 'depersonalisation',
    clause: '1(7)',
    words: { kk: 'иесіздендіру', ru: 'обезличивание' },
    meaning: {
      kk: 'Деректердің субъектіге тиесілігін анықтау мүмкін болмайтын әрекеттер',
      ru: 'Действия, после которых определить принадлежность данных субъекту невозможно',
      en: 'Acts after which nobody can tell whose the data are',
    },
    dpv: ['dpv:Anonymise'],
  },
  {
    term: 'anonymisation',
    clause: 'dc:41(1)',
    inForce: { from: DAY.digitalCode, until: DAY.act326 },
    status: 'confirmed',
    words: { kk: 'анонимдеу', ru: 'анонимизация' },
    meaning: {
      kk: 'Деректердің кімге тиесілі екенін анықтау мүмкін болмайтын әрекеттер',
      ru: 'Действия, после которых принадлежность данных установить невозможно',
      en: 'Acts after which nobody can tell whose the data are',
    },
    dpv: ['dpv:Anonymise'],
  },
  {
    term: 'anonymisation',
    clause: '1(2-5)',
    inForce: { from: DAY.act326 },
    status: 'secondary',
    words: { kk: 'анонимдеу', ru: 'анонимизация' },
    meaning: {
      kk: 'Субъектіні анықтау мүмкіндігін қайтарымсыз жоятын әрекеттер; хештеу — тек қорғау тәсілі',
      ru: 'Действия, необратимо лишающие возможности определить субъекта; хеширование — лишь способ защиты',
      en: 'Acts that irreversibly take away the means to tell the subject; hashing is only protection',
    },
    dpv: ['dpv:Anonymise'],
  },
  {
    ...KNOWN,
    term: 'owner',
    clause: '1(9)',
    words: { kk: 'меншік иесі', ru: 'собственник' },
    meaning: {
      kk: 'Дербес деректер базасын иеленетін, пайдаланатын және оған билік ететін тұлға',
      ru: 'Лицо, которое владеет, пользуется и распоряжается базой персональных данных',
      en: 'Who owns, uses and disposes of the database of personal data',
    },
    dpv: ['dpv:DataController'],
  },
  {
    ...KNOWN,
    term: 'operator',
    clause: '1(10)',
    words: { kk: 'оператор', ru: 'оператор' },
    meaning: {
      kk: 'Дербес деректерді жинауды, өңдеуді және қорғауды жүзеге асыратын тұлға',
      ru: 'Лицо, которое собирает, обрабатывает и защищает персональные данные',
      en: 'Who collects, processes and protects personal data',
    },
    dpv: ['dpv:DataController'],
  },
  {
    ...KNOWN,
    term: 'third-party',
    clause: '1(17)',
    words: { kk: 'үшінші тұлға', ru: 'третье лицо' },
    meaning: {
      kk: 'Субъект, меншік иесі және оператор болып табылмайтын тұлға; өңдеуші де осыған кіреді',
      ru: 'Кто не субъект, не собственник и не оператор; сюда же относится обработчик',
      en: 'Who is neither subject, owner nor operator; a processor is one too',
    },
    dpv: ['dpv:ThirdParty', 'dpv:DataProcessor'],
  },
  {
    ...KNOWN,
    term: 'processing',
    clause: '1(12)',
    words: { kk: 'өңдеу', ru: 'обработка' },
    meaning: {
      kk: 'Жинаудан кейінгі әрекеттер: жинақтаудан жоюға дейін; жинау бұған кірмейді',
      ru: 'Действия после сбора: от накопления до уничтожения; сбор стоит отдельно',
      en: 'Acts after collection, from accumulation to destruction; collection stands apart',
    },
    dpv: ['dpv:Processing'],
  },
  {
    ...KNOWN,
    term: 'storage',
    clause: '1(14)',
    words: { kk: 'сақтау', ru: 'хранение' },
    meaning: {
      kk: 'Деректердің тұтастығын, құпиялылығын және қолжетімділігін қамтамасыз ету',
      ru: 'Обеспечение целостности, конфиденциальности и доступности данных',
      en: 'Keeping the data whole, confidential and available',
    },
    dpv: ['dpv:Store'],
  },
  {
    term: 'identifier',
    clause: '1(14-1)',
    inForce: { from: DAY.act326 },
    status: 'secondary',
    words: { kk: 'сәйкестендіргіш', ru: 'идентификатор' },
    meaning: {
      kk: 'Субъектіні айқындайтын мәлімет: толық аты-жөні, ЖСН, бет бейнесі',
      ru: 'Сведение, определяющее субъекта: полное имя, ИИН, изображение лица',
      en: 'What determines a subject: full name, IIN, image of the face',
    },
    dpv: [],
  },
  {
    ...KNOWN,
    term: 'dissemination',
    clause: '1(15)',
    words: { kk: 'тарату', ru: 'распространение' },
    meaning: {
      kk: 'Деректерді беру немесе оларға қол жеткізу, бір тұлғаға болса да',
      ru: 'Любая передача данных или доступ к ним, даже одному лицу',
      en: 'Any transfer of the data or access to them, even for one person',
    },
    dpv: ['dpv:Disclose', 'dpv:Disseminate'],
  },
  {
    term: 'security-breach',
    clause: '1(15-1)',
    inForce: { from: DAY.act44 },
    status: 'confirmed',
    words: { kk: 'қауіпсіздіктің бұзылуы', ru: 'нарушение безопасности' },
    meaning: {
      kk: 'Деректердің заңсыз таралуына, өзгеруіне, жойылуына немесе рұқсатсыз қолжетімділікке әкелген бұзушылық',
      ru: 'Нарушение защиты, повлёкшее незаконное распространение, изменение, уничтожение или доступ',
      en: 'Breach of protection that led to unlawful dissemination, change, destruction or access',
    },
    dpv: ['dpv:DataBreachRecord'],
  },
];
