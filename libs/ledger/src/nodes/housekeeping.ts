import type { Ledger } from '../ledger.js';
import { LANDS_WITHIN_MS } from './lands-within.js';

const EVERY_MS = 30_000;

/** What one of several nodes does for those that are gone: their orders of destruction and their pending rows. */
export class Housekeeping {
  #lastAt = performance.now();

  constructor(
    private readonly ledger: Ledger,
    private readonly everyMs = EVERY_MS,
  ) {}

  /** For whoever leads; does nothing where no other node writes, nor too often. */
  async tend(): Promise<void> {
    const { others, parts } = this.ledger;
    if (others === undefined || performance.now() - this.#lastAt < this.everyMs) return;
    this.#lastAt = performance.now();
    await others.completeAbandoned();
    const { store, vault } = parts;
    await vault.sweep(async (id) => (await store.findEvent(id)) !== undefined, LANDS_WITHIN_MS);
  }
}
