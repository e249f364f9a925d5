import { Command, Query } from '@nestjs/cqrs';
import type { ActorRole, Mode, Submission } from '#domain';
import type { Answer } from '../commands/answer.js';
import type { DataAnswer } from '../queries/read-data.js';
import type { HistoryQuery } from '../queries/history.js';
import type { Submitted } from '../commands/submit.js';

/** Who speaks: a name of the operator's directory, in a role. */
export interface Speaker {
  readonly name: string;
  readonly role: ActorRole;
  /** Whose references and subjects it may name; absent: every operator's. */
  readonly operator?: string;
}

/** One command of an emitter, judged and recorded. */
export class Submit extends Command<Answer> {
  constructor(
    readonly submission: Submission,
    readonly speaker: Speaker,
    readonly mode: Mode,
  ) {
    super();
  }
}

/** Commands of an emitter, decided in order; the answers come when all are durable. */
export class SubmitBatch extends Command<Submitted> {
  constructor(
    readonly submissions: readonly Submission[],
    readonly speaker: Speaker,
    readonly mode: Mode,
  ) {
    super();
  }
}

/** A destruction ordered by an officer; with `dryRun` only judged. */
export class DestroySubject extends Command<Answer> {
  constructor(
    readonly subject: string,
    readonly ground: string,
    readonly act: string,
    readonly options: {
      readonly approvedBy?: readonly string[];
      readonly dryRun?: boolean;
      readonly speaker: Speaker;
    },
  ) {
    super();
  }
}

/** Values of a subject under a purpose: recorded first, then opened. */
export class ReadData extends Command<DataAnswer> {
  constructor(
    readonly subject: string,
    readonly purpose: string,
    readonly speaker: Speaker,
    readonly options: {
      readonly asOf?: string;
      readonly categories?: readonly string[];
      readonly minPosition?: string;
    } = {},
  ) {
    super();
  }
}

/** History of a subject, without values. */
export class ShowHistory extends Query<object> {
  constructor(
    readonly history: 'consents' | 'trail' | 'disclosures',
    readonly query: Omit<HistoryQuery, 'operator'>,
    readonly speaker: Speaker,
  ) {
    super();
  }
}

/** The ledger id of an emitter's reference. */
export class ResolveReference extends Query<string> {
  constructor(
    readonly source: string,
    readonly reference: string,
  ) {
    super();
  }
}
