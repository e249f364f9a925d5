/** What a cell of a view can hold; JSON goes in as text. */
export type Cell = string | bigint | null;

/** One row that an event adds to a view; columns in the order of the definition. */
export type Row = readonly Cell[];

/**
 * A view as the events that make it: a pure map from one event to rows, appended under the event's ordinal and never
 * changed. The state at a moment is the last row of each key up to that ordinal, so every view answers as-of.
 */
export interface ViewDefinition<E> {
  /** kebab-case, unique; names the table and the digest. */
  readonly name: string;
  /** Raised when `columns` or `rows` change: the live view is rebuilt at the next start. */
  readonly version: number;
  readonly columns: readonly string[];
  /** Lists of columns that queries select by; the ordinal is appended to each. */
  readonly indexes: readonly (readonly string[])[];
  /** Pure and total. */
  rows(event: E): readonly Row[];
}

/** A row as it is read back. */
export interface ViewRow {
  readonly ordinal: bigint;
  readonly cells: Readonly<Record<string, Cell>>;
}

/** Which rows: equality on columns, a range of ordinals, a page. */
export interface Selection {
  readonly where?: Readonly<Record<string, Cell>>;
  /** Only rows with ordinal > this. */
  readonly after?: bigint;
  /** Only rows with ordinal ≤ this. */
  readonly upTo?: bigint;
  readonly limit?: number;
  /** Last rows first. */
  readonly descending?: boolean;
}

/** How far views are, and what they hold. */
export interface ViewsState {
  /** Next ordinal to apply. */
  readonly position: bigint;
  /** Digest of each view by its name. */
  readonly digests: Readonly<Record<string, string>>;
}

/** What questions are answered from. */
export interface ViewReader {
  /**
   * Rows of a view that match, by ordinal and then in the order in which their event made them: as of the call.
   * @throws {ViewError} UNKNOWN_VIEW, UNKNOWN_COLUMN.
   */
  select(view: string, selection: Selection): Promise<readonly ViewRow[]>;
}

/** Where views live. Rows and the position are written in one transaction. */
export abstract class ViewStore<E> implements ViewReader {
  /** Next ordinal to apply: the views hold everything before it. */
  abstract position(): Promise<bigint>;
  abstract select(view: string, selection: Selection): Promise<readonly ViewRow[]>;
  /** Hex SHA-256 over the view's rows in order: the same for the same events, however they were applied, and where. */
  abstract digest(view: string): Promise<string>;
  /** The position and all digests as of one moment, also beside a writer. */
  abstract state(): Promise<ViewsState>;
  /**
   * Applies consecutive events, the first of them at ordinal `from`, and the new position in one transaction.
   * @throws {ViewError} GAP when the first is not the next one.
   */
  abstract apply(from: bigint, events: readonly E[]): Promise<void>;
  abstract close(): Promise<void>;
}
