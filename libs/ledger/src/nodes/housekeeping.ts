import { rotateKeys } from '../commands/rotate-keys.js';
import type { Ledger } from '../ledger.js';
import { LANDS_WITHIN_MS } from './lands-within.js';

const EVERY_MS = 30_000;

/** A rotation retires what is due within an hour: there is time for several tries. */
const ROTATE_EVERY_MS = 600_000;

/**
 * What a serving ledger does by itself: it retires key epochs before they are overdue; one of several nodes also
 * finishes what those that are gone have begun, and sweeps their pending rows.
 */
export class Housekeeping {
  #lastAt = performance.now();
  // At the first look: nobody may have served for long.
  #rotatedAt = -Infinity;

  constructor(
    private readonly ledger: Ledger,
    private readonly everyMs = EVERY_MS,
  ) {}

  /** For whoever leads; does nothing too often. */
  async tend(): Promise<void> {
    await this.#tidyUp();
    if (performance.now() - this.#rotatedAt < ROTATE_EVERY_MS) return;
    this.#rotatedAt = performance.now();
    await rotateKeys(this.ledger, 'soon', { name: 'pdl serve' }, 'ledger');
  }

  async #tidyUp(): Promise<void> {
    const { others, parts } = this.ledger;
    if (others === undefined || performance.now() - this.#lastAt < this.everyMs) return;
    this.#lastAt = performance.now();
    await others.finishAbandoned();
    const { store, vault } = parts;
    await vault.sweep(async (id) => (await store.findEvent(id)) !== undefined, LANDS_WITHIN_MS);
  }
}
