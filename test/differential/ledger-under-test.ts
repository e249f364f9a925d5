import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Mode } from '#domain';
import {
  LedgerError,
  VIEWS,
  decodeRecorded,
  initLedger,
  ledgerFiles,
  openLedger,
  replayDigest,
  shippedPolicies,
  submitAll,
  verifyLedger,
  type Answer,
  type Clock,
  type Ledger,
} from '#ledger';
import { parseEvent } from '#ledger/intake';
import { busesOf, type Buses } from '../../apps/cli/src/buses.js';
import type { Said } from './random-events.js';
import { Names } from './names.js';

/** A CloudEvent of a person, by its number; the id may have been used before. */
export interface SaidEvent {
  readonly person: number;
  readonly id: number;
  readonly time: string | undefined;
  readonly said: Said;
}

/** Where a ledger keeps what; nothing: in its own directory. */
export interface Elsewhere {
  readonly store?: string;
  readonly database?: string;
}

const NOBODY = '00000000-0000-4000-8000-000000000000';
const SOURCE = 'urn:made';
/** Ids from here on are nobody's by chance. */
const FRESH = 1_000_000;

/** A ledger that is asked through its core, and answers without what is random in it. */
export class LedgerUnderTest {
  readonly #names = new Names();
  readonly #submitted: (readonly [readonly SaidEvent[], Mode])[] = [];
  readonly #ids = { person: new Map<number, string>(), recipient: new Map<number, string>() };
  readonly #consents: string[] = [];
  #buses: Buses;

  private constructor(
    private readonly files: ReturnType<typeof ledgerFiles>,
    private readonly clock: Clock,
    public ledger: Ledger,
    buses: Buses,
  ) {
    this.#buses = buses;
  }

  static async begin(elsewhere: Elsewhere, clock: Clock): Promise<LedgerUnderTest> {
    const directory = mkdtempSync(join(tmpdir(), 'pdl-differential-'));
    const files = ledgerFiles(directory, undefined, elsewhere);
    await initLedger({ files, clock, policies: shippedPolicies(), by: 'test' });
    const ledger = await openAt(files, clock);
    return new LedgerUnderTest(files, clock, ledger, await busesOf(ledger));
  }

  /** The answer to one step, or what was said instead of one. */
  async answer(ask: (ledger: LedgerUnderTest) => Promise<unknown>): Promise<unknown> {
    try {
      return this.#names.of(await ask(this));
    } catch (error) {
      if (!(error instanceof LedgerError)) throw error;
      return this.#names.of({ code: error.code, message: error.message });
    }
  }

  async submit(events: readonly SaidEvent[], mode: Mode): Promise<readonly unknown[]> {
    this.#submitted.push([events, mode]);
    const parsed = events.map((event) => parseEvent(this.#cloudEvent(event)));
    const taken = parsed.flatMap((each) => (each.ok ? [each.submission] : []));
    const submitter = { name: 'backend', role: 'emitter', mode } as const;
    const { answers } = await submitAll(this.ledger, taken, submitter);
    const told = [...(await answers)];
    return parsed.map((each, n) => {
      const answer = each.ok ? told.shift() : undefined;
      if (answer !== undefined) this.#learn(events[n], answer);
      return answer ?? each;
    });
  }

  /** Says things of a person under ids that nothing else has. */
  async say(person: number, all: readonly Said[]): Promise<readonly unknown[]> {
    const from = FRESH + 100 * this.#submitted.length;
    const events = all.map((said, n) => ({ person, id: from + n, time: undefined, said }));
    return this.submit(events, 'enforce');
  }

  async submitAgain(ago: number): Promise<unknown> {
    const before = this.#submitted.at(-1 - ago);
    return before === undefined ? 'nothing was submitted' : this.submit(...before);
  }

  async command(command: Parameters<Buses['commands']['execute']>[0]): Promise<unknown> {
    return this.#buses.commands.execute(command);
  }

  async query(query: Parameters<Buses['queries']['execute']>[0]): Promise<unknown> {
    return this.#buses.queries.execute(query);
  }

  /** The ledger's own id of a person, of a recipient, of the n-th consent; nobody's where there is none. */
  subject(person: number): string {
    return this.#ids.person.get(person) ?? NOBODY;
  }

  recipient(n: number): string {
    return this.#ids.recipient.get(n) ?? NOBODY;
  }

  consent(n: number): string {
    return this.#consents[n % Math.max(1, this.#consents.length)] ?? NOBODY;
  }

  /** As after a stop and a start of the program. */
  async reopen(): Promise<void> {
    await this.ledger.close();
    this.ledger = await openAt(this.files, this.clock);
    this.#buses = await busesOf(this.ledger);
  }

  /** All events in log order. */
  async events(): Promise<readonly unknown[]> {
    const events: unknown[] = [];
    for await (const batch of this.ledger.parts.store.readAll()) {
      for (const recorded of batch) events.push(this.#names.of(decodeRecorded(recorded)));
    }
    return events;
  }

  /** All rows of every view. */
  async rows(): Promise<Readonly<Record<string, unknown>>> {
    const views = await this.ledger.views();
    const rows: Record<string, unknown> = {};
    for (const { name } of VIEWS) rows[name] = this.#names.of(await views.select(name, {}));
    return rows;
  }

  /** Digests of the views as they are, and of a fold of the log without any store. */
  async digests(): Promise<{ readonly live: object; readonly replayed: object }> {
    const { digests: live } = await (await this.ledger.views()).state();
    return { live, replayed: (await replayDigest(this.ledger.parts.store)).views };
  }

  async verify(): Promise<object> {
    const { faults, checked } = await verifyLedger(this.files, { now: this.clock.now() });
    return { faults, checked };
  }

  async end(): Promise<void> {
    await this.ledger.close();
    rmSync(this.files.directory, { recursive: true });
  }

  #cloudEvent({ person, id, time, said: [type, body] }: SaidEvent): unknown {
    const text = JSON.stringify(body)
      .replaceAll(/@consent-(\d+)/gu, (_, n) => this.consent(Number(n)))
      .replaceAll(/@recipient-(\d+)/gu, (_, n) => this.recipient(Number(n)));
    const subject = isRecipient(type) ? `firm-${recipientOf(id)}` : `case-${person}`;
    const event = { specversion: '1.0', id: String(id), source: SOURCE, subject };
    const data = JSON.parse(text) as object;
    return { ...event, ...(time === undefined ? {} : { time }), type: `kz.pdl.${type}.v1`, data };
  }

  #learn(event: SaidEvent | undefined, answer: Answer): void {
    if (event === undefined || answer.status !== 'accepted') return;
    const [type] = event.said;
    if (type === 'consent.given') this.#consents.push(answer.event ?? NOBODY);
    if (answer.subject === undefined) return;
    if (isRecipient(type)) this.#ids.recipient.set(recipientOf(event.id), answer.subject);
    else this.#ids.person.set(event.person, answer.subject);
  }
}

async function openAt(files: ReturnType<typeof ledgerFiles>, clock: Clock): Promise<Ledger> {
  const onFatal = (error: Error): never => {
    throw error;
  };
  return openLedger({ files, clock, onFatal });
}

function isRecipient(type: string): boolean {
  return type === 'recipient.registered';
}

function recipientOf(id: number): number {
  return id % 5;
}
