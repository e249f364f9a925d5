import { setTimeout } from 'node:timers/promises';

/** Time and chance, as parameters. */
export interface Timing {
  /** Resolves after so many milliseconds. */
  wait(ms: number): Promise<void>;
  /** From 0 up to, not including, 1. */
  random(): number;
}

/** The machine's. */
export const MACHINE_TIMING: Timing = {
  wait: async (ms) => setTimeout(ms),
  random: () => Math.random(),
};

const FIRST_MS = 100;
const MOST_MS = 30_000;

/** Milliseconds before the next attempt: doubled each time up to 30 s, of which chance takes up to all. */
export function backoffMs(attempt: number, random: number): number {
  return random * Math.min(MOST_MS, FIRST_MS * 2 ** attempt);
}
