import type { SeenLog } from '../vault.js';

/** Tables that take staged rows; in each the first columns are the row number and the event that it waits for. */
export type StagedTable = 'envelopes' | 'identifiers' | 'refs' | 'subjects';
export type Cell = string | number | null | Uint8Array;

/** What an envelope's row is sealed from, by whoever writes it; wiped when it is handed over. */
export interface ToSeal {
  readonly key: Uint8Array;
  /** Padded. */
  readonly plaintext: Uint8Array;
}

/** Overwrites what must not stay in memory. */
export function wipe({ key, plaintext }: ToSeal): void {
  key.fill(0);
  plaintext.fill(0);
}

/** One row to be written. */
export interface StagedRow {
  readonly table: StagedTable;
  readonly row: number;
  readonly event: string;
  /** The columns after row and event; of an envelope without the sealed ones. */
  readonly cells: readonly Cell[];
  readonly toSeal?: ToSeal;
}

/** The subjects whose keys are among the rows. */
export function subjectsIn(rows: readonly StagedRow[]): readonly string[] {
  return rows.filter(({ table }) => table === 'subjects').map(({ cells }) => String(cells[0]));
}

/** What one transaction writes. */
export interface Batch {
  readonly rows: readonly StagedRow[];
  /** Rows up to this number wait for nothing any more: their events are in the log. */
  readonly settled: number;
  /** Events that came into the log since the batch before, of those that rows were staged for. */
  readonly confirmed: readonly string[];
  readonly seen: SeenLog | undefined;
}

/**
 * Rows on their way into the file. They are numbered through all tables in the order of staging, so that one number
 * tells what is still pending on the log: everything after the last settled row.
 */
export class Staging {
  #rows: StagedRow[] = [];
  /** Event → its first row, in the order of staging. */
  readonly #pending = new Map<string, number>();
  readonly #lost = new Set<string>();
  #confirmed: string[] = [];
  #seen: SeenLog | undefined;
  #next: number;

  constructor(lastRow: number) {
    this.#next = lastRow + 1;
  }

  /** Adds a row that belongs to an event. */
  stage(event: string, table: StagedTable, cells: readonly Cell[], toSeal?: ToSeal): void {
    const row = this.#next;
    this.#next += 1;
    if (!this.#pending.has(event)) this.#pending.set(event, row);
    this.#rows.push(
      toSeal === undefined ? { table, row, event, cells } : { table, row, event, cells, toSeal },
    );
  }

  /** Takes note that events are in the log; written with the next batch. */
  confirm(events: readonly string[], log: SeenLog): void {
    for (const event of events) if (this.#pending.delete(event)) this.#confirmed.push(event);
    this.#seen = log;
  }

  /** Forgets events that will never be in the log; gives back the rows that were staged for them. */
  discard(events: ReadonlySet<string>): readonly StagedRow[] {
    const discarded = this.#rows.filter(({ event }) => events.has(event));
    this.#rows = this.#rows.filter(({ event }) => !events.has(event));
    for (const event of events) {
      this.#pending.delete(event);
      this.#lost.delete(event);
    }
    return discarded;
  }

  /** Notes events whose rows were taken and are not written: they must not be recorded. */
  lose(events: Iterable<string>): void {
    for (const event of events) this.#lost.add(event);
  }

  /** Which of the events are lost, until they are discarded. */
  lostOf(events: readonly string[]): readonly string[] {
    return events.filter((event) => this.#lost.has(event));
  }

  /** Whether there is anything that must be durable before an append. */
  get isEmpty(): boolean {
    return this.#rows.length === 0;
  }

  /** Hands over everything that was staged. */
  take(): Batch {
    const rows = this.#rows;
    this.#rows = [];
    const confirmed = this.#confirmed;
    this.#confirmed = [];
    const [first = this.#next] = this.#pending.values();
    return { rows, settled: first - 1, confirmed, seen: this.#seen };
  }
}
