import { hash } from 'node:crypto';
import type {
  DatabaseSyncInstance as DatabaseSync,
  StatementSyncInstance as StatementSync,
} from '@photostructure/sqlite';

const HASH_BYTES = 32;
const ID_BYTES = 16;

/** Columns of a range of events, one entry an event. */
export interface BulkEvents {
  readonly leaves: readonly Uint8Array[];
  /** 32 bytes an event. */
  readonly hashes: Uint8Array;
  /** 16 bytes an event. */
  readonly ids: Uint8Array;
  readonly streams: readonly number[];
  readonly revisions: readonly number[];
  readonly types: readonly string[];
}

const bytes = (column: string, separator = "''"): string =>
  `CAST(ifnull(group_concat(CAST(${column} AS TEXT), ${separator}), '') AS BLOB)`;
const list = (column: string): string => `ifnull(group_concat(${column}), '')`;
/** Ordinals are unique, so as many as there must be between the first and the last are all of them. */
const WHOLE = 'count(*) = ?2 - ?1 AND min(ordinal) = ?1 AND max(ordinal) = ?2 - 1';
/** The separator is the byte that goes before a leaf when it is hashed (RFC 6962). */
const LEAVES = `${WHOLE}, ${bytes('leaf', "x'00'")}, ${list('octet_length(leaf)')}, ${bytes('hash')}`;
const HEADS = `${bytes('id')}, ${list('stream')}, ${list('revision')}, ${list('type')}`;

/** Events of a range as one row: a call into SQLite and objects for every column cost more than the bytes do. */
export class BulkRead {
  readonly #leaves: StatementSync;
  readonly #events: StatementSync;

  constructor(database: DatabaseSync) {
    this.#leaves = prepared(database, LEAVES);
    this.#events = prepared(database, `${LEAVES}, ${HEADS}`);
  }

  /** The leaves `from` … `to`−1; undefined when one is missing or is not the one that was recorded. */
  leaves(from: number, to: number): readonly Uint8Array[] | undefined {
    return matching(this.#leaves.get(from, to) as unknown as LeafCells, to - from);
  }

  /** The events `from` … `to`−1; undefined when one is missing or is not the one that was recorded. */
  events(from: number, to: number): BulkEvents | undefined {
    const row = this.#events.get(from, to) as unknown as EventCells;
    const [whole, preimages, lengths, hashes, ids, ...texts] = row;
    const leaves = matching([whole, preimages, lengths, hashes], to - from);
    const [streams = [], revisions = [], types = []] = texts.map((text) => text.split(','));
    const lists = [streams, revisions, types];
    if (leaves === undefined || ids.length !== leaves.length * ID_BYTES) return undefined;
    if (lists.some(({ length }) => length !== leaves.length)) return undefined;
    const numbers = { streams: streams.map(Number), revisions: revisions.map(Number) };
    return { leaves, hashes, ids, ...numbers, types };
  }
}

type LeafCells = readonly [whole: number, Uint8Array, lengths: string, hashes: Uint8Array];
type EventCells = readonly [...LeafCells, ids: Uint8Array, string, string, string];

function prepared(database: DatabaseSync, columns: string): StatementSync {
  const statement = database.prepare(
    `SELECT ${columns} FROM (SELECT * FROM events WHERE ordinal >= ?1 AND ordinal < ?2 ORDER BY ordinal)`,
  );
  statement.setReturnArrays(true);
  return statement;
}

/** Cuts the leaves apart; undefined when they are not so many, or one has another hash than was recorded. */
function matching(
  [whole, bytes, lengths, hashes]: LeafCells,
  count: number,
): readonly Uint8Array[] | undefined {
  if (whole !== 1 || hashes.length !== count * HASH_BYTES) return undefined;
  const preimages = Buffer.concat([Uint8Array.of(0x00), bytes]);
  const recorded = Buffer.from(hashes.buffer, hashes.byteOffset, hashes.length).toString('latin1');
  const leaves: Uint8Array[] = [];
  let at = 0;
  for (const length of lengths.split(',')) {
    const end = at + 1 + Number(length);
    const n = leaves.length * HASH_BYTES;
    const computed = hash('sha256', preimages.subarray(at, end), 'binary');
    if (computed !== recorded.slice(n, n + HASH_BYTES)) return undefined;
    leaves.push(preimages.subarray(at + 1, end));
    at = end;
  }
  return leaves.length === count ? leaves : undefined;
}
