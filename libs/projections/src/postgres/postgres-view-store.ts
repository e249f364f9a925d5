import type pg from 'pg';
import { foldRows } from '../fold/row-text.js';
import {
  ViewStore,
  type Selection,
  type ViewDefinition,
  type ViewRow,
  type ViewsState,
} from '../view.js';
import { ViewError } from '../view-error.js';
import type { Lease } from './lease.js';
import { digestOf, positionOf, setPosition, writeRows } from './rows.js';
import { inTransaction, rethrown } from './pool.js';
import { queryOf, rowOf } from './selection.js';
import { LIVE } from './tables.js';

/** A crash of the server may lose the last transactions, never a part of one: the log tells them again. */
const BEGIN_WRITE = 'BEGIN; SET LOCAL synchronous_commit = off';
const BEGIN_READ = 'BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY';

/** Views in a schema of a PostgreSQL database. */
export class PostgresViewStore<E> extends ViewStore<E> {
  readonly #views: ReadonlyMap<string, ViewDefinition<E>>;

  constructor(
    private readonly pool: pg.Pool,
    views: readonly ViewDefinition<E>[],
    /** Where several nodes could apply events: the one that may. */
    private readonly lease?: Lease,
  ) {
    super();
    this.#views = new Map(views.map((view) => [view.name, view]));
  }

  async position(): Promise<bigint> {
    return positionOf(this.pool).catch(rethrown);
  }

  async select(name: string, selection: Selection): Promise<readonly ViewRow[]> {
    const { sql, values } = queryOf(this.#view(name), selection);
    const { rows } = await this.pool.query<Record<string, string>>(sql, values).catch(rethrown);
    return rows.map(rowOf);
  }

  async digest(name: string): Promise<string> {
    return digestOf(this.pool, LIVE, this.#view(name)).catch(rethrown);
  }

  async state(): Promise<ViewsState> {
    return inTransaction(this.pool, BEGIN_READ, async (client) => {
      const digests: Record<string, string> = {};
      for (const [name, view] of this.#views) digests[name] = await digestOf(client, LIVE, view);
      return { position: await positionOf(client), digests };
    });
  }

  async apply(from: bigint, events: readonly E[]): Promise<void> {
    const views = [...this.#views.values()];
    await inTransaction(this.pool, BEGIN_WRITE, async (client) => {
      await this.lease?.assertHeld(client);
      const position = await positionOf(client, 'FOR UPDATE');
      if (from !== position) throw new ViewError('GAP', `the views expect event ${position}`);
      await writeRows(client, LIVE, views, foldRows(views, Number(from), events));
      await setPosition(client, LIVE, from + BigInt(events.length));
    });
  }

  async close(): Promise<void> {
    // Its sessions are the place's.
  }

  #view(name: string): ViewDefinition<E> {
    const view = this.#views.get(name);
    if (view === undefined) throw new ViewError('UNKNOWN_VIEW', 'there is no view of this name');
    return view;
  }
}
