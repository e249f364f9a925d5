/** What a recorded command is answered with. */
export class RecordedAnswer {
  /** Uuid of the event that records it. */
  event!: string;

  /** Place in the whole log, a decimal. */
  position!: string;

  /** Place in the stream, a decimal. */
  revision!: string;

  /** ISO 8601 UTC. */
  recordedAt!: string;

  /** `violation`: reported after the act, and not lawful. */
  verdict!: 'lawful' | 'violation';
}

/** A registered person. */
export class SubjectAnswer extends RecordedAnswer {
  /** The ledger's own random id of the person. */
  subject!: string;
}
