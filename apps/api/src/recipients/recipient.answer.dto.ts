import { RecordedAnswer } from '../subjects/subject.answer.dto.js';

/** A registered recipient. */
export class RecipientAnswer extends RecordedAnswer {
  /** The ledger's own random id of the recipient: what operations name. */
  recipient!: string;
}
