import {
  SystemClock,
  openLedger,
  verifyLedger,
  type Answer,
  type DataAnswer,
  type Ledger,
  type LedgerFiles,
  LedgerModule,
  ReadData,
  RebuildViews,
  ResolveReference,
  DestroySubject,
  ShowHistory,
  Submit,
} from '#ledger';
import { parseEvent } from '#ledger/intake';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { NestFactory } from '@nestjs/core';
import type { Step } from './story.js';
import type { Teller } from './tell.js';

const SOURCE = 'urn:demo';
const OFFICER = { name: 'Дана, data-protection officer', role: 'officer' } as const;

/** The ledger of the demo, spoken to as a backend and an officer would. */
export class DemoLedger {
  #serial = 0;

  private constructor(
    private readonly files: LedgerFiles,
    private readonly ledger: Ledger,
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
  ) {}

  static async open(files: LedgerFiles): Promise<DemoLedger> {
    const onFatal = (error: Error): never => {
      throw error;
    };
    const ledger = await openLedger({ files, clock: new SystemClock(), onFatal });
    const context = await NestFactory.createApplicationContext(LedgerModule.around(ledger), {
      logger: false,
    });
    return new DemoLedger(files, ledger, context.get(CommandBus), context.get(QueryBus));
  }

  async close(): Promise<void> {
    await this.ledger.close();
  }

  /** One event or read of the story. */
  async play(step: Step, tell: Teller): Promise<void> {
    if ('read' in step) return this.#read(step, tell);
    const answer = await this.#submit(step);
    const expected = step.refused ?? 'accepted';
    const got = answer.status === 'accepted' ? 'accepted' : (answer.code ?? answer.status);
    const why =
      answer.status === 'refused'
        ? ` → refused: ${answer.code} (${(answer.clauses ?? []).join(', ')})`
        : '';
    tell(step.type, got === expected, `${step.text}${why}`);
  }

  async destroyAigul(tell: Teller): Promise<void> {
    const subject = await this.#subject('aigul');
    const order = new DestroySubject(subject, 'KZ-24.1.5', 'act 1/2026', { speaker: OFFICER });
    const { certificate } = await this.commands.execute(order);
    tell(
      'destroy',
      certificate !== undefined,
      `Айгүл withdrew and is destroyed: certificate ${certificate?.event ?? 'missing'}, stage ${certificate?.stage ?? 'none'}`,
    );
  }

  async findNobody(tell: Teller): Promise<void> {
    const subject = await this.#subject('aigul');
    const answer = await this.commands.execute(new ReadData(subject, 'quicklid:3.1', OFFICER));
    const code = 'code' in answer ? answer.code : 'values';
    tell(
      'old-vault',
      code === 'DESTROYED',
      `yesterday's vault was put back: the log's order was carried out again, a read answers ${code}`,
    );
    const trail = await this.queries.execute(
      new ShowHistory('trail', { subject, limit: 1000 }, OFFICER),
    );
    const { entries } = trail as { readonly entries: readonly { readonly type: string }[] };
    tell(
      'trail',
      entries.length > 0,
      `her history still stands: ${entries.length} entries, from ${entries[0]?.type ?? ''} to ${entries.at(-1)?.type ?? ''}`,
    );
  }

  async rebuildAndVerify(tell: Teller): Promise<void> {
    const { events, equalsLive } = await this.commands.execute(new RebuildViews());
    tell(
      'rebuild',
      equalsLive,
      `all views folded again from ${events} events: ${equalsLive ? 'equal byte for byte' : 'DIFFERENT'}`,
    );
    const { ok, checked, firstFault } = await verifyLedger(this.files, { now: new Date() });
    tell(
      'verify',
      ok,
      ok
        ? `verified: ${checked.events} events, ${checked.verdicts} verdicts judged again, ${checked.envelopes} envelopes`
        : `fault: ${firstFault?.item ?? ''} ${firstFault?.reason ?? ''}`,
    );
  }

  async #read(step: Extract<Step, { read: string }>, tell: Teller): Promise<void> {
    const subject = await this.#subject(step.read);
    const answer: DataAnswer = await this.commands.execute(
      new ReadData(subject, step.purpose, OFFICER),
    );
    const shown =
      'code' in answer
        ? answer.code
        : Object.values(answer.data)
            .map((entry) => (entry as { value: string }).value)
            .join(', ');
    tell('retrieve', 'code' in answer === (step.refused !== undefined), `${step.text}: ${shown}`);
  }

  async #submit(step: Extract<Step, { type: string }>): Promise<Answer> {
    this.#serial += 1;
    const event = {
      specversion: '1.0',
      id: String(this.#serial),
      source: SOURCE,
      type: `kz.pdl.${step.type}.v1`,
      subject: step.of,
      data: step.data,
    };
    const parsed = parseEvent(event);
    if (!parsed.ok) return { status: 'invalid', code: parsed.faults[0]?.path ?? '' };
    return this.commands.execute(
      new Submit(parsed.submission, { name: 'demo backend', role: 'emitter' }, 'enforce'),
    );
  }

  async #subject(reference: string): Promise<string> {
    return this.queries.execute(new ResolveReference(SOURCE, reference));
  }
}
