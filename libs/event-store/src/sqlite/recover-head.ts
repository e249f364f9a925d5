import type {
  DatabaseSyncInstance as DatabaseSync,
  StatementSyncInstance as StatementSync,
} from '@photostructure/sqlite';
import { EventStoreError } from '../event-store-error.js';
import type { LogHead } from '../event-store.js';
import { EMPTY_LOG_HASH, nextLogHash } from '../leaf-hash.js';
import { anchorMac, AnchorFile, assertMac, readAnchor } from './anchor.js';
import { headOf } from './rows.js';
import type { SqliteLogOptions } from './sqlite-event-store.js';

/**
 * Compares the log with its anchor. A log ahead of it was stopped between commit and anchor: its tail is hashed again
 * and (in write mode) anchored.
 * @throws {EventStoreError} ROLLED_BACK when the log is shorter than, or different from, what was anchored;
 * WRONG_KEY; WRONG_LOG when the file belongs to another ledger.
 */
export function recoverHead(database: DatabaseSync, options: SqliteLogOptions): LogHead {
  claimLedger(database, options);
  // The anchor first: while another process appends, a log that is read later is never behind it.
  const anchored = readAnchor(`${options.file}.anchor`);
  const head = storedHead(database.prepare(SELECT_HEAD));
  if (anchored !== undefined && options.anchorKey !== undefined) {
    assertMac(anchored, anchorMac(options.anchorKey, options.ledgerId));
  }
  const from = anchored ?? { size: 0n, hash: EMPTY_LOG_HASH };
  if (anchored === undefined && head.size > 0n) {
    throw new EventStoreError(
      'ROLLED_BACK',
      `the log holds ${head.size} events and its anchor is missing`,
    );
  }
  if (from.size > head.size) {
    const message = `the log holds ${head.size} events, ${from.size} were acknowledged: a wrong or rolled-back log`;
    throw new EventStoreError('ROLLED_BACK', message);
  }
  assertSame(runningHash(database, from, head.size), head);
  if (options.mode === 'write') reanchor(options, head, anchored);
  return head;
}

function reanchor(options: SqliteLogOptions, head: LogHead, anchored: LogHead | undefined): void {
  if (options.anchorKey === undefined || (anchored !== undefined && anchored.size === head.size))
    return;
  const anchor = AnchorFile.open(
    `${options.file}.anchor`,
    anchorMac(options.anchorKey, options.ledgerId),
  );
  anchor.write(head);
  anchor.close();
}

/** Reads the head as the last commit wrote it. */
export const SELECT_HEAD = "SELECT value FROM meta WHERE key = 'head'";

/** The head as the last commit wrote it, from what `SELECT_HEAD` finds. */
export function storedHead(select: StatementSync): LogHead {
  const row = select.get();
  return row === undefined
    ? { size: 0n, hash: EMPTY_LOG_HASH }
    : headOf(row['value'] as Uint8Array);
}

/** The running hash continued from a head over what follows, up to a size if given. */
export function runningHash(database: DatabaseSync, from: LogHead, upTo?: bigint): LogHead {
  let { size, hash } = from;
  const rows = database.prepare(
    'SELECT CAST(hash AS BLOB) AS hash FROM events WHERE ordinal >= ? AND ordinal < ? ORDER BY ordinal',
  );
  for (const row of rows.iterate(Number(from.size), Number(upTo ?? Number.MAX_SAFE_INTEGER))) {
    hash = nextLogHash(hash, row['hash'] as Uint8Array);
    size += 1n;
  }
  return { size, hash };
}

function assertSame(computed: LogHead, head: LogHead): void {
  if (computed.size === head.size && Buffer.from(computed.hash).equals(head.hash)) return;
  throw new EventStoreError(
    'ROLLED_BACK',
    `the log of ${head.size} events is not the one that was anchored`,
  );
}

function claimLedger(database: DatabaseSync, { ledgerId, mode }: SqliteLogOptions): void {
  const row = database.prepare("SELECT value FROM meta WHERE key = 'ledger'").get();
  if (row === undefined) {
    if (mode === 'write') {
      database.prepare("INSERT INTO meta VALUES ('ledger', ?)").run(Buffer.from(ledgerId));
    }
    return;
  }
  if (Buffer.from(row['value'] as Uint8Array).toString() === ledgerId) return;
  throw new EventStoreError('WRONG_LOG', 'the log file belongs to another ledger');
}
