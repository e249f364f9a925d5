import { CATALOGUE, isEventType, type EventData, type EventType } from './catalogue.js';
import { decimal, uuid } from './clear-fields.js';
import { oneOf, optional, shape, text, type TypeOf } from './field.js';
import { DomainError } from '../domain-error.js';
import { upcast } from './upcast.js';

const ROLES = ['emitter', 'officer', 'auditor', 'regulator', 'subject', 'admin', 'ledger'] as const;

const METADATA = shape({
  actor: uuid,
  actorRole: oneOf(ROLES),
  onBehalfOf: optional(uuid),
  correlationId: uuid,
  causationId: optional(uuid),
  recordedAt: text(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/u),
  schemaVersion: text(/^[1-9]\d{0,3}$/u),
  ledgerId: uuid,
});

/** Who did it, when it was recorded, in which ledger. */
export type Metadata = TypeOf<typeof METADATA>;

/** Version of the event shapes that this program writes. */
export const SCHEMA_VERSION = '1';

interface Envelope<T extends EventType> {
  /** Version of the leaf format. */
  readonly v: 1;
  readonly ledgerId: string;
  readonly stream: string;
  readonly revision: string;
  /** Leaf hash (hex) of the stream's previous event, empty at revision 0. */
  readonly prev: string;
  readonly id: string;
  readonly type: T;
  readonly data: EventData<T>;
  readonly metadata: Metadata;
}

/** An event as its leaf holds it (design §7): RFC 8785 bytes of this object are hashed and stored. */
export type LedgerEvent<T extends EventType = EventType> = { [K in T]: Envelope<K> }[T];

/**
 * The event of stored leaf bytes, in today's shape: the one place where old versions are upcast.
 * @throws {DomainError} UNKNOWN_EVENT when the type is not of this version; NOT_AN_EVENT when it is not JSON of an event.
 */
export function decodeEvent(leaf: Uint8Array): LedgerEvent {
  const stored: unknown = parse(leaf);
  if (!isEnvelope(stored)) throw new DomainError('NOT_AN_EVENT', 'stored bytes are not an event');
  if (!isEventType(stored.type)) {
    throw new DomainError(
      'UNKNOWN_EVENT',
      `event type ${stored.type} is not of this version: update the program`,
    );
  }
  // The guard below (assertClear) ran before these bytes were stored; verify runs it again over the whole log.
  return upcast(stored as LedgerEvent);
}

/**
 * Refuses an event whose fields hold anything but what its type's grammar admits.
 * @throws {DomainError} NOT_CLEAR naming type and field, never the content.
 */
export function assertClear(event: LedgerEvent): void {
  const fault = CATALOGUE[event.type].fault(event.data) ?? headFault(event);
  if (fault === undefined) return;
  throw new DomainError(
    'NOT_CLEAR',
    `field ${fault} of ${event.type} holds what an event must not`,
  );
}

function headFault(event: LedgerEvent): string | undefined {
  const metadata = METADATA.fault(event.metadata);
  if (metadata !== undefined) return `metadata.${metadata}`;
  if (uuid.fault(event.id) !== undefined) return 'id';
  if (!/^[a-z]+(-[a-z0-9-]{1,40})?$/u.test(event.stream)) return 'stream';
  if (!/^([0-9a-f]{64})?$/u.test(event.prev)) return 'prev';
  return decimal.fault(event.revision) === undefined ? undefined : 'revision';
}

const DECODER = new TextDecoder('utf-8', { fatal: true });

function parse(leaf: Uint8Array): unknown {
  try {
    return JSON.parse(DECODER.decode(leaf));
  } catch (cause) {
    throw new DomainError('NOT_AN_EVENT', 'stored bytes are not UTF-8 JSON', { cause });
  }
}

function isEnvelope(value: unknown): value is { type: string; data: object; metadata: object } {
  if (typeof value !== 'object' || value === null) return false;
  const { type, data, metadata } = value as Record<string, unknown>;
  return typeof type === 'string' && typeof data === 'object' && typeof metadata === 'object';
}
