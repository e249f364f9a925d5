import type { DatabaseSyncInstance } from '@photostructure/sqlite';
import type { SeenLog } from '../vault.js';
import { translated } from './connection.js';

interface Write {
  readonly event: string;
  readonly run: () => void;
}

/** What was staged: written in one transaction, pending on its events until they are in the log. */
export class Staging {
  #writes: Write[] = [];
  #confirmed: string[] = [];
  #seen: SeenLog | undefined;

  constructor(private readonly database: DatabaseSyncInstance) {}

  /** Adds a write that belongs to an event. */
  stage(event: string, run: () => void): void {
    this.#writes.push({ event, run });
  }

  /** Takes note that events are in the log; written with the next commit. */
  confirm(events: readonly string[], log: SeenLog): void {
    this.#confirmed.push(...events);
    this.#seen = log;
  }

  /** Forgets staged writes of events. */
  discard(events: ReadonlySet<string>): void {
    this.#writes = this.#writes.filter(({ event }) => !events.has(event));
  }

  /** Whether there is anything that must be durable before an append. */
  get isEmpty(): boolean {
    return this.#writes.length === 0;
  }

  /** Writes everything in one fsynced transaction. */
  commit(): void {
    const writes = this.#writes;
    const confirmed = this.#confirmed;
    inTransaction(this.database, () => {
      const pend = this.database.prepare('INSERT OR IGNORE INTO pending VALUES (?)');
      for (const event of new Set(writes.map((write) => write.event))) pend.run(event);
      for (const { run } of writes) run();
      const unpend = this.database.prepare('DELETE FROM pending WHERE event = ?');
      for (const event of confirmed) unpend.run(event);
      if (this.#seen !== undefined) writeSeen(this.database, this.#seen);
    });
    this.#writes = [];
    this.#confirmed = [];
  }
}

/** Runs in one transaction; nothing of it stays when it throws. @throws {VaultError} */
export function inTransaction(database: DatabaseSyncInstance, run: () => void): void {
  try {
    database.exec('BEGIN IMMEDIATE');
    run();
    database.exec('COMMIT');
  } catch (cause) {
    if (database.isTransaction) database.exec('ROLLBACK');
    throw translated(cause);
  }
}

/** Remembers the log as it was just seen. */
export function writeSeen(database: DatabaseSyncInstance, { ledgerId, size, hash }: SeenLog): void {
  const bytes = Buffer.alloc(76);
  bytes.writeBigUInt64BE(size, 0);
  bytes.set(hash, 8);
  bytes.write(ledgerId, 40, 'latin1');
  database.prepare("INSERT OR REPLACE INTO meta VALUES ('seen', ?)").run(bytes);
}

/** The log as the vault last saw it. */
export function readSeen(database: DatabaseSyncInstance): SeenLog | undefined {
  const row = database.prepare("SELECT value FROM meta WHERE key = 'seen'").get();
  if (row === undefined) return undefined;
  const bytes = Buffer.from(row['value'] as Uint8Array);
  return {
    ledgerId: bytes.toString('latin1', 40),
    size: bytes.readBigUInt64BE(0),
    hash: Uint8Array.from(bytes.subarray(8, 40)),
  };
}

/** Notes that no order below this log size is open. */
export function writeCompleted(database: DatabaseSyncInstance, size: bigint): void {
  database
    .prepare("INSERT OR REPLACE INTO meta VALUES ('completed', ?)")
    .run(Buffer.from(String(size)));
}

/** Log size below which no order is open; 0 when none was noted. */
export function readCompleted(database: DatabaseSyncInstance): bigint {
  const row = database.prepare("SELECT value FROM meta WHERE key = 'completed'").get();
  return row === undefined ? 0n : BigInt(Buffer.from(row['value'] as Uint8Array).toString());
}
