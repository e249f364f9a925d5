import { SCHEMA_VERSION, decodeEvent, type EventType, type LedgerEvent } from '#domain';

/** Types of which no view but the audit trail makes a row. */
export const ON_THE_TRAIL_ALONE: readonly EventType[] = [
  'DataAccumulated',
  'DataDepersonalised',
  'DataRecorded',
  'DataRetrieved',
  'DataStored',
  'DataSystematised',
  'DataUsed',
  'OperationRefused',
];

/**
 * The event of stored leaf bytes, as far as the views look at it. Of most events that is a few short texts, which are
 * cut out of the canonical bytes: to parse all of them is half the work of a replay. The bytes were compared with their
 * hash before: of an event that is not parsed, nobody looks here at what stands between.
 * @throws {DomainError} as `decodeEvent`, of what is parsed.
 */
export function decodeForViews(leaf: Uint8Array): LedgerEvent {
  return glanceAt(leaf) ?? decodeEvent(leaf);
}

const TYPES: ReadonlySet<string | undefined> = new Set(ON_THE_TRAIL_ALONE);

const TEXT = String.raw`"[^"\\]*"`;
const LIST = String.raw`\[(?:${TEXT},?)*\]`;
const FLAT = String.raw`\{(?:${TEXT}:(?:${TEXT}|null),?)*\}`;
/** Members of `data` up to one of this name: none of them deeper than an object of texts. */
const upTo = (name: string): string =>
  `(?:"(?!${name}")[A-Za-z]+":(?:${TEXT}|${LIST}|${FLAT}|null),)*"${name}":`;
/** Read from the first brace on. */
const BEGINNING = new RegExp(
  String.raw`^\{"data":\{${upTo('operation')}"([a-z-]+)",${upTo('operator')}"([a-z0-9-]+)",${upTo('subject')}"([0-9a-f-]+)",`,
  'u',
);
/**
 * Read up to the last brace: keys are sorted, so that each of these can only be where it seems to be. An event of an
 * older schema is parsed, for it may have to be upcast.
 */
const END = new RegExp(
  String.raw`"recordedAt":"([0-9TZ:.-]+)","schemaVersion":"${SCHEMA_VERSION}"\},"prev":"[0-9a-f]*","revision":"\d+","stream":"([0-9a-z-]+)","type":"([A-Za-z]+)","v":1\}$`,
  'u',
);
/** No END is longer. */
const END_LENGTH = 340;

/** Undefined for an event of another type, and for one that is not as plain as most are. */
function glanceAt(leaf: Uint8Array): LedgerEvent | undefined {
  // Of what is cut out every character is ASCII, so that it need not be decoded.
  const text = Buffer.from(leaf.buffer, leaf.byteOffset, leaf.byteLength).toString('latin1');
  const [, recordedAt, stream, type] = END.exec(text.slice(-END_LENGTH)) ?? [];
  if (!TYPES.has(type)) return undefined;
  const [, operation, operator, subject] = BEGINNING.exec(text) ?? [];
  if (subject === undefined) return undefined;
  const data = { operation, operator, subject };
  return { stream, type, data, metadata: { recordedAt } } as LedgerEvent;
}
