import { RecordedAnswer } from '../subjects/subject.answer.dto.js';

/** A recorded consent. */
export class ConsentAnswer extends RecordedAnswer {
  /** Its id: what operations name in `basis.ref` and withdrawals in the path. */
  consent!: string;
}

/** Whether processing stops. */
export class DecisionAnswer {
  /** Uuid of the event `WithdrawalDecided`. */
  event!: string;

  outcome!: 'stop' | 'continue';
}

/** A recorded withdrawal and what was decided on it (Law 94-V art. 8(7)). */
export class WithdrawalAnswer {
  decision!: DecisionAnswer;

  /** Uuid of the event `ConsentWithdrawn`. */
  event!: string;

  position!: string;

  recordedAt!: string;
}
