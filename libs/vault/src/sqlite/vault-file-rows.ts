import type { DatabaseSyncInstance } from '@photostructure/sqlite';
import {
  OWN_META,
  TABLES,
  TABLE_NAMES,
  type Row,
  type Table,
  type VaultRows,
} from '../moving/vault-rows.js';
import { openVaultFile, translated } from './connection.js';
import { prepared } from './statements.js';
import { pendingEvents } from './writing.js';

const OTHERS = `WHERE key NOT IN (${OWN_META.map((key) => `'${key}'`).join(', ')})`;

/** The rows of a vault file, to be moved elsewhere: read only, all by one and the same read. Needs no key. */
export class VaultFileRows implements VaultRows {
  private constructor(private readonly database: DatabaseSyncInstance) {}

  /** @throws {VaultError} NOT_FOUND, NEWER_FORMAT, CORRUPT and others. */
  static open(file: string): VaultFileRows {
    const database = openVaultFile(file, 'read');
    database.exec('BEGIN');
    return new VaultFileRows(database);
  }

  counts(): Readonly<Record<Table, number>> {
    const counts = TABLE_NAMES.map((table) => [table, this.#count(table)]);
    return Object.fromEntries(counts) as Readonly<Record<Table, number>>;
  }

  /** @throws {VaultError} CORRUPT, IO. */
  *rows(table: Table): Iterable<Row> {
    try {
      if (table === 'claims') yield* this.#claims();
      else yield* this.#stored(table);
    } catch (cause) {
      throw translated(cause);
    }
  }

  /** Ends the read first: a statement that nobody collected yet would keep it, and the file's WAL with it. */
  close(): void {
    if (this.database.isTransaction) this.database.exec('COMMIT');
    this.database.close();
  }

  #count(table: Table): number {
    if (table === 'claims') return this.#claims().length;
    return Number(prepared(this.database, `SELECT count(*) AS n FROM ${from(table)}`).get()?.['n']);
  }

  #claims(): readonly Row[] {
    return [...pendingEvents(this.database)].sort().map((event) => [event, '']);
  }

  #stored(table: Table): Iterable<Row> {
    const { columns, by } = TABLES[table];
    const sql = `SELECT ${columns.join(', ')} FROM ${from(table)} ORDER BY ${by.join(', ')}`;
    // Kept: the driver's iterator does not keep its statement from being collected.
    const statement = prepared(this.database, sql);
    statement.setReturnArrays(true);
    return statement.iterate() as unknown as Iterable<Row>;
  }
}

function from(table: Table): string {
  return table === 'meta' ? `meta ${OTHERS}` : table;
}
