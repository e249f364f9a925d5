import type { RegimeRow, UnreadChange } from '../law.js';
import { DAY } from './in-force.js';

/** Changes of Law 94-V that matter to a ledger, oldest first (`law.md` §2). */
export const REGIMES: readonly RegimeRow[] = [
  {
    id: DAY.entryIntoForce,
    act: '94-V',
    approximate: true,
    status: 'reading',
    change: {
      kk: 'Заң қолданысқа енгізілді',
      ru: 'Закон введён в действие',
      en: 'The Law enters into force',
    },
  },
  {
    id: '2016-01-01',
    act: '419-V',
    status: 'confirmed',
    change: {
      kk: 'Деректер базасы Қазақстан аумағында сақталады (12-бап, 2-тармақ)',
      ru: 'Хранение в базе, находящейся на территории Казахстана (ст. 12(2))',
      en: 'Storage in a database located in Kazakhstan (art. 12(2))',
    },
  },
  {
    id: DAY.act347,
    act: '347-VI',
    approximate: true,
    status: 'confirmed',
    change: {
      kk: 'Жауапты тұлға; өтінішке жауап беру мерзімі Заңның өзінде 3 жұмыс күні',
      ru: 'Ответственное лицо; срок ответа на обращение в самом Законе: 3 рабочих дня',
      en: 'Responsible person; three working days to answer a request, in the Law itself',
    },
  },
  {
    id: DAY.act96,
    act: '96-VII',
    approximate: true,
    status: 'confirmed',
    change: {
      kk: 'Жауап беру мерзімі қағидаларға көшті; саясат, іс-әрекеттерді есепке алу, қолжетімділікті бақылау сервисі',
      ru: 'Срок ответа перешёл в правила; политика, учёт действий, сервис контроля доступа',
      en: 'The term of the answer moves to the rules; policy, register of actions, access control service',
    },
  },
  {
    id: DAY.act44,
    act: '44-VIII',
    status: 'confirmed',
    change: {
      kk: 'Қауіпсіздіктің бұзылуы ұғымы; құжаттардың қағаз көшірмелеріне тыйым; мемлекеттік бақылау',
      ru: 'Понятие нарушения безопасности; запрет бумажных копий документов; государственный контроль',
      en: 'Security breach defined; paper copies of identity documents banned; state control',
    },
  },
  {
    id: DAY.act44Breach,
    act: '44-VIII',
    status: 'confirmed',
    change: {
      kk: 'Қауіпсіздіктің бұзылуы туралы уәкілетті органға 1 жұмыс күні ішінде хабарлау',
      ru: 'Уведомление уполномоченного органа о нарушении безопасности за 1 рабочий день',
      en: 'Security breach reported to the authorised body within one working day',
    },
  },
  {
    id: DAY.act231,
    act: '231-VIII',
    status: 'confirmed',
    change: {
      kk: 'Келісімді қайтарып алу: 15 жұмыс күні; автоматтандырылған өңдеуге қарсылық: 3 жұмыс күні',
      ru: 'Отзыв согласия: 15 рабочих дней; возражение против автоматизированной обработки: 3 рабочих дня',
      en: 'Withdrawal of consent: 15 working days; objection to automated processing: 3 working days',
    },
  },
  {
    id: DAY.digitalCode,
    act: '255-VIII, 256-VIII',
    status: 'secondary',
    change: {
      kk: 'Цифрлық кодекс: деректерді жою, анонимдеу және шектеу талабы, сәйкестендіргіштер',
      ru: 'Цифровой кодекс: требование удаления, анонимизации и ограничения, идентификаторы',
      en: 'Digital Code: demand for deletion, anonymisation and restriction; identifiers',
    },
  },
  {
    id: DAY.act326,
    act: '326-VIII',
    status: 'secondary',
    change: {
      kk: 'Өңдеуді бастау туралы хабарлама, операторлардың санаттары, қайтарымсыз анонимдеу',
      ru: 'Уведомление о начале обработки, категории операторов, необратимая анонимизация',
      en: 'Notice before processing starts, size classes of operators, irreversible anonymisation',
    },
  },
];

/** Changes known by their date alone. */
export const UNREAD: readonly UnreadChange[] = [
  {
    from: '2026-09-14',
    act: '94-V',
    note: {
      kk: 'Заңға өзгерістер енгізілгені аталады; мәтіні оқылмаған',
      ru: 'Упоминаются изменения Закона; текст не прочитан',
      en: 'Amendments to the Law are mentioned; the text is unread',
    },
  },
  {
    from: '2026-10-02',
    act: '395/НҚ',
    note: {
      kk: 'Жинау және өңдеу қағидаларының жаңа редакциясы аталады; мәтіні оқылмаған',
      ru: 'Упоминается новая редакция Правил сбора и обработки; текст не прочитан',
      en: 'New wording of the rules of collection and processing is mentioned; the text is unread',
    },
  },
];
