import type pg from 'pg';
import { definitionOf } from '../definition.js';
import { foldInto } from '../fold/fold-views.js';
import type { ViewDefinition } from '../view.js';
import { ViewPlace, type BuildOptions, type Rebuilt, type Unusable } from '../view-place.js';
import { Lease } from './lease.js';
import { inTransaction, isDamage, openPool, rethrown } from './pool.js';
import { PostgresViewStore } from './postgres-view-store.js';
import { digestOf, positionOf, setMeta, setPosition, writeRows, type Session } from './rows.js';
import { FRESH, LIVE, indexesOf, tableOf, tablesOf } from './tables.js';

/** Which views lie in which database. */
export interface PostgresPlaceOptions<E> {
  /** As libpq takes it; `sslmode` and `sslrootcert` say which server is trusted. */
  readonly url: string;
  readonly views: readonly ViewDefinition<E>[];
  readonly ledgerId: string;
  /** Whether other nodes write the same log: one of them projects at a time. */
  readonly isShared?: boolean;
}

/** Held to the end of the transaction by whoever builds or swaps, on whichever node. */
const LOCK = `SELECT pg_advisory_xact_lock(hashtextextended('${LIVE}', 0))`;

/** Views in a schema of a PostgreSQL database; others are built in a schema beside it. */
export class PostgresViewPlace<E> extends ViewPlace<E> {
  readonly #pool: pg.Pool;
  readonly #lease: Lease | undefined;

  constructor(private readonly options: PostgresPlaceOptions<E>) {
    super();
    this.#pool = openPool(options.url);
    this.#lease = options.isShared === true ? new Lease(this.#pool, 'projector') : undefined;
  }

  /** @throws {ViewError} ACCESS_DENIED, TLS, IO when the database cannot be asked. */
  async open(): Promise<PostgresViewStore<E> | Unusable> {
    const { views, ledgerId } = this.options;
    try {
      const found = await this.#definition().catch(rethrown);
      if (found !== definitionOf(views, ledgerId)) return 'stale';
      await this.#assertReadable().catch(rethrown);
      await this.#lease?.prepare();
    } catch (error) {
      if (isDamage(error)) return 'damaged';
      throw error;
    }
    return new PostgresViewStore(this.#pool, views, this.#lease);
  }

  /** All of it is one transaction, indexes last. */
  async build(options: BuildOptions<E>): Promise<Rebuilt> {
    const { views, ledgerId } = this.options;
    return inTransaction(this.#pool, 'BEGIN', async (client) => {
      await client.query(LOCK);
      await client.query(`DROP SCHEMA IF EXISTS ${FRESH} CASCADE; CREATE SCHEMA ${FRESH}`);
      await client.query(tablesOf(FRESH, views));
      await setMeta(client, FRESH, 'definition', definitionOf(views, ledgerId));
      const target = {
        write: async (rows: readonly string[]) => writeRows(client, FRESH, views, rows),
        finish: async (position: bigint) => {
          await client.query(indexesOf(FRESH, views));
          await setPosition(client, FRESH, position);
        },
        digest: async (name: string) => digestOf(client, FRESH, viewOf(views, name)),
      };
      return foldInto(target, { ...options, views });
    });
  }

  async putInPlace(): Promise<void> {
    await inTransaction(this.#pool, 'BEGIN', async (client) => {
      await client.query(LOCK);
      // Another node that was faster has put in place what was built last, by whomever.
      if (!(await hasSchema(client, FRESH))) return;
      await client.query(`DROP SCHEMA IF EXISTS ${LIVE} CASCADE`);
      await client.query(`ALTER SCHEMA ${FRESH} RENAME TO ${LIVE}`);
    });
  }

  async isLeading(): Promise<boolean> {
    return this.#lease === undefined || this.#lease.isHeld().catch(rethrown);
  }

  async close(): Promise<void> {
    // Where the database is away the lease ends by itself.
    await this.#lease?.release().catch(() => undefined);
    await this.#pool.end();
  }

  async #definition(): Promise<string | undefined> {
    if (!(await hasSchema(this.#pool, LIVE))) return undefined;
    const { rows } = await this.#pool.query<{ value: string }>(
      `SELECT value FROM ${LIVE}.meta WHERE key = 'definition'`,
    );
    return rows[0]?.value;
  }

  /** Throws where what these views need is not there. */
  async #assertReadable(): Promise<void> {
    for (const view of this.options.views) {
      const columns = view.columns.map((column) => `, "${column}"`).join('');
      await this.#pool.query(`SELECT ordinal, line${columns} FROM ${tableOf(LIVE, view)} LIMIT 0`);
    }
    await positionOf(this.#pool);
  }
}

async function hasSchema(session: Session, name: string): Promise<boolean> {
  const { rows } = await session.query('SELECT 1 FROM pg_namespace WHERE nspname = $1', [name]);
  return rows.length > 0;
}

function viewOf<E>(views: readonly ViewDefinition<E>[], name: string): ViewDefinition<E> {
  const view = views.find((each) => each.name === name);
  if (view === undefined) throw new Error('a view that is built has a definition');
  return view;
}
