import { sql, type RawBuilder } from 'kysely';
import { VaultError } from '../vault-error.js';
import { ARRIVING, OWNER } from './arriving.js';
import { empty } from './arriving-rows.js';
import { VaultDatabase } from './connection.js';
import { metaOf } from './meta.js';
import { SCHEMA, type Session } from './tables.js';

/**
 * Reads only: whether a ledger may begin in this database: no vault is in it, or nobody's, or what `cutOff` began.
 * @throws {VaultError} OCCUPIED, saying by whom and what to do; as opening a vault does.
 */
export async function assertMayBegin(url: string, cutOff: string | undefined): Promise<void> {
  const occupied = await VaultDatabase.ifThere(url, async (database) => database.read(occupation));
  if (occupied === undefined || occupied.ledgerId === cutOff) return;
  throw new VaultError('OCCUPIED', sentenceOf(occupied));
}

interface Occupation {
  readonly ledgerId: string;
  /** Name of the database on its server. */
  readonly database: string;
  /** Whether nobody ever was in the vault: no person, no value, no tombstone. */
  readonly isUnused: boolean;
}

async function occupation(session: Session): Promise<Occupation | undefined> {
  const owner = await metaOf(session, OWNER);
  const ledgerId = owner ?? (await metaOf(session, ARRIVING));
  if (ledgerId === undefined) return undefined;
  const among = (table: string): RawBuilder<boolean> =>
    sql`EXISTS (SELECT FROM ${sql.table(`${SCHEMA}.${table}`)})`;
  const isUsed = sql.join(USED.map(among), sql` OR `);
  const { rows } = await sql<{ database: string; used: boolean }>`
    SELECT current_database() AS database, ${isUsed} AS used`.execute(session);
  const [{ database = '', used = true } = {}] = rows;
  return { ledgerId: ledgerId.toString(), database, isUnused: owner !== undefined && !used };
}

const USED = ['subjects', 'refs', 'envelopes', 'tombstones'];

/** Only people can tell whether a ledger that nobody is in is in use: its directory may be on another machine. */
function sentenceOf({ ledgerId, database, isUnused }: Occupation): string {
  const holds = `the database ${database} holds the vault of another ledger, ${ledgerId}`;
  if (!isUnused)
    return `${holds}: name another database, or put back the ledger.json of that ledger`;
  return (
    `${holds}, in which nobody is, as an init leaves it that was killed and whose directory is gone: name another ` +
    `database, or, where no ledger.json names that ledger, run "DROP SCHEMA ${SCHEMA} CASCADE" in this one`
  );
}

/**
 * Takes back what a ledger that did not come to be has put here: the vault is nobody's then, and empty. Another ledger's is
 * left as it is. @throws {VaultError} as opening a vault does.
 */
export async function takeBackVault(url: string, ledgerId: string): Promise<void> {
  await VaultDatabase.ifThere(url, async (database) =>
    database.change(async (transaction) => {
      if ((await metaOf(transaction, OWNER))?.toString() !== ledgerId) return;
      await empty(transaction);
      await transaction.deleteFrom('claims').execute();
      await transaction.deleteFrom('meta').execute();
    }),
  );
}
