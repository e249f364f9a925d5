/** A category that is not given out, and why. */
export class WithheldAnswer {
  category!: string;

  code!: string;
}

/** Values under a purpose; the event that records the read was durable before. */
export class DataAnswer {
  /** As asked, null for now. */
  asOf!: string | null;

  /** Of the event that records the read, a decimal. */
  position!: string;

  /** Category → value, when it was collected, by which event. */
  data!: Record<string, object>;

  withheld!: WithheldAnswer[];
}
