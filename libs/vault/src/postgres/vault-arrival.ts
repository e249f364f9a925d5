import type { Table, VaultRows } from '../moving/vault-rows.js';
import { VaultError } from '../vault-error.js';
import { countOf, empty, fill, holdsAll } from './arriving-rows.js';
import { VaultDatabase } from './connection.js';
import { noteEpochs } from './epochs.js';
import { assertFree, markArrived, markArriving } from './arriving.js';

/**
 * A database into which a vault is moved row for row; nothing is decrypted. Until the vault has settled, nobody can write
 * to it, and only its own ledger can read it.
 */
export class VaultArrival {
  private constructor(
    private readonly database: VaultDatabase,
    private readonly ledgerId: string,
  ) {}

  /**
   * Makes the schema where there is none, and marks it as waiting for this ledger's vault.
   * @throws {VaultError} WRONG_LOG when it holds a vault; as opening a vault does.
   */
  static async open(url: string, ledgerId: string): Promise<VaultArrival> {
    await rowsWaiting(url, ledgerId);
    const database = await VaultDatabase.open(url, 'create');
    try {
      await markArriving(database, ledgerId);
      return new VaultArrival(database, ledgerId);
    } catch (error) {
      await database.close();
      throw error;
    }
  }

  /**
   * Takes all rows in one transaction, and compares them cell by cell before it ends: they are there whole, or nothing
   * is. Rows that an earlier run brought stay when they are the same, and go when they are not.
   * @throws {VaultError} WRONG_LOG, DISK_FULL, IO and others: nothing of it is stored.
   */
  async take(source: VaultRows, told: (rows: number) => void): Promise<Taken> {
    return this.database.change(async (transaction) => {
      await assertFree(transaction, this.ledgerId);
      const rows = source.counts();
      const there = await countOf(transaction);
      if (there > 0 && (await holdsAll(transaction, source))) return { rows, there };
      await empty(transaction);
      await fill(transaction, source, told);
      await noteEpochs(transaction);
      if (await holdsAll(transaction, source)) return { rows, there: 0 };
      throw new VaultError('CORRUPT', 'the database does not give back the rows that it was given');
    });
  }

  async close(): Promise<void> {
    await this.database.close();
  }
}

/** How many rows of each table were taken, and how many of all were there before. */
export interface Taken {
  readonly rows: Readonly<Record<Table, number>>;
  readonly there: number;
}

/**
 * How many rows of this ledger's vault an earlier run has brought; reads only.
 * @throws {VaultError} WRONG_LOG when the database holds a vault already; as opening a vault does.
 */
export async function rowsWaiting(url: string, ledgerId: string): Promise<number> {
  const rows = await VaultDatabase.ifThere(url, async (database) =>
    database.read(async (session) => {
      await assertFree(session, ledgerId);
      return countOf(session);
    }),
  );
  return rows ?? 0;
}

/** The vault that was moved counts from now on. Repeating this changes nothing. @throws {VaultError} WRONG_LOG, NOT_FOUND. */
export async function settleVault(url: string, ledgerId: string): Promise<void> {
  const database = await VaultDatabase.open(url, 'write');
  try {
    await markArrived(database, ledgerId);
  } finally {
    await database.close();
  }
}
