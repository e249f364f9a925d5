import { Clock } from '#ledger';

/** A clock that a test moves. */
export class TestClock extends Clock {
  #now = Date.parse('2026-03-02T09:00:00Z');

  now(): Date {
    return new Date(this.#now);
  }

  move(ms: number): void {
    this.#now += ms;
  }
}
