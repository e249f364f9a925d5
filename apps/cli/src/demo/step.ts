/** One step of the demo: an event of a backend, or a read by the officer. */
export type Step = EventStep | ReadStep;

/** An event of a backend. */
export interface EventStep {
  readonly type: string;
  readonly of: string;
  readonly data: object;
  readonly text: string;
  /** Code that the gate is expected to say. */
  readonly refused?: string;
}

/** A read by the officer. */
export interface ReadStep {
  readonly read: string;
  readonly purpose: string;
  readonly categories?: readonly string[];
  readonly text: string;
  /** Code that the gate is expected to say. */
  readonly refused?: string;
}

/** Steps under a heading. */
export interface Chapter {
  readonly title: string;
  readonly steps: readonly Step[];
}

/** The terms of a consent. */
export function terms(
  purpose: string,
  categories: readonly string[],
  departing: object = {},
): object {
  return {
    purpose,
    categories,
    validUntil: '2031-01-01T00:00:00Z',
    thirdParties: false,
    crossBorder: false,
    publication: false,
    channel: 'OTHER_CONFIRMABLE',
    evidence: { kind: 'otp', language: 'kk' },
    ...departing,
  };
}

/** An operation on a person's data; `refused` is the code that the gate is expected to say. */
export function operation(
  of: string,
  name: string,
  data: object,
  { text, refused }: { readonly text: string; readonly refused?: string },
): EventStep {
  const step = { type: `operation.${name}`, of, data, text };
  return refused === undefined ? step : { ...step, refused };
}
