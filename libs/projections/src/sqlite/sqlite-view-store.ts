import { DatabaseSync, type DatabaseSyncInstance } from '@photostructure/sqlite';
import { existsSync } from 'node:fs';
import { definitionOf } from '../definition.js';
import { CHUNK_ORDINALS, foldRows, rowsHash, type RowsText } from '../fold/row-text.js';
import { ViewDigest } from '../fold/view-digest.js';
import {
  ViewStore,
  type Cell,
  type Selection,
  type ViewDefinition,
  type ViewRow,
  type ViewsState,
} from '../view.js';
import type { Unusable } from '../view-place.js';
import { ViewError } from '../view-error.js';
import { prepared } from './statements.js';
import { createIndexes, createTables, insertOf, tableOf, textOf } from './tables.js';

/** How the views file is opened. */
export interface SqliteViewOptions<E> {
  readonly file: string;
  readonly views: readonly ViewDefinition<E>[];
  readonly ledgerId: string;
  readonly mode: 'write' | 'read';
}

const BUSY_MS = 5_000;

/** Views in one SQLite file; disposable, so it need not survive a power cut, only never be ahead of its rows. */
export class SqliteViewStore<E> extends ViewStore<E> {
  readonly #views: ReadonlyMap<string, ViewDefinition<E>>;

  private constructor(
    private database: DatabaseSyncInstance,
    private readonly options: SqliteViewOptions<E>,
  ) {
    super();
    this.#views = new Map(options.views.map((view) => [view.name, view]));
  }

  /** Opens the views, or says why they must be rebuilt. */
  static open<E>(options: SqliteViewOptions<E>): SqliteViewStore<E> | Unusable {
    const database = connect(options);
    return typeof database === 'string' ? database : new SqliteViewStore(database, options);
  }

  /** Empty views in a fresh file (or `:memory:`), one open transaction, no indexes: `finish` ends it. */
  static fresh<E>(
    file: string,
    views: readonly ViewDefinition<E>[],
    ledgerId: string,
  ): SqliteViewStore<E> {
    const database = new DatabaseSync(file);
    database.exec('PRAGMA page_size=16384; PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; BEGIN');
    createTables(database, views);
    setMeta(database, 'definition', definitionOf(views, ledgerId));
    return new SqliteViewStore(database, { file, views, ledgerId, mode: 'write' });
  }

