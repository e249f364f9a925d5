import { join } from 'node:path';
import type { SubjectCommand, Submission } from '#domain';
import { leafHash, type Append } from '#event-store';
import {
  SystemClock,
  initLedger,
  ledgerFiles,
  openLedger,
  shippedPolicies,
  submit,
  type Ledger,
} from '#ledger';
import { LeafTemplate, eventId, subjectId } from './leaf-template.js';
import { madeCommands } from './made-commands.js';
import { MadeSubject, type Operator, type Surroundings } from './made-subject.js';
import type { Workbench } from './workbench.js';
import { assertSame } from './wrong-answer.js';

const SUBJECTS = 50_000;
const EVENTS_A_SUBJECT = 20;
const AT_ONCE = 4096;
const OPERATORS: readonly Operator[] = ['akjet', 'quicklid'];

/**
 * A ledger filled with valid events straight into its store: registered, consenting, collected, then used, provided and
 * refused, subjects round robin. Nothing was sealed, so its values cannot be read; its history and views are whole.
 */
export class SeededLedger {
  readonly #templates: readonly Past[];
  readonly #previous: string[] = [];
  #appended = 0;

  private constructor(
    readonly ledger: Ledger,
    /** How many subjects. */
    readonly subjects: number,
    templates: readonly Past[],
  ) {
    this.#templates = templates;
  }

  /** A log of exactly so many events, the views brought to its end. */
  static async make(folder: string, events: number): Promise<SeededLedger> {
    const ledger = await freshLedger(join(folder, 'ledger'));
    const pasts = [];
    for (const operator of OPERATORS) pasts.push(new Past(await surroundings(ledger, operator)));
    const subjects = Math.min(SUBJECTS, Math.ceil(events / EVENTS_A_SUBJECT));
    const seeded = new SeededLedger(ledger, subjects, pasts);
    await seeded.#growTo(events);
    await ledger.views();
    return seeded;
  }

  /** The next append, in round robin; it must be sent before the one after the next of its subject. */
  next(): Append {
    const subject = this.#appended % this.subjects;
    const n = Math.floor(this.#appended / this.subjects);
    this.#appended += 1;
    const template = this.#templates[subject % OPERATORS.length]?.template(n);
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

/** What befalls every subject of an operator, as long as it is asked for. */
class Past {
  readonly #subject: MadeSubject;
  readonly #templates: LeafTemplate[] = [];
  readonly #first: readonly SubjectCommand[];
  readonly #then: readonly SubjectCommand[];

  constructor(around: Surroundings) {
    const { on, consent, collect } = madeCommands(around.operator);
    const provide = on('provide', { recipients: [around.recipient.id] });
    const refused = on('use', { purpose: `${around.operator}:none` });
    this.#subject = new MadeSubject(around);
    this.#first = [consent, collect];
    this.#then = [on('use'), on('retrieve'), provide, on('use'), on('record'), refused, collect];
  }

  /** The n-th event, from 0. */
  template(n: number): LeafTemplate | undefined {
    while (this.#templates.length <= n) {
      const made = this.#templates.length;
      if (made > 0) this.#subject.tell(this.#command(made - 1));
      this.#templates.push(
        ...this.#subject.events.slice(made).map((event) => new LeafTemplate(event)),
      );
    }
    return this.#templates[n];
  }

  #command(n: number): SubjectCommand {
    const after = n - this.#first.length;
    const command = this.#first[n] ?? this.#then[after % this.#then.length];
    if (command === undefined) throw new RangeError('no command for this event');
    return command;
  }
}

async function freshLedger(directory: string): Promise<Ledger> {
  const files = ledgerFiles(directory);
  const clock = new SystemClock();
  await initLedger({ files, clock, policies: shippedPolicies(), by: 'bench' });
  return openLedger({
    files,
    clock,
    onFatal: (error) => {
      throw error;
    },
  });
}

async function surroundings(ledger: Ledger, operator: Operator): Promise<Surroundings> {
  const { governance, ledgerId } = ledger.parts;
  const id = await registeredBank(ledger, operator);
  const { state } = await ledger.subjects.recipient(id);
  if (state === undefined) throw new Error('the recipient was not registered');
  const recordedAt = ledger.recorder.now().toISOString();
  return { governance, operator, ledgerId, recordedAt, recipient: { id, state } };
}

async function registeredBank(ledger: Ledger, operator: Operator): Promise<string> {
  const classOf = { akjet: 'akjet:7.5', quicklid: 'quicklid:7.1.1' };
  const submission: Submission = {
    source: `urn:bench-${operator}`,
    id: 'bank',
    reference: 'bank',
    command: {
      kind: 'register-recipient',
      operator,
      name: 'a bank',
      class: classOf[operator],
      country: 'KZ',
      contractSha256: 'a'.repeat(64),
    },
  };
  const by = { name: 'bench', role: 'emitter', mode: 'enforce' } as const;
  const { subject = '' } = await submit(ledger, submission, by);
  return subject;
}
