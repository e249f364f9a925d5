import {
  DatabaseSync,
  type DatabaseSyncInstance,
  type StatementSyncInstance,
} from '@photostructure/sqlite';
import { existsSync } from 'node:fs';
import { CHUNK_ORDINALS, foldRows, rowsHash, type RowsText } from '../fold/row-text.js';
import { ViewDigest } from '../fold/view-digest.js';
import {
  ViewStore,
  type Cell,
  type Selection,
  type ViewDefinition,
  type ViewRow,
} from '../view.js';
import { ViewError } from '../view-error.js';
import { prepared } from './statements.js';
import { createIndexes, createTables, definitionOf, insertOf, tableOf, textOf } from './tables.js';

/** Why views are rebuilt: there are none, or they are other views or another ledger's; or they cannot be read. */
export type Unusable = 'stale' | 'damaged';

/** How the views file is opened. */
export interface SqliteViewOptions<E> {
  readonly file: string;
  readonly views: readonly ViewDefinition<E>[];
  readonly ledgerId: string;
  readonly mode: 'write' | 'read';
}

/** How far views are, and what they hold. */
export interface ViewsState {
  /** Next ordinal to apply. */
  readonly position: bigint;
  /** Digest of each view by its name. */
  readonly digests: Readonly<Record<string, string>>;
}

const BUSY_MS = 5_000;

/** Views in one SQLite file; disposable, so it need not survive a power cut, only never be ahead of its rows. */
export class SqliteViewStore<E> extends ViewStore {
  readonly #inserts: readonly StatementSyncInstance[];
  readonly #views: ReadonlyMap<string, ViewDefinition<E>>;

  private constructor(
    private readonly database: DatabaseSyncInstance,
    views: readonly ViewDefinition<E>[],
  ) {
    super();
    this.#views = new Map(views.map((view) => [view.name, view]));
    this.#inserts = views.map((view) => database.prepare(insertOf(view)));
  }

  /** Opens the views, or says why they must be rebuilt. */
  static open<E>(options: SqliteViewOptions<E>): SqliteViewStore<E> | Unusable {
    const { file, views, ledgerId, mode } = options;
    if (file !== ':memory:' && !existsSync(file)) return 'stale';
    let database: DatabaseSyncInstance | undefined;
    try {
      database = new DatabaseSync(file, { readOnly: mode === 'read', timeout: BUSY_MS });
      // A crash may lose the last transactions of this file, never a part of one: the log tells them again.
      if (mode === 'write')
        database.exec(
          'PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-65536',
        );
      if (metaOf(database, 'definition') !== definitionOf(views, ledgerId)) {
        database.close();
        return 'stale';
      }
      const opened = new SqliteViewStore(database, views);
      opened.position();
      return opened;
    } catch {
      if (database?.isOpen === true) database.close();
      return 'damaged';
    }
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
    return new SqliteViewStore(database, views);
  }

  /** Ends what `fresh` began: indexes, position, commit. */
  finish(position: bigint): void {
    createIndexes(this.database, [...this.#views.values()]);
    setMeta(this.database, 'position', String(position));
    this.database.exec('COMMIT');
  }

  position(): bigint {
    return BigInt(metaOf(this.database, 'position') ?? '0');
  }

  /**
   * Applies consecutive events, the first of them at ordinal `from`, and the new position in one transaction.
   * @throws {ViewError} GAP when the first is not the next one.
   */
  apply(from: bigint, events: readonly E[]): void {
    const position = this.position();
    if (from !== position) throw new ViewError('GAP', `the views expect event ${position}`);
    const rows = foldRows([...this.#views.values()], Number(from), events);
    this.database.exec('BEGIN IMMEDIATE');
    try {
      this.write(rows);
      setMeta(this.database, 'position', String(from + BigInt(events.length)));
      this.database.exec('COMMIT');
    } catch (error) {
      if (this.database.isTransaction) this.database.exec('ROLLBACK');
      throw error;
    }
  }

  /** Writes rows, one text a view, without a transaction of its own: for a rebuild into a fresh file. */
  write(rows: readonly RowsText[]): void {
    rows.forEach((text, view) => {
      if (text !== '') this.#inserts[view]?.run(text);
    });
  }

  *select(name: string, selection: Selection): Iterable<ViewRow> {
    const view = this.#view(name);
    const { sql, cells } = queryOf(view, selection);
    const statement = prepared(this.database, sql);
    statement.setReadBigInts(true);
    for (const row of statement.all(...cells)) {
      const { ordinal, ...rest } = row as Record<string, Cell>;
      yield { ordinal: BigInt(ordinal ?? 0), cells: rest };
    }
  }

  digest(name: string): string {
    const digest = new ViewDigest();
    const view = this.#view(name);
    const chunk = prepared(this.database, textOf(view));
    // Rows after the position would be no views of it: they count too.
    const last = this.database.prepare(`SELECT max(ordinal) AS last FROM ${tableOf(view)}`).get();
    const end = Math.max(Number(this.position()), Number(last?.['last'] ?? -1) + 1);
    for (let from = 0; from < end; from += CHUNK_ORDINALS) {
      const text = String(chunk.get(from, from + CHUNK_ORDINALS)?.['rows']);
      digest.add(from, text === '[]' ? '' : rowsHash(text));
    }
    return digest.value();
  }

  /** The position and all digests as of one moment, also beside a writer. */
  state(): ViewsState {
    this.database.exec('BEGIN');
    try {
      const digests = [...this.#views.keys()].map((name) => [name, this.digest(name)] as const);
      return { position: this.position(), digests: Object.fromEntries(digests) };
    } finally {
      this.database.exec('COMMIT');
    }
  }

  /** Whether the file is whole by SQLite's own check: indexes, too, say what the rows say. */
  isIntact(): boolean {
    const answers = this.database.prepare('PRAGMA integrity_check').all();
    return answers.length === 1 && answers[0]?.['integrity_check'] === 'ok';
  }

  close(): void {
    this.database.close();
  }

  #view(name: string): ViewDefinition<E> {
    const view = this.#views.get(name);
    if (view === undefined) throw new ViewError('UNKNOWN_VIEW', 'there is no view of this name');
    return view;
  }
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
