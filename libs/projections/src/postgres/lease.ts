import type pg from 'pg';
import { randomUUID } from 'node:crypto';
import { ViewError } from '../view-error.js';
import { inTransaction } from './pool.js';
import type { Session } from './rows.js';

const SCHEMA = 'pdl_nodes';
const MADE = `
  SELECT pg_advisory_xact_lock(hashtextextended('${SCHEMA}', 0));
  CREATE SCHEMA IF NOT EXISTS ${SCHEMA};
  CREATE TABLE IF NOT EXISTS ${SCHEMA}.leases (
    name text PRIMARY KEY, holder text NOT NULL, token bigint NOT NULL, expires timestamptz NOT NULL
  )`;
/** Whoever holds it keeps it; another one takes it when it has expired, under the next token. */
const TAKE = `
  INSERT INTO ${SCHEMA}.leases AS held (name, holder, token, expires)
  VALUES ($1, $2, 1, clock_timestamp() + $3 * interval '1 millisecond')
  ON CONFLICT (name) DO UPDATE SET
    holder = excluded.holder, expires = excluded.expires,
    token = held.token + (held.holder <> excluded.holder)::int
  WHERE held.holder = excluded.holder OR held.expires < clock_timestamp()
  RETURNING token`;

/** How long a lease lasts that is not renewed, by the database's clock. */
export const LEASE_MS = 5_000;

/**
 * What one node at a time may do, for as long as it says so again in time. Time alone protects nothing: a node may be
 * stopped while it holds the lease. So each holder has a higher token than the one before, and what it writes is
 * checked against the lease in the same transaction (fencing).
 */
export class Lease {
  readonly #holder = randomUUID();
  #token: string | undefined;
  #renewedAt = -Infinity;

  constructor(
    private readonly pool: pg.Pool,
    private readonly name: string,
    private readonly lastsMs = LEASE_MS,
  ) {}

  /** Makes the table of leases, once for all. */
  async prepare(): Promise<void> {
    await inTransaction(this.pool, 'BEGIN', async (client) => client.query(MADE));
  }

  /** Takes or keeps the lease; whether this node has it. The database is asked again when a third of it is over. */
  async isHeld(): Promise<boolean> {
    if (this.#token !== undefined && performance.now() - this.#renewedAt < this.lastsMs / 3)
      return true;
    const asked = performance.now();
    const { rows } = await this.pool.query<{ token: string }>(TAKE, [
      this.name,
      this.#holder,
      this.lastsMs,
    ]);
    this.#token = rows[0]?.token;
    this.#renewedAt = asked;
    return this.#token !== undefined;
  }

  /**
   * In a transaction that writes what the lease is for: nobody takes it before that ends.
   * @throws {ViewError} NOT_LEADING when another node has it.
   */
  async assertHeld(session: Session): Promise<void> {
    const { rows } = await session.query(
      `SELECT 1 FROM ${SCHEMA}.leases WHERE name = $1 AND holder = $2 AND token = $3 FOR SHARE`,
      [this.name, this.#holder, this.#token ?? '0'],
    );
    if (rows.length > 0) return;
    this.#token = undefined;
    throw new ViewError('NOT_LEADING', `another node holds the lease ${this.name}`);
  }

  /** Lets the next node have it at once. */
  async release(): Promise<void> {
    if (this.#token === undefined) return;
    this.#token = undefined;
    await this.pool.query(
      `UPDATE ${SCHEMA}.leases SET expires = clock_timestamp() WHERE name = $1 AND holder = $2`,
      [this.name, this.#holder],
    );
  }
}
