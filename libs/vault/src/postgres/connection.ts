import { Kysely, PostgresDialect, sql } from 'kysely';
import pg from 'pg';
import { VaultError, type VaultErrorCode } from '../vault-error.js';
import { assertMigrated, migrate } from './migrations.js';
import { SCHEMA, type Session, type VaultTables } from './tables.js';

/** How a vault is opened; only `create` makes one where there is none. */
export type VaultMode = 'create' | 'write' | 'read';

/** Who else may work while a transaction lasts: others that add rows, or nobody. */
type Lock = 'pg_advisory_xact_lock_shared' | 'pg_advisory_xact_lock';

/** The sessions of one vault with its database; one that breaks is replaced at the next use. */
export class VaultDatabase {
  readonly #session: Session;

  private constructor(private readonly database: Kysely<VaultTables>) {
    this.#session = database.withSchema(SCHEMA);
  }

  /**
   * Connects, and brings the schema to what this program knows, but for `read`; only `create` makes it anew.
   * @throws {VaultError} ACCESS_DENIED, TLS, IO, NOT_DURABLE, NEWER_FORMAT; NOT_FOUND.
   */
  static async open(url: string, mode: VaultMode): Promise<VaultDatabase> {
    const pool = new pg.Pool({
      connectionString: url,
      max: 8,
      connectionTimeoutMillis: 5_000,
      application_name: 'pdl-vault',
    });
    pool.on('error', () => undefined);
    // Also while it is lent out and waits for no answer: whoever uses it next hears of it.
    pool.on('connect', (client) => client.on('error', () => undefined));
    const database = new Kysely<VaultTables>({ dialect: new PostgresDialect({ pool }) });
    try {
      await assertDurable(database);
      await (mode === 'read' ? assertMigrated(database) : migrate(database, mode));
      return new VaultDatabase(database);
    } catch (cause) {
      await database.destroy();
      throw translated(cause);
    }
  }

  /** Works on a vault that is there, and not at all where there is none. @throws {VaultError} as `open`. */
  static async ifThere<T>(
    url: string,
    work: (database: VaultDatabase) => Promise<T>,
  ): Promise<T | undefined> {
    let database: VaultDatabase;
    try {
      database = await VaultDatabase.open(url, 'read');
    } catch (error) {
      if (error instanceof VaultError && error.code === 'NOT_FOUND') return undefined;
      throw error;
    }
    return work(database).finally(async () => database.close());
  }

  /** Reads. @throws {VaultError} as `open`. */
  async read<T>(work: (session: Session) => Promise<T>): Promise<T> {
    try {
      return await work(this.#session);
    } catch (cause) {
      throw translated(cause);
    }
  }

  /** Adds rows, in one transaction. @throws {VaultError} DISK_FULL, READ_ONLY, IO: then nothing of it is stored, or all. */
  async add<T>(work: (transaction: Session) => Promise<T>): Promise<T> {
    return this.#write('pg_advisory_xact_lock_shared', work);
  }

  /** Changes keys, in one transaction, while nobody adds rows under those of before. @throws {VaultError} as `add`. */
  async change<T>(work: (transaction: Session) => Promise<T>): Promise<T> {
    return this.#write('pg_advisory_xact_lock', work);
  }

  async close(): Promise<void> {
    await this.database.destroy();
  }

  async #write<T>(lock: Lock, work: (transaction: Session) => Promise<T>): Promise<T> {
    try {
      return await this.#session.transaction().execute(async (transaction) => {
        await sql`SELECT ${sql.raw(lock)}(hashtextextended(${SCHEMA}, 0))`.execute(transaction);
        return work(transaction);
      });
    } catch (cause) {
      throw translated(cause);
    }
  }
}

const DURABLE = {
  fsync: ['on'],
  full_page_writes: ['on'],
  synchronous_commit: ['on', 'remote_apply'],
};

async function assertDurable(database: Kysely<VaultTables>): Promise<void> {
  for (const [name, good] of Object.entries(DURABLE)) {
    const { rows } = await sql<{ value: string }>`SELECT current_setting(${name}) AS value`.execute(
      database,
    );
    const value = rows[0]?.value ?? '';
    if (!good.includes(value))
      throw new VaultError('NOT_DURABLE', `the vault's server must not run with ${name}=${value}`);
  }
}

const BY_CODE: readonly (readonly [RegExp, VaultErrorCode, string])[] = [
  [/^(?:23505|40P01)/u, 'NOT_AT_HAND', 'another writer was faster'],
  [/^(?:28|3D000|42501)/u, 'ACCESS_DENIED', 'the database lets us not in'],
  [/^53100/u, 'DISK_FULL', 'the disk of the database is full: nothing was stored'],
  [/^25006/u, 'READ_ONLY', 'the database cannot be written: it is a copy, or set so'],
  [/^XX00[12]/u, 'CORRUPT', 'the database is damaged: restore a copy'],
  [/TLS|SSL|CERT|SIGNATURE|ISSUER/u, 'TLS', 'no safe connection to the database'],
];
const NO_TLS = 'The server does not support SSL connections';

/** A driver's error as the vault's: its code, and no text of the database, which may quote what it was sent. */
function translated(cause: unknown): VaultError {
  if (cause instanceof VaultError) return cause;
  const file = unreadableFileOf(cause);
  if (file !== undefined) {
    const message = `a certificate file of the database cannot be read: ${file}`;
    return new VaultError('TLS', message, { cause });
  }
  const code = codeOf(cause);
  const [, name = 'IO', words = 'the database cannot be used: check that it runs, and its URL'] =
    BY_CODE.find(([pattern]) => pattern.test(code)) ?? [];
  return new VaultError(name, `${words} (${code})`, { cause });
}

/** The driver reads the files that its URL names when it connects; it reads no others. */
function unreadableFileOf(cause: unknown): string | undefined {
  const { syscall, path = '', code = '' } = (cause ?? {}) as NodeJS.ErrnoException;
  return syscall === 'open' ? `${path} (${code})` : undefined;
}

function codeOf(cause: unknown): string {
  if (cause instanceof Error && cause.message === NO_TLS) return 'no SSL';
  const hasCode = typeof cause === 'object' && cause !== null && 'code' in cause;
  return hasCode ? String(cause.code) : 'connection lost';
}
