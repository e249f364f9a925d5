/** Whose key seals: the subject's (erasable) or the operator's own (`filed`, outlives the subject). */
export type Scope = 'subject' | 'operator';

/** What an envelope is bound to: enters its AAD and every commitment. */
export interface EnvelopeContext {
  readonly operator: string;
  /** Ledger uuid of the subject; null for an operator-scoped envelope of an event that names no subject. */
  readonly subject: string | null;
  readonly eventId: string;
  readonly eventType: string;
  readonly schemaVersion: string;
}

/** Values by category code; a value is JSON (text, or an object for structured evidence). */
export type Values = Readonly<Record<string, JsonValue>>;
export type JsonValue =
  string | number | boolean | null | readonly JsonValue[] | { readonly [key: string]: JsonValue };

/** What goes into the event: the vault row's uuid and one commitment (base64url, 32 bytes) per category. */
export interface Sealed {
  readonly envelope: string;
  readonly commitments: Readonly<Record<string, string>>;
}

/** Where in the log a value's envelope is named. */
export interface SealedEvent extends EnvelopeContext {
  readonly scope: Scope;
  readonly sealed: Sealed;
}

/** Answer of `open` for one category. */
export type Opened =
  | { readonly status: 'value'; readonly value: JsonValue }
  | { readonly status: 'destroyed'; readonly order: string }
  /** No tombstone and yet not readable or not equal to the log's commitment: an incident. */
  | { readonly status: 'unavailable'; readonly reason: string };

/** One value to open: the event that sealed it, and which of its categories. */
export interface OpenRequest {
  readonly from: SealedEvent;
  readonly category: string;
}

/** A reference of an emitter or of an actor, as the vault knows it. */
export interface Reference {
  readonly operator: string;
  readonly kind: 'subject' | 'recipient';
  /** Ledger uuid. */
  readonly id: string;
  readonly destroyed: boolean;
}

/** What is to be at hand before it is resolved, staged or sealed for. */
export interface Wanted {
  readonly references?: readonly { readonly source: string; readonly reference: string }[];
  /** Ledger uuids of subjects. */
  readonly subjects?: readonly string[];
}

/** An identifier given at registration; already normalised. */
export interface Identifier {
  readonly scheme: string;
  readonly value: string;
}

/** The log as the vault last saw it: enough to know a wrong, shorter or different log. */
export interface SeenLog {
  readonly ledgerId: string;
  readonly size: bigint;
  readonly hash: Uint8Array;
}

/** One `DestructionOrdered` of the log, to be carried out in the vault. */
export interface DestructionOrder {
  /** Event id of the order. */
  readonly order: string;
  readonly ordinal: bigint;
  readonly operator: string;
  readonly subject: string;
  /** Absent: the whole subject. */
  readonly categories?: readonly string[];
  /** Key generation of what survives; for a whole subject the generation that will never be made. */
  readonly generation: number;
}

/** What a destruction did, for `DataDestroyed` and the certificate. */
export interface Receipt {
  readonly order: string;
  readonly epoch: number;
  readonly generation: number;
  readonly envelopes: number;
  readonly method: 'crypto-shred';
}

/**
 * Which epochs a rotation retires: `soon` those due within an hour, so that who looks often is never late; `due` all under
 * which somebody was destroyed, however long there is time; `all`.
 */
export type Retiring = 'soon' | 'due' | 'all';

/** An epoch of the key-encryption key. */
export interface EpochStatus {
  readonly operator: string;
  readonly epoch: number;
  readonly createdAt: string;
  /** Set when a destruction since then demands retirement: due 24 h after the first one. */
  readonly retireBy: string | null;
  readonly subjects: number;
}

/** One fault that `verify` or recovery found; `item` is an id, never a value. */
export interface VaultFault {
  readonly item: string;
  readonly reason: string;
}

/**
 * Holds everything that can be forgotten: keys, sealed values, blind indexes, emitter references. Everything
 * outside an adapter is adapter-agnostic. The `stage…` methods and `seal` compute at once and write nothing;
 * `commit` makes all that was staged durable, as *pending*, until `confirm` or `discard`.
 */
export abstract class Vault {
  /** Deterministic UUIDv8 of a command, from the operator's id key (design §3, Idempotency). */
  abstract commandId(operator: string, source: string, id: string): string;
  /** UUIDv8 of the n-th further event (n ≥ 1) of a command. */
  abstract furtherId(operator: string, firstId: string, n: number): string;

  /**
   * Puts at hand what `resolve`, `stageReference`, `stageSubject` and `seal` are about to need: those never wait, and
   * throw NOT_AT_HAND for what is not, or no longer, at hand. A subject that is made now need not be.
   */
  abstract ahead(wanted: Wanted): Promise<void>;

  /**
   * Every operator's entry for an emitter's reference; staged entries are seen too.
   * @throws {VaultError} NOT_AT_HAND: read it ahead again.
   */
  abstract resolve(source: string, reference: string): readonly Reference[];
  /** Stages a reference; it is written with, and pending on, the event that registers it. */
  abstract stageReference(
    operator: string,
    source: string,
    reference: string,
    target: {
      readonly kind: 'subject' | 'recipient';
      readonly id: string;
      readonly eventId: string;
    },
  ): void;