  /** Ends what `fresh` began: indexes, position, commit. */
  finish(position: bigint): void {
    createIndexes(this.database, [...this.#views.values()]);
    setMeta(this.database, 'position', String(position));
    this.database.exec('COMMIT');
  }

  async position(): Promise<bigint> {
    return this.seen();
  }

  /** The position, at once. */
  seen(): bigint {
    return positionOf(this.database);
  }

  async apply(from: bigint, events: readonly E[]): Promise<void> {
    const rows = foldRows([...this.#views.values()], Number(from), events);
    this.add(Number(from), Number(from) + events.length, rows);
  }

  /**
   * Adds the rows of events `from` … `to`−1, one text a view, and the new position in one transaction.
   * @throws {ViewError} GAP when the first is not the next one.
   */
  add(from: number, to: number, rows: readonly RowsText[]): void {
    const position = positionOf(this.database);
    if (BigInt(from) !== position) throw new ViewError('GAP', `the views expect event ${position}`);
    this.database.exec('BEGIN IMMEDIATE');
    try {
      this.write(rows);
      setMeta(this.database, 'position', String(to));
      this.database.exec('COMMIT');
    } catch (error) {
      if (this.database.isTransaction) this.database.exec('ROLLBACK');
      throw error;
    }
  }

  /** Writes rows, one text a view, without a transaction of its own: for a rebuild into a fresh file. */
  write(rows: readonly RowsText[]): void {
    rows.forEach((text, view) => {
      const definition = this.options.views[view];
      if (text === '' || definition === undefined) return;
      prepared(this.database, insertOf(definition)).run(text);
    });
  }

  /**
   * Closes the file, lets another be put in its place and opens that: all at once for whoever reads here.
   * @throws {ViewError} IO when what was put there are no such views.
   */
  replaceBy(put: () => void): void {
    this.database.close();
    put();
    const database = connect(this.options);
    if (typeof database === 'string') {
      throw new ViewError('IO', 'what was put in the place of the views cannot be opened');
    }
    this.database = database;
  }

  async select(name: string, selection: Selection): Promise<readonly ViewRow[]> {
    const view = this.#view(name);
    const { sql, cells } = queryOf(view, selection);
    const statement = prepared(this.database, sql);
    statement.setReadBigInts(true);
    return statement.all(...cells).map((row) => {
      const { ordinal, ...rest } = row as Record<string, Cell>;
      return { ordinal: BigInt(ordinal ?? 0), cells: rest };
    });
  }

  async digest(name: string): Promise<string> {
    return this.#digest(name);
  }

  async state(): Promise<ViewsState> {
    this.database.exec('BEGIN');
    try {
      const digests = [...this.#views.keys()].map((name) => [name, this.#digest(name)] as const);
      return { position: positionOf(this.database), digests: Object.fromEntries(digests) };
    } finally {
      this.database.exec('COMMIT');
    }
  }

  /** Whether the file is whole by SQLite's own check: indexes, too, say what the rows say. */
  isIntact(): boolean {
    const answers = this.database.prepare('PRAGMA integrity_check').all();
    return answers.length === 1 && answers[0]?.['integrity_check'] === 'ok';
  }

  get isOpen(): boolean {
    return this.database.isOpen;
  }

  async close(): Promise<void> {
    this.database.close();
  }

  #digest(name: string): string {
    const digest = new ViewDigest();
    const view = this.#view(name);
    const chunk = prepared(this.database, textOf(view));
    // Rows after the position would be no views of it: they count too.
    const last = this.database.prepare(`SELECT max(ordinal) AS last FROM ${tableOf(view)}`).get();
    const end = Math.max(Number(positionOf(this.database)), Number(last?.['last'] ?? -1) + 1);
    for (let from = 0; from < end; from += CHUNK_ORDINALS) {
      const text = String(chunk.get(from, from + CHUNK_ORDINALS)?.['rows']);
      digest.add(from, text === '[]' ? '' : rowsHash(text));
    }
    return digest.value();
  }

  #view(name: string): ViewDefinition<E> {
    const view = this.#views.get(name);
    if (view === undefined) throw new ViewError('UNKNOWN_VIEW', 'there is no view of this name');
    return view;
  }
}

function connect<E>({
  file,
  views,
  ledgerId,
  mode,
}: SqliteViewOptions<E>): DatabaseSyncInstance | Unusable {
  if (file !== ':memory:' && !existsSync(file)) return 'stale';
  let database: DatabaseSyncInstance | undefined;
  try {
    database = new DatabaseSync(file, { readOnly: mode === 'read', timeout: BUSY_MS });
    // A crash may lose the last transactions of this file, never a part of one: the log tells them again.
    if (mode === 'write')
      database.exec('PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-16384');
    if (metaOf(database, 'definition') !== definitionOf(views, ledgerId)) {
      database.close();
      return 'stale';
    }
    assertReadable(database, views);
    return database;
  } catch {
    if (database?.isOpen === true) database.close();
    return 'damaged';
  }
}

/** Throws where what these views need is not there. */
function assertReadable<E>(
  database: DatabaseSyncInstance,
  views: readonly ViewDefinition<E>[],
): void {
  for (const view of views) prepared(database, insertOf(view));
  positionOf(database);
}

function positionOf(database: DatabaseSyncInstance): bigint {
  return BigInt(metaOf(database, 'position') ?? '0');
}

/** A meta row, undefined when absent. */
export function metaOf(database: DatabaseSyncInstance, key: string): string | undefined {
  return prepared(database, 'SELECT value FROM meta WHERE key = ?').get(key)?.['value'] as
    string | undefined;
}

/** Sets a meta row. */
export function setMeta(database: DatabaseSyncInstance, key: string, value: string): void {
  prepared(database, 'INSERT OR REPLACE INTO meta VALUES (?, ?)').run(key, value);
}

const NO_LIMIT = Number.MAX_SAFE_INTEGER;

function queryOf<E>(
  view: ViewDefinition<E>,
  { where = {}, after, upTo, limit, descending }: Selection,
): { readonly sql: string; readonly cells: readonly (string | bigint | null | number)[] } {
  const unknown = Object.keys(where).find((column) => !view.columns.includes(column));
  if (unknown !== undefined)
    throw new ViewError('UNKNOWN_COLUMN', `view ${view.name} has no such column`);
  const conditions = Object.keys(where).map((column) => `"${column}" IS ?`);
  const cells: (string | bigint | null | number)[] = Object.values(where);
  if (after !== undefined) {
    conditions.push('ordinal > ?');
    cells.push(after);
  }
  if (upTo !== undefined) {
    conditions.push('ordinal <= ?');
    cells.push(upTo);
  }
  const direction = descending === true ? 'DESC' : 'ASC';
  const filter = conditions.length === 0 ? '' : `WHERE ${conditions.join(' AND ')}`;
  cells.push(Math.max(0, Math.trunc(limit ?? NO_LIMIT)));
  const sql = `SELECT * FROM ${tableOf(view)} ${filter} ORDER BY ordinal ${direction}, rowid ${direction} LIMIT ?`;
  return { sql, cells };
}
