/** Words that occur in every text of a marked person and nowhere else. */
export const MARKS = ['zzmark', 'зызықұм', 'Зызықұм', '5ec4e75ec4e7'] as const;

/** The source that all marked lines come from. */
export const MARKED_SOURCE = 'urn:zzmark:loans';

/** A made-up person; every text holds a mark, the numbers are known by themselves. */
export interface MarkedPerson {
  readonly reference: string;
  readonly iin: string;
  readonly phone: string;
  readonly email: string;
  readonly name: string;
}

const FIRST_WEIGHTS = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11];
const SECOND_WEIGHTS = [3, 4, 5, 6, 7, 8, 9, 10, 11, 1, 2];
const FAMILY = ['Зызықұмұлы', 'Зызықұмбаева', 'Зызықұмов', 'Зызықұмғалиева'];
const GIVEN = ['Айгүл', 'Бауыржан', 'Ғалия', 'Әсел', 'Өмірбек', 'Ұлпан', 'Іңкәр', 'Һарун'];
const PURPOSE = 'quicklid:3.1';
const OPERATION = { purpose: PURPOSE, basis: { code: 'KZ-CONSENT' }, medium: 'automated' };
const SCOPES = { thirdParties: false, crossBorder: false, publication: false };
const CATEGORIES = ['name', 'iin', 'phone', 'email', 'residence'].map((each) => `quicklid:${each}`);

/** The n-th person, always the same. */
export function markedPerson(n: number): MarkedPerson {
  return {
    reference: `case-zzmark-${n}`,
    iin: iinOf(n),
    phone: `+7700${String(1_000_000 + n)}`,
    email: `zzmark${n}@example.kz`,
    name: `${FAMILY[n % FAMILY.length]} ${GIVEN[n % GIVEN.length]} ${n}`,
  };
}

/** Everything that is told of the n-th person, one CloudEvent a line; some are refused and some invalid. */
export function linesOf(n: number): readonly string[] {
  const { name, iin, phone, email, reference } = markedPerson(n);
  const data = { name, iin, phone, email, residence: `Алматы, зызықұм көшесі ${n}` };
  const collected = Object.fromEntries(
    Object.entries(data).map(([category, value]) => [`quicklid:${category}`, value]),
  );
  const told: readonly (readonly [string, object])[] = [
    ['subject.registered', registration({ iin, phone, email })],
    ['consent.given', consent(n)],
    ['contract.started', { contract: `zzmark contract ${n}` }],
    ['operation.collect', { ...OPERATION, dataSource: { kind: 'subject' }, data: collected }],
    ['operation.use', { ...OPERATION, categories: ['quicklid:name'] }],
    ...fateOf(n, collected),
  ];
  return told.map(([type, body], at) => lineOf(reference, `zzmark-${n}-${at}`, type, body));
}

/** Lines that nobody may take, each with a marked value where a program might repeat it. */
export function badLines(n: number): readonly string[] {
  const { iin, name, reference } = markedPerson(n);
  const collect = { ...OPERATION, dataSource: { kind: 'subject' } };
  const line = (at: number, type: string, body: object): string =>
    lineOf(reference, `zzmark-bad-${n}-${at}`, type, body);
  const wrong = `${iin.slice(0, 11)}${(Number(iin.slice(11)) + 1) % 10}`;
  return [
    `{"specversion":"1.0","id":"zzmark ${name}`,
    `${name}`,
    line(1, 'operation.collect', { ...collect, [`zzmark ${name}`]: iin }),
    line(2, 'operation.collect', { ...collect, data: { [`quicklid:${name}`]: iin } }),
    line(3, 'operation.collect', { ...collect, data: { 'quicklid:iin': wrong } }),
    line(4, 'operation.zzmark', { categories: ['quicklid:name'] }),
    line(5, 'operation.use', { ...OPERATION, purpose: 'quicklid:zzmark', categories: CATEGORIES }),
    line(6, 'operation.use', { ...OPERATION, categories: ['quicklid:zzmark'] }),
    line(7, 'operation.provide', { ...OPERATION, categories: CATEGORIES, recipient: name }),
    line(8, 'operation.use', { ...OPERATION, basis: { code: name }, categories: CATEGORIES }),
    line(9, 'subject.registered', { operator: 'zzmark', kind: 'individual' }),
    line(10, 'subject.registered', { operator: 'quicklid', kind: `zzmark-${n}` }),
    line(11, 'zzmark', { name }),
    lineOf(`zzmark nobody ${name}`, `zzmark-bad-${n}-12`, 'operation.use', {
      ...OPERATION,
      categories: CATEGORIES,
    }),
    line(13, 'operation.use', { ...OPERATION, medium: name, categories: CATEGORIES }),
  ];
}

