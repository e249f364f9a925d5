import { existsSync } from 'node:fs';
import type { RecordedEvent } from '../event-store.js';
import { EMPTY_LOG_HASH, nextLogHash } from '../leaf-hash.js';
import { anchorFaults, anchorMac, assertMac, readAnchor } from './anchor.js';
import { openConnection } from './connection.js';
import { LogReader } from './log-reader.js';
import { recoverHead } from './recover-head.js';
import type { SqliteLogOptions } from './sqlite-event-store.js';

/** One fault that was found; `item` names the file or the ordinal. */
export interface LogFault {
  readonly item: string;
  readonly reason: string;
}

/** Result of a full scan. */
export interface LogVerification {
  readonly events: bigint;
  readonly faults: readonly LogFault[];
}

/**
 * Scans the whole log: SQLite's own check, every leaf hash, ordinals and revisions without gaps, the running hash
 * against the last commit and the anchor, the anchor's MAC when the key is given. Faults are answers, not exceptions.
 */
export function verifyLog(
  options: Omit<SqliteLogOptions, 'mode'>,
  onEvent: (event: RecordedEvent) => void = () => undefined,
): LogVerification {
  const faults: LogFault[] = [];
  let events = 0n;
  const step = (item: string, check: () => void): void => {
    try {
      check();
    } catch (error) {
      faults.push({ item, reason: error instanceof Error ? error.message : 'unknown error' });
    }
  };
  step('log', () => {
    const database = openConnection(options.file, 'read');
    step('log', () => assertIntegrity(database.prepare('PRAGMA integrity_check').all()));
    step('log', () => recoverHead(database, { ...options, mode: 'read' }));
    step('log', () => {
      events = scan(new LogReader(database), onEvent);
    });
    step('log', () => database.close());
  });
  step('anchor', () => checkAnchor(options, faults));
  return { events, faults };
}

function scan(reader: LogReader, onEvent: (event: RecordedEvent) => void): bigint {
  const revisions = new Map<string, bigint>();
  const head = reader.head();
  let hash = EMPTY_LOG_HASH;
  let size = 0n;
  for (const batch of reader.all(0n, head.size)) {
    for (const event of batch) {
      if (event.revision !== (revisions.get(event.stream) ?? -1n) + 1n) {
        throw new Error(`event ${event.ordinal} is out of order in its stream`);
      }
      revisions.set(event.stream, event.revision);
      hash = nextLogHash(hash, event.leafHash);
      size += 1n;
      onEvent(event);
    }
  }
  if (!Buffer.from(hash).equals(head.hash))
    throw new Error('the running hash differs from the last commit');
  return size;
}

function checkAnchor(options: Omit<SqliteLogOptions, 'mode'>, faults: LogFault[]): void {
  const file = `${options.file}.anchor`;
  if (!existsSync(file)) throw new Error('the anchor is missing');
  for (const reason of anchorFaults(file)) faults.push({ item: 'anchor', reason });
  const anchored = readAnchor(file);
  if (anchored !== undefined && options.anchorKey !== undefined) {
    assertMac(anchored, anchorMac(options.anchorKey, options.ledgerId));
  }
}

function assertIntegrity(rows: readonly Readonly<Record<string, unknown>>[]): void {
  const answers = rows.map((row) => String(Object.values(row)[0]));
  if (answers.length !== 1 || answers[0] !== 'ok')
    throw new Error(`SQLite finds ${answers.length} faults`);
}