  /** Stages a subject's first key and its identifiers (blind index only). */
  abstract stageSubject(
    operator: string,
    subject: string,
    eventId: string,
    identifiers: readonly Identifier[],
  ): void;

  /**
   * Seals all values of one event and scope into one envelope and stages it.
   * @throws {VaultError} DESTROYED when the subject has a tombstone; UNKNOWN_SUBJECT; NO_KEY; NOT_AT_HAND.
   */
  abstract seal(scope: Scope, context: EnvelopeContext, values: Values): Sealed;

  /**
   * Makes what was staged durable (fsynced), pending, and claims the ids of the events that are about to be recorded:
   * no other writer of this vault records one of them. Gives back those of them that must not be recorded, because
   * another writer was faster or their rows could not be written: discard them, and decide again.
   * @throws {VaultError} DISK_FULL, IO: none of them must be.
   */
  abstract commit(eventIds?: readonly string[]): Promise<readonly string[]>;
  /** The events are in the log: their rows are no longer pending (made durable with a later commit). */
  abstract confirm(eventIds: readonly string[], log: SeenLog): void;
  /** The events will never be in the log: their rows go, staged or pending. */
  abstract discard(eventIds: readonly string[]): Promise<void>;

  /**
   * Opens values for the acknowledged event that permits it, once; the caller vouches that `permit` is durable.
   * Every value is checked against the commitment of its event.
   */
  abstract open(permit: string, requests: readonly OpenRequest[]): Promise<readonly Opened[]>;
  /**
   * Whether a sealed event holds exactly these values, those of destroyed categories aside; `unknown` when its key is
   * gone or it cannot be read.
   */
  abstract same(event: SealedEvent, values: Values): Promise<'equal' | 'different' | 'unknown'>;
  /** Decrypts inside and compares with the log's commitments; gives out only whether it is right. */
  abstract check(event: SealedEvent): Promise<'ok' | 'destroyed' | VaultFault>;

  /** Subjects of the operator registered with this identifier. */
  abstract lookup(operator: string, identifier: Identifier): Promise<readonly string[]>;
  /** Random uuid of a person or system named by the operator's directory; made and kept (filed) on first use. */
  abstract actor(operator: string, name: string): Promise<string>;

  /**
   * Carries out orders: tombstones, keys, envelopes and indexes in one transaction; for categories, what
   * survives is sealed again under the new generation with its old salts. Repeating an order changes nothing.
   */
  abstract destroy(orders: readonly DestructionOrder[], now: Date): Promise<readonly Receipt[]>;
  /** Nothing of a subject stays at hand: another node carried out an order on it. */
  abstract purge(subject: string): void;
  /** An epoch's key is at hand no longer, and wraps nothing: another node retired it. */
  abstract purgeEpoch(operator: string, epoch: number): void;
  /** Event id of the order that destroyed the subject or the category, undefined when none did. */
  abstract tombstone(subject: string, category?: string): Promise<string | undefined>;
  /** Highest ordinal of an order carried out; orders after it are open. −1n when none. */
  abstract appliedThrough(): Promise<bigint>;

  /** Every order below this log size was carried out before the last clean close; 0 when there was none. */
  abstract completedThrough(): Promise<bigint>;
  /** Starts an operator's first key epoch: once, at its registration. */
  abstract addOperator(operator: string, now: Date): Promise<void>;
  /**
   * Remembers the log, in the vault and beside the keys, so that an older copy of it is recognised; `completed` says
   * that no order of it is open.
   */
  abstract rememberLog(log: SeenLog, completed: boolean): Promise<void>;

  /** The log as the vault last saw it, and as the high-water mark beside the keys has it. */
  abstract seenLogs(): Promise<readonly SeenLog[]>;
  /**
   * Start-up: removes pending rows whose event is absent from the log, confirms the others, and shreds the key files
   * of retired epochs that came back and of rotations that were cut off. Where others write too, only what has been
   * pending for longer (ms) than any append takes. How many events' rows were removed.
   */
  abstract sweep(
    isInLog: (eventId: string) => Promise<boolean>,
    pendingForMs?: number,
  ): Promise<number>;
  /** Tombstones' orders, so that the caller can find one that is not in the log (exit 3). */
  abstract tombstones(): Promise<readonly { readonly order: string; readonly subject: string }[]>;

  /**
   * Retires epochs: survivors are wrapped again, the old key file is overwritten and unlinked. Answers every epoch
   * retired so far, so that one whose event a crash prevented can still be recorded.
   */
  abstract rotate(
    now: Date,
    which: Retiring,
  ): Promise<
    readonly { readonly operator: string; readonly epoch: number; readonly survivors: number }[]
  >;
  /** Epochs in use. */
  abstract epochs(): Promise<readonly EpochStatus[]>;
  /**
   * Faults that need no log to be seen: retired epochs that came back, an overdue epoch, loose key files, rows that are
   * not what was written.
   */
  abstract faults(now: Date): Promise<readonly VaultFault[]>;

  abstract close(): Promise<void>;
}
