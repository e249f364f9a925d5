/** How long is waited for the server, in milliseconds. */
export interface Timing {
  /** For one answer to one call; then the connection is given up. */
  readonly callMs: number;
  /** For an append or a read altogether, tries and pauses included. */
  readonly patienceMs: number;
}

/** An election takes one to five seconds; a leader that is frozen is noticed by its call, and then elected away. */
export const DEFAULT_TIMING: Timing = { callMs: 5_000, patienceMs: 20_000 };
