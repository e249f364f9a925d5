import { Migrator, sql, type Kysely, type Migration } from 'kysely';
import { VaultError } from '../vault-error.js';
import { SCHEMA } from './tables.js';

const VAULT = `
  SET LOCAL search_path = ${SCHEMA};
  CREATE TABLE meta (key text PRIMARY KEY, value bytea NOT NULL);
  CREATE TABLE subjects (
    event text NOT NULL, subject text PRIMARY KEY, operator text NOT NULL, generation integer NOT NULL,
    epoch integer NOT NULL, key bytea NOT NULL
  );
  CREATE INDEX ON subjects (event);
  CREATE INDEX ON subjects (operator, epoch);
  CREATE TABLE envelopes (
    event text NOT NULL, id text PRIMARY KEY, operator text NOT NULL, subject text, scope text NOT NULL,
    type text NOT NULL, version text NOT NULL, generation integer NOT NULL,
    salt bytea NOT NULL, commitment bytea NOT NULL, ciphertext bytea NOT NULL
  );
  CREATE INDEX ON envelopes (event);
  CREATE INDEX ON envelopes (subject, scope);
  CREATE TABLE refs (
    event text NOT NULL, hash bytea PRIMARY KEY, operator text NOT NULL, kind text NOT NULL, id text NOT NULL,
    destroyed integer NOT NULL
  );
  CREATE INDEX ON refs (event);
  CREATE INDEX ON refs (id);
  CREATE TABLE identifiers (
    event text NOT NULL, hash bytea NOT NULL, subject text NOT NULL, scheme text NOT NULL, token bytea NOT NULL,
    PRIMARY KEY (hash, subject)
  );
  CREATE INDEX ON identifiers (event);
  CREATE INDEX ON identifiers (subject);
  CREATE TABLE actors (hash bytea PRIMARY KEY, id text NOT NULL, name bytea NOT NULL);
  CREATE TABLE claims (
    event text PRIMARY KEY, writer text NOT NULL, since timestamptz NOT NULL DEFAULT clock_timestamp(),
    settled timestamptz
  );
  CREATE INDEX ON claims (settled) WHERE settled IS NOT NULL;
  CREATE TABLE tombstones (
    subject text NOT NULL, category text NOT NULL, event text NOT NULL, receipt text NOT NULL,
    PRIMARY KEY (subject, category)
  );
  CREATE INDEX ON tombstones (event);
  CREATE TABLE epochs (
    operator text NOT NULL, epoch integer NOT NULL, created_at text NOT NULL, retire_by text,
    PRIMARY KEY (operator, epoch)
  );
  SET LOCAL search_path = DEFAULT;
`;

/** Every change of the schema, by a name that sorts after those before it. */
const MIGRATIONS: Readonly<Record<string, Migration>> = {
  '0001-vault': { up: async (db) => void (await sql.raw(VAULT).execute(db)) },
};

/**
 * Brings the schema to what this program knows, in one transaction; whoever else starts waits for it.
 * @throws {VaultError} NEWER_FORMAT, NOT_FOUND where there is none and none is to be made: nothing is touched.
 */
export async function migrate<T>(db: Kysely<T>, mode: 'create' | 'write'): Promise<void> {
  if ((await countOfKnown(db)) === 0 && mode === 'write') throw noVault();
  const migrator = new Migrator({
    db,
    provider: { getMigrations: async () => MIGRATIONS },
    migrationTableSchema: SCHEMA,
  });
  const { error } = await migrator.migrateToLatest();
  if (error instanceof Error) throw error;
}

/**
 * Reads only: whether the schema is the one that this program knows.
 * @throws {VaultError} NOT_FOUND, NEWER_FORMAT.
 */
export async function assertMigrated<T>(db: Kysely<T>): Promise<void> {
  if ((await countOfKnown(db)) < Object.keys(MIGRATIONS).length) throw noVault();
}

/** How many of our migrations were run. @throws {VaultError} NEWER_FORMAT when others were. */
async function countOfKnown<T>(db: Kysely<T>): Promise<number> {
  const table = `${SCHEMA}.kysely_migration`;
  const there = await sql<{ name: string | null }>`SELECT to_regclass(${table}) AS name`.execute(
    db,
  );
  if (there.rows[0]?.name === null) return 0;
  const { rows } = await sql<{ name: string }>`SELECT name FROM ${sql.table(table)}`.execute(db);
  const unknown = rows.find(({ name }) => !(name in MIGRATIONS));
  if (unknown === undefined) return rows.length;
  throw new VaultError(
    'NEWER_FORMAT',
    `the vault was made by a newer program (${unknown.name}): update this one`,
  );
}

function noVault(): VaultError {
  return new VaultError('NOT_FOUND', 'no vault in this database: name the right one, or run init');
}