/** What happens to a person later: some withdraw, are blocked or held, are corrected in vain, are destroyed. */
function fateOf(
  n: number,
  collected: Readonly<Record<string, string>>,
): readonly (readonly [string, object])[] {
  const texts = { reason: `зызықұм себеп ${n}`, reference: `zzmark ref ${n}` };
  switch (n % 6) {
    case 0:
      return [
        ['consent.withdrawn', { purpose: PURPOSE }],
        ['operation.collect', { ...OPERATION, dataSource: { kind: 'subject' }, data: collected }],
      ];
    case 1:
      return [['operation.block', { reason: texts.reason, categories: CATEGORIES }]];
    case 2:
      return [
        ...ended(n, { approvedBy: [texts.reason] }),
        ['operation.use', { ...OPERATION, categories: ['quicklid:name'] }],
      ];
    case 3:
      return [['hold.placed', { reason: texts.reason }]];
    case 4:
      return [
        ['operation.clarify', { ...OPERATION, dataSource: { kind: 'subject' }, data: collected }],
        [
          'request.received',
          { kind: 'complaint', channel: texts.reference, details: texts.reason },
        ],
      ];
    default:
      return ended(n, { categories: ['quicklid:iin'] });
  }
}

/** Relations end, and with them the person's data, or some categories (Law 94-V art. 18(1)(2)). */
function ended(n: number, how: object): readonly (readonly [string, object])[] {
  return [
    ['contract.ended', { contract: `zzmark contract ${n}` }],
    ['operation.destroy', { ground: 'KZ-18.2', act: `zzmark act ${n}`, ...how }],
  ];
}

function registration({
  iin,
  phone,
  email,
}: Pick<MarkedPerson, 'iin' | 'phone' | 'email'>): object {
  const identifiers = [
    { scheme: 'KZ-IIN', value: iin },
    { scheme: 'PHONE', value: phone },
    { scheme: 'EMAIL', value: email },
  ];
  return { operator: 'quicklid', kind: 'individual', identifiers };
}

function consent(n: number): object {
  const textSha256 = `5ec4e75ec4e7${n.toString(16).padStart(52, '0')}`;
  return {
    purpose: PURPOSE,
    categories: CATEGORIES,
    ...SCOPES,
    channel: 'OTHER_CONFIRMABLE',
    evidence: { kind: 'otp', textSha256, language: 'kk' },
  };
}

function lineOf(subject: string, id: string, type: string, data: object): string {
  const event = { specversion: '1.0', id, source: MARKED_SOURCE, type: `kz.pdl.${type}.v1` };
  return JSON.stringify({ ...event, subject, time: '2025-03-02T09:00:00Z', data });
}

/** A number of a person born on some day of 1970 to 1997, its check digit right (`law.md` §10). */
function iinOf(n: number): string {
  const day = new Date(Date.UTC(1970, 0, 1 + (n % 10_000))).toISOString().slice(2, 10);
  for (let serial = n % 7_000; ; serial += 1) {
    const digits = `${day.replaceAll('-', '')}${3 + (n % 2)}${String(serial).padStart(4, '0')}`;
    const check = checkDigit(digits);
    if (check < 10) return `${digits}${check}`;
  }
}

function checkDigit(digits: string): number {
  const first = weighted(digits, FIRST_WEIGHTS);
  return first === 10 ? weighted(digits, SECOND_WEIGHTS) : first;
}

function weighted(digits: string, weights: readonly number[]): number {
  return weights.reduce((sum, weight, at) => sum + weight * Number(digits.charAt(at)), 0) % 11;
}
