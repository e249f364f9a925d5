import type { EventStore, RecordedEvent } from '#event-store';
import type { Selection, ViewDefinition, ViewReader, ViewRow } from './view.js';

/** Rows of the events `from` … `to`−1, by view. */
interface Kept {
  readonly from: bigint;
  readonly to: bigint;
  readonly rows: ReadonlyMap<string, readonly ViewRow[]>;
}

/**
 * Rows of the newest events, kept here until the stored views hold them too: a question need not wait until they are
 * written. Rows never change, so a reader may go on with those it was given.
 */
export class RecentRows<E> {
  #kept: Kept = { from: 0n, to: 0n, rows: new Map() };

  constructor(
    private readonly views: readonly ViewDefinition<E>[],
    private readonly decode: (recorded: RecordedEvent) => E,
  ) {}

  /**
   * Stored views that hold everything before `seen`, and on top of them the rows of all else that the log holds now.
   * Not to be called again before it is done.
   */
  async onTopOf(stored: ViewReader, seen: bigint, store: EventStore): Promise<ViewReader> {
    const { from, rows: old } = this.#kept;
    const isNext = from <= seen && seen <= this.#kept.to;
    let { to } = isNext ? this.#kept : { to: seen };
    const rows = new Map(
      this.views.map(({ name }) => {
        const kept = isNext ? (old.get(name) ?? []) : [];
        return [name, kept.filter(({ ordinal }) => ordinal >= seen)] as const;
      }),
    );
    for await (const batch of store.readAll(to)) {
      for (const recorded of batch) {
        for (const [name, row] of this.#rowsOf(recorded)) rows.get(name)?.push(row);
        to = recorded.ordinal + 1n;
      }
    }
    this.#kept = { from: seen, to, rows };
    return new WithRecent(stored, this.#kept);
  }

  #rowsOf(recorded: RecordedEvent): readonly (readonly [view: string, ViewRow])[] {
    const event = this.decode(recorded);
    const { ordinal } = recorded;
    return this.views.flatMap((view) =>
      view.rows(event).map((row) => {
        const cells = view.columns.map((column, n) => [column, row[n] ?? null] as const);
        return [view.name, { ordinal, cells: Object.fromEntries(cells) }] as const;
      }),
    );
  }
}

/** What is stored comes before what is kept, in the order of the log. */
class WithRecent implements ViewReader {
  constructor(
    private readonly stored: ViewReader,
    private readonly kept: Kept,
  ) {}

  async select(view: string, selection: Selection): Promise<readonly ViewRow[]> {
    const { from, rows } = this.kept;
    const { upTo = from, limit, descending = false } = selection;
    const recent = (rows.get(view) ?? []).filter(matching(selection));
    const before = { ...selection, upTo: upTo < from ? upTo : from - 1n };
    const stored = await this.stored.select(view, before);
    const all = descending ? [...recent.reverse(), ...stored] : [...stored, ...recent];
    return limit === undefined ? all : all.slice(0, limit);
  }
}

function matching({ where = {}, after, upTo }: Selection): (row: ViewRow) => boolean {
  const wanted = Object.entries(where);
  return ({ ordinal, cells }) =>
    (after === undefined || ordinal > after) &&
    (upTo === undefined || ordinal <= upTo) &&
    wanted.every(([column, cell]) => cells[column] === cell);
}
