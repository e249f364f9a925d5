import { WithheldAnswer } from '../subject-data/data.answer.dto.js';

/** What became of one event. */
export class EventResult {
  /** As the emitter gave it; null when the event could not be read that far. */
  id!: string | null;

  status!: 'accepted' | 'duplicate' | 'refused' | 'violation' | 'invalid';

  /** Uuid of the event that records it. */
  event?: string;

  /** Place in the whole log, a decimal. */
  position?: string;

  /** Of a refusal, a violation, or of what is wrong with the event. */
  code?: string;

  clauses?: string[];

  /** Values that were not kept, because their category is destroyed. */
  withheld?: WithheldAnswer[];

  errors?: EventFault[];
}

/** What is wrong with an event. */
export class EventFault {
  path!: string;

  message!: string;
}

/** Results in the order of the events. */
export class EventsAnswer {
  results!: EventResult[];
}
