import {
  SystemClock,
  foldedLogOf,
  openLedger,
  rebuild,
  type Answer,
  type Certificate,
  type Ledger,
  type LedgerFiles,
} from '#ledger';
import { DestroySubject, ReadData, ResolveReference, ShowHistory, Submit } from '#ledger/bus';
import { parseEvent } from '#ledger/intake';
import { busesOf, type Buses } from '../buses.js';
import type { Refused } from '../words/refusal.js';
import type { EventStep, ReadStep } from './step.js';

const SOURCE = 'urn:demo';
const OFFICER = { name: 'Дана, data-protection officer', role: 'officer' } as const;

/** Values by category, or why not. */
export type ReadAnswer =
  | { readonly position: string; readonly values: readonly string[] }
  | { readonly no: Refused & { readonly code: string } };

/** What the demo looks at of a trail's entry. */
export interface TrailEntry {
  readonly position: string;
  readonly type: string;
  readonly actorRole: string;
}

/** The ledger of the demo, spoken to as a backend and an officer would. */
export class DemoLedger {
  #serial = 0;

  private constructor(
    private readonly ledger: Ledger,
    private readonly buses: Buses,
  ) {}

  static async open(files: LedgerFiles): Promise<DemoLedger> {
    const onFatal = (error: Error): never => {
      throw error;
    };
    const ledger = await openLedger({ files, clock: new SystemClock(), onFatal });
    return new DemoLedger(ledger, await busesOf(ledger));
  }

  async close(): Promise<void> {
    await this.ledger.close();
  }

  /** Tells the ledger one event of a backend. */
  async submit({ type, of, data }: EventStep): Promise<Answer> {
    this.#serial += 1;
    const parsed = parseEvent({
      specversion: '1.0',
      id: String(this.#serial),
      source: SOURCE,
      type: `kz.pdl.${type}.v1`,
      subject: of,
      data,
    });
    if (!parsed.ok) return { status: 'invalid', code: parsed.faults[0]?.path ?? '' };
    return this.buses.commands.execute(
      new Submit(parsed.submission, { name: 'demo backend', role: 'emitter' }, 'enforce'),
    );
  }

  /** Reads as the officer. */
  async read({ read, purpose, categories }: Omit<ReadStep, 'text'>): Promise<ReadAnswer> {
    const subject = await this.#subject(read);
    const options = categories === undefined ? {} : { categories };
    const answer = await this.buses.commands.execute(
      new ReadData(subject, purpose, OFFICER, options),
    );
    if ('code' in answer) {
      const { code, codes, clauses } = answer;
      return { no: { code, codes, clauses } };
    }
    const { position, data } = answer;
    const values = Object.values(data as Readonly<Record<string, { readonly value: string }>>);
    return { position, values: values.map(({ value }) => value) };
  }

  /** A person's trail. */
  async trail(reference: string): Promise<readonly TrailEntry[]> {
    const { entries } = (await this.#history('trail', reference, { limit: 1000 })) as {
      readonly entries: readonly TrailEntry[];
    };
    return entries;
  }

  /** The state of a person's first consent, as the ledger knew it at a position. */
  async consentAt(reference: string, asOf: string): Promise<string> {
    const { consents } = (await this.#history('consents', reference, { asOf })) as {
      readonly consents: readonly { readonly status: string }[];
    };
    return consents[0]?.status ?? 'none';
  }

  /** Destroys everything of a person. */
  async destroy(reference: string): Promise<Certificate | undefined> {
    const subject = await this.#subject(reference);
    const order = new DestroySubject(subject, 'KZ-24.1.5', 'act 1/2026', { speaker: OFFICER });
    const { certificate } = await this.buses.commands.execute(order);
    return certificate;
  }

  /** Folds the views again beside the live ones. */
  async rebuild(): Promise<{ readonly events: number; readonly equalsLive: boolean }> {
    return rebuild(foldedLogOf(this.ledger));
  }

  async #history(
    what: 'trail' | 'consents',
    reference: string,
    query: { readonly asOf?: string; readonly limit?: number },
  ): Promise<object> {
    const subject = await this.#subject(reference);
    return this.buses.queries.execute(new ShowHistory(what, { subject, ...query }, OFFICER));
  }

  async #subject(reference: string): Promise<string> {
    return this.buses.queries.execute(new ResolveReference(SOURCE, reference));
  }
}
