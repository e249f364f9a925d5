import { WithheldAnswer } from '../subject-data/data.answer.dto.js';
import { RecordedAnswer } from '../subjects/subject.answer.dto.js';

/** A recorded operation; of a destruction the event is `DataDestroyed`. */
export class OperationAnswer extends RecordedAnswer {
  /** Of a destruction: what was done, what is retained. */
  certificate?: object;

  /** Of a collection or clarification: values that were not kept, because their category is destroyed. */
  withheld?: WithheldAnswer[];
}
