/** How a consent is proved. */
export class ConsentEvidenceAnswer {
  kind!: string;

  language!: string | null;
}

/** A consent as the ledger knew it at the moment asked for. */
export class ConsentHistoryAnswer {
  consent!: string;

  purpose!: string | null;

  categories!: string[];

  status!: 'given' | 'withdrawn' | 'expired' | 'refused' | 'claimed' | 'requested';

  givenAt!: string;

  validUntil!: string | null;

  withdrawnAt!: string | null;

  thirdParties!: boolean;

  crossBorder!: boolean;

  publication!: boolean;

  channel!: string | null;

  evidence!: ConsentEvidenceAnswer;
}

/** Consents with their whole history. */
export class ConsentsAnswer {
  consents!: ConsentHistoryAnswer[];
}

/** One event as a reader of history gets it: codes, times and places, never a value. */
export class TrailEntryAnswer {
  /** Place in the whole log, a decimal. */
  position!: string;

  /** On the trail of an operator: whose event it is. */
  subject?: string;

  /** Place in the stream, a decimal. */
  revision!: string;

  event!: string;

  type!: string;

  operation!: string | null;

  purpose!: string | null;

  basis!: object | null;

  categories!: string[] | null;

  actor!: string;

  actorRole!: string;

  occurredAt!: string;

  recordedAt!: string;

  verdict?: string;

  code?: string;

  clauses?: string[];

  policy!: object | null;

  recipient!: string | null;
}

/** One entry per event, refusals included, in order. */
export class TrailAnswer {
  entries!: TrailEntryAnswer[];

  /** Give it as `after` for the next page; null: this was the last. */
  next!: string | null;
}

/** One transfer: what, when, why. */
export class DisclosureAnswer {
  position!: string;

  event!: string;

  type!: string;

  recipient!: string | null;

  categories!: string[];

  purpose!: string | null;

  basis!: object | null;

  country!: string;

  occurredAt!: string;

  recordedAt!: string;

  verdict!: string;

  clauses!: string[];
}

/** Recipients with what, when, why. */
export class DisclosuresAnswer {
  disclosures!: DisclosureAnswer[];
}
