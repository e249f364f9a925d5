/** A clock that only goes forward, for how long things take. */
export interface Stopwatch {
  /** Milliseconds since some moment. */
  nowMs(): number;
}

/** The machine's. */
export const MACHINE_STOPWATCH: Stopwatch = { nowMs: () => performance.now() };
