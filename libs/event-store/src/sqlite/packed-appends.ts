import { hash } from 'node:crypto';
import type { Append, NewEvent } from '../event-store.js';

/**
 * A batch of appends on its way to the writer: flat lists and two arenas that are handed over, because cloning many
 * small objects costs more than writing them. One entry an append, or one an event, in order.
 */
export interface PackedAppends {
  readonly streams: readonly string[];
  readonly expectedRevisions: readonly number[];
  /** What `Append.prev` says, where it says anything. */
  readonly prevs: readonly (string | undefined)[];
  /** How many events each append has. */
  readonly counts: readonly number[];
  /** What an append's decision read, for the few that read anything. */
  readonly read: ReadonlyMap<number, Readonly<Record<string, bigint>>>;
  readonly types: readonly string[];
  /** 16 bytes an event. */
  readonly ids: Uint8Array<ArrayBuffer>;
  readonly leafLengths: readonly number[];
  /** 0x00 ‖ leaf of each event: what its leaf hash is made of. */
  readonly preimages: Uint8Array<ArrayBuffer>;
}

/** One append as the writer takes it. */
export interface StoredAppend {
  readonly stream: string;
  readonly expectedRevision: number;
  readonly prev: string | undefined;
  readonly events: readonly StoredEvent[];
  readonly read: Readonly<Record<string, bigint>> | undefined;
}

/** One event as it is written. */
export interface StoredEvent {
  readonly type: string;
  /** 16 bytes. */
  readonly id: Uint8Array;
  readonly leaf: Uint8Array;
  readonly hash: Uint8Array;
  /** The same as a string of one byte a character, which keeps no arena alive. */
  readonly digest: string;
}

const ID_BYTES = 16;
const HASH_BYTES = 32;

/** Packs appends whose ids are uuids. */
export function packed(appends: readonly Append[]): PackedAppends {
  const events = appends.flatMap((append) => append.events);
  const leafLengths = events.map(({ leaf }) => leaf.length);
  return {
    streams: appends.map(({ stream }) => stream),
    expectedRevisions: appends.map(({ expectedRevision }) => Number(expectedRevision)),
    prevs: appends.map(({ prev }) => prev),
    counts: appends.map((append) => append.events.length),
    read: new Map(
      appends.flatMap(({ read }, index) => (read === undefined ? [] : [[index, read] as const])),
    ),
    types: events.map(({ type }) => type),
    ids: idsOf(events),
    leafLengths,
    preimages: preimagesOf(events, leafLengths),
  };
}

/** The appends again; their bytes are views into the arenas. */
export function unpacked(batch: PackedAppends): readonly StoredAppend[] {
  const events = storedEvents(batch);
  let next = 0;
  return batch.streams.map((stream, index) => {
    const first = next;
    next += batch.counts[index] ?? 0;
    return {
      stream,
      expectedRevision: batch.expectedRevisions[index] ?? -1,
      prev: batch.prevs[index],
      events: events.slice(first, next),
      read: batch.read.get(index),
    };
  });
}

function idsOf(events: readonly NewEvent[]): Uint8Array<ArrayBuffer> {
  const ids = new Uint8Array(events.length * ID_BYTES);
  const hex = events.reduce((text, { id }) => text + id, '').replaceAll('-', '');
  Buffer.from(ids.buffer).write(hex, 'hex');
  return ids;
}

function preimagesOf(
  events: readonly NewEvent[],
  lengths: readonly number[],
): Uint8Array<ArrayBuffer> {
  const arena = new Uint8Array(lengths.reduce((sum, length) => sum + 1 + length, 0));
  let at = 0;
  for (const { leaf } of events) {
    arena.set(leaf, at + 1);
    at += 1 + leaf.length;
  }
  return arena;
}

function storedEvents({
  types,
  ids,
  leafLengths,
  preimages,
}: PackedAppends): readonly StoredEvent[] {
  const hashes = Buffer.allocUnsafe(types.length * HASH_BYTES);
  let at = 0;
  return types.map((type, n) => {
    const end = at + 1 + (leafLengths[n] ?? 0);
    const digest = hash('sha256', preimages.subarray(at, end), 'binary');
    hashes.write(digest, n * HASH_BYTES, 'binary');
    const leaf = preimages.subarray(at + 1, end);
    at = end;
    return {
      type,
      id: ids.subarray(n * ID_BYTES, (n + 1) * ID_BYTES),
      leaf,
      hash: hashes.subarray(n * HASH_BYTES, (n + 1) * HASH_BYTES),
      digest,
    };
  });
}
