/** Consents with their whole history. */
export class ConsentsAnswer {
  consents!: object[];
}

/** One entry per event, refusals included, in order. */
export class TrailAnswer {
  entries!: object[];

  /** Give it as `after` for the next page; null: this was the last. */
  next!: string | null;
}

/** Recipients with what, when, why. */
export class DisclosuresAnswer {
  disclosures!: object[];
}
