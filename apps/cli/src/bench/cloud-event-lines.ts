import { PURPOSE } from './made-commands.js';

/** Lines of CloudEvents as a backend writes them, over `subjects` references, round robin. */
export class CloudEventLines {
  readonly source = 'urn:bench';
  #id = 0;

  constructor(readonly subjects: number) {}

  /** Registrations and consents of all subjects. */
  *registrations(): Iterable<string> {
    for (let n = 0; n < this.subjects; n += 1) {
      yield this.#line(n, 'subject.registered', { operator: 'quicklid', kind: 'individual' });
      yield this.#line(n, 'consent.given', CONSENT);
    }
  }

  /** So many collects of 300–800 B and uses, in turn, also in turn for each subject. */
  *operations(first: number, count: number): Iterable<string> {
    for (let n = first; n < first + count; n += 1) {
      const collects = isCollect(n, this.subjects);
      const data = collects ? { ...COLLECT, data: valuesOf(n) } : USE;
      yield this.#line(n, `operation.${collects ? 'collect' : 'use'}`, data);
    }
  }

  /** How many of these operations are collects. */
  collectsOf(first: number, count: number): number {
    return Array.from({ length: count }, (_, n) => first + n).filter((n) =>
      isCollect(n, this.subjects),
    ).length;
  }

  /** What the source calls its n-th person. */
  reference(n: number): string {
    return `case-${n % this.subjects}`;
  }

  /** The residence that the last of so many operations of a subject left; undefined when none collected. */
  residenceAfter(operations: number, subject: number): string | undefined {
    const all = Array.from({ length: operations }, (_, round) => subject + round * this.subjects);
    const last = all.findLast((n) => isCollect(n, this.subjects));
    return last === undefined ? undefined : valuesOf(last)['quicklid:residence'];
  }

  #line(n: number, type: string, data: object): string {
    this.#id += 1;
    return `${JSON.stringify({
      specversion: '1.0',
      id: String(this.#id),
      source: this.source,
      type: `kz.pdl.${type}.v1`,
      subject: this.reference(n),
      time: '2024-10-01T18:10:25.000Z',
      data,
    })}\n`;
  }
}

const PERSON = {
  'quicklid:name': 'Аманова Айгүл Қайратқызы',
  'quicklid:iin': '791119300072',
  'quicklid:phone': '+77000000001',
  'quicklid:email': 'aigul@example.com',
};
const CONSENT = {
  purpose: PURPOSE.quicklid,
  categories: [...Object.keys(PERSON), 'quicklid:residence'],
  validUntil: '2035-01-01T00:00:00Z',
  thirdParties: false,
  crossBorder: false,
  publication: false,
  channel: 'OTHER_CONFIRMABLE',
  evidence: { kind: 'otp', textSha256: 'a'.repeat(64), language: 'kk' },
};
const OPERATION = {
  purpose: PURPOSE.quicklid,
  basis: { code: 'KZ-CONSENT' },
  medium: 'automated',
};
const COLLECT = { ...OPERATION, dataSource: { kind: 'subject' } };
const USE = { ...OPERATION, categories: ['quicklid:name', 'quicklid:phone'] };

function isCollect(n: number, subjects: number): boolean {
  return (n + Math.floor(n / subjects)) % 2 === 0;
}

function valuesOf(n: number): Readonly<Record<string, string>> {
  const address = `Алматы, Абай даңғылы ${n} `;
  return { ...PERSON, 'quicklid:residence': address.padEnd(180 + ((n * 7919) % 500), 'x') };
}
