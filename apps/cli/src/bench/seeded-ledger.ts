import { join } from 'node:path';
import { leafHash, type Append } from '#event-store';
import type { Ledger } from '#ledger';
import { freshLedger, surroundingsIn } from './fresh-ledger.js';
import { eventId, subjectId } from './leaf-template.js';
import { MadePast } from './made-past.js';
import type { Workbench } from './workbench.js';
import { assertSame } from './wrong-answer.js';

const SUBJECTS = 50_000;
const EVENTS_A_SUBJECT = 20;
const AT_ONCE = 4096;

/**
 * A ledger filled with valid events straight into its store: registered, consenting, collected, then used, provided and
 * refused, subjects round robin. Nothing was sealed, so its values cannot be read; its history and views are whole.
 */
export class SeededLedger {
  readonly #pasts: readonly MadePast[];
  readonly #previous: string[] = [];
  #appended = 0;

  private constructor(
    readonly ledger: Ledger,
    /** How many subjects. */
    readonly subjects: number,
    pasts: readonly MadePast[],
  ) {
    this.#pasts = pasts;
  }

  /** A log of exactly so many events, the views brought to its end. */
  static async make(folder: string, events: number): Promise<SeededLedger> {
    const ledger = await freshLedger(join(folder, 'ledger'));
    const pasts = (await surroundingsIn(ledger)).map((around) => new MadePast(around));
    const subjects = Math.min(SUBJECTS, Math.ceil(events / EVENTS_A_SUBJECT));
    const seeded = new SeededLedger(ledger, subjects, pasts);
    await seeded.#growTo(events);
    await ledger.views();
    return seeded;
  }

  /** The next append, subjects round robin; to be sent in the order in which they were made. */
  next(): Append {
    const subject = this.#appended % this.subjects;
    const n = Math.floor(this.#appended / this.subjects);
    this.#appended += 1;
    const template = this.#pasts[subject % this.#pasts.length]?.template(n);
    if (template === undefined) throw new RangeError('no template for this event');
    const leaf = template.fill(subject, this.#previous[subject] ?? '');
    this.#previous[subject] = Buffer.from(leafHash(leaf)).toString('hex');
    return {
      stream: `subject-${subjectId(subject)}`,
      expectedRevision: BigInt(n) - 1n,
      events: [{ id: eventId(subject, n), type: template.type, leaf }],
    };
  }

  /** How many events a subject has. */
  eventsOf(subject: number): number {
    const whole = Math.floor(this.#appended / this.subjects);
    return whole + (subject < this.#appended % this.subjects ? 1 : 0);
  }

  async close(): Promise<void> {
    await this.ledger.close();
  }

  async #growTo(events: number): Promise<void> {
    const { store } = this.ledger.parts;
    let { size } = await store.head();
    while (size < events) {
      const appends = [];
      while (appends.length < AT_ONCE && Number(size) + appends.length < events)
        appends.push(this.next());
      await Promise.all(appends.map(async (append) => store.append(append)));
      size += BigInt(appends.length);
    }
    assertSame('the seeding', 'the size of the log', (await store.head()).size, BigInt(events));
  }
}

/** The ledger that figures about many events share: 1,000,000 of them, or as many as were asked for. */
export async function seededLedger(bench: Workbench): Promise<SeededLedger> {
  const events = bench.events(1_000_000);
  return bench.keep('seeded ledger', async () => SeededLedger.make(bench.folder(), events));
}
