import {
  CommandHandler,
  QueryHandler,
  type ICommandHandler,
  type IQueryHandler,
} from '@nestjs/cqrs';
import type { Answer } from '../commands/answer.js';
import { destroySubject } from '../commands/destroy.js';
import { submit, submitAll, type Submitted } from '../commands/submit.js';
import { Ledger } from '../ledger.js';
import { LedgerError, noSubject } from '../ledger-error.js';
import { untilRecorded } from '../recording/until-recorded.js';
import { showConsents, showDisclosures, showTrail } from '../queries/history.js';
import { readData, type DataAnswer } from '../queries/read-data.js';
import { SERVICE_HANDLERS } from './service-handlers.js';
import {
  DestroySubject,
  ReadData,
  ResolveReference,
  ShowHistory,
  Submit,
  SubmitBatch,
} from './messages.js';

/** Judges and records. */
@CommandHandler(Submit)
export class SubmitHandler implements ICommandHandler<Submit> {
  constructor(private readonly ledger: Ledger) {}

  async execute({ submission, speaker, mode }: Submit): Promise<Answer> {
    return submit(this.ledger, submission, { ...speaker, mode });
  }
}

/** Judges and records many; the next may follow before these are durable. */
@CommandHandler(SubmitBatch)
export class SubmitBatchHandler implements ICommandHandler<SubmitBatch> {
  constructor(private readonly ledger: Ledger) {}

  async execute({ submissions, speaker, mode }: SubmitBatch): Promise<Submitted> {
    return submitAll(this.ledger, submissions, { ...speaker, mode });
  }
}

/** Destroys a subject, or says what would be said. */
@CommandHandler(DestroySubject)
export class DestroySubjectHandler implements ICommandHandler<DestroySubject> {
  constructor(private readonly ledger: Ledger) {}

  async execute({ subject, ground, act, options }: DestroySubject): Promise<Answer> {
    const operator = await operatorOf(this.ledger, subject);
    const { speaker, ...rest } = options;
    const actor = await this.ledger.actor(operator, speaker.name, speaker.role);
    return destroySubject(this.ledger, { subject, ground, act, ...rest }, actor, operator);
  }
}

/** Records, then opens. */
@CommandHandler(ReadData)
export class ReadDataHandler implements ICommandHandler<ReadData> {
  constructor(private readonly ledger: Ledger) {}

  async execute({ subject, purpose, speaker, options }: ReadData): Promise<DataAnswer> {
    const operator = speaker.operator ?? (await operatorOf(this.ledger, subject));
    const actor = await this.ledger.actor(operator, speaker.name, speaker.role);
    return readData(this.ledger, { operator, subject, purpose, ...options }, actor);
  }
}

/** Answers from the views; the asking itself is recorded. */
@QueryHandler(ShowHistory)
export class ShowHistoryHandler implements IQueryHandler<ShowHistory> {
  constructor(private readonly ledger: Ledger) {}

  async execute({ history, query, speaker }: ShowHistory): Promise<object> {
    const operator = speaker.operator ?? (await operatorOf(this.ledger, query.subject));
    const actor = await this.ledger.actor(operator, speaker.name, speaker.role);
    return SHOW[history](this.ledger, { ...query, operator }, actor);
  }
}

const SHOW = { consents: showConsents, trail: showTrail, disclosures: showDisclosures } as const;

/** Finds whom an emitter means. */
@QueryHandler(ResolveReference)
export class ResolveReferenceHandler implements IQueryHandler<ResolveReference> {
  constructor(private readonly ledger: Ledger) {}

  async execute({ source, reference }: ResolveReference): Promise<string> {
    const { vault } = this.ledger.parts;
    const found = await untilRecorded(this.ledger, async () => {
      await vault.ahead({ references: [{ source, reference }] });
      return vault.resolve(source, reference).filter(({ kind }) => kind === 'subject');
    });
    const [only, other] = found;
    if (only === undefined)
      throw new LedgerError(
        'NOT_FOUND',
        'nobody is registered under this reference: check source and subject',
      );
    if (other !== undefined)
      throw new LedgerError('CONFLICT', 'two operators know this reference: use --subject');
    return only.id;
  }
}

async function operatorOf(ledger: Ledger, subject: string): Promise<string> {
  const { state } = await ledger.subjects.load(subject);
  if (state.registered === null) throw noSubject();
  return state.registered.operator;
}

/** All handlers, for the module. */
export const HANDLERS = [
  SubmitHandler,
  SubmitBatchHandler,
  DestroySubjectHandler,
  ReadDataHandler,
  ShowHistoryHandler,
  ResolveReferenceHandler,
  ...SERVICE_HANDLERS,
];
