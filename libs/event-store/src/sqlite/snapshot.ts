import type { DatabaseSyncInstance as DatabaseSync } from '@photostructure/sqlite';

/**
 * One read transaction for all reads of a turn of the event loop: a page is read once between two commits of the
 * writing connection, not once a statement.
 */
export class Snapshot {
  #open = false;

  constructor(private readonly database: DatabaseSync) {}

  /** Reads see the same commits until the turn or the snapshot ends. */
  begin(): void {
    if (this.#open) return;
    this.database.exec('BEGIN');
    this.#open = true;
    setImmediate(() => this.end());
  }

  end(): void {
    if (!this.#open) return;
    this.#open = false;
    if (this.database.isOpen) this.database.exec('COMMIT');
  }
}
