import {
  SCHEMA_VERSION,
  assertClear,
  canonicalBytes,
  decodeEvent,
  type ActorRole,
  type Draft,
  type LedgerEvent,
} from '#domain';
import { leafHash, type Appended, type EventStore, type NewEvent } from '#event-store';
import type { EnvelopeContext, Scope, Sealed, Values, Vault } from '#vault';
import type { Clock } from '../clock.js';
import { LedgerError } from '../ledger-error.js';

/** The end of a stream, moved by every recording. */
export interface Tail {
  readonly stream: string;
  revision: bigint;
  /** Hex leaf hash of the last event, empty when there is none. */
  prev: string;
}

/** Who records, in which role. */
export interface Actor {
  /** Uuid of the operator's directory. */
  readonly id: string;
  readonly role: ActorRole;
}

/** What is recorded together: all of it or nothing. */
export interface Recording {
  readonly tail: Tail;
  readonly operator: string;
  readonly drafts: readonly Draft[];
  /** Uuid of the n-th event. */
  readonly eventId: (n: number) => string;
  readonly actor: Actor;
  readonly causationId?: string;
}

/** What was recorded; `durable` resolves once it is fsynced. */
export interface Recorded {
  readonly events: readonly LedgerEvent[];
  readonly durable: Promise<Appended>;
}

interface Queued {
  readonly append: Parameters<EventStore['append']>[0];
  readonly resolve: (appended: Appended) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * The one way into the log: seals what is to be sealed, makes canonical leaves, and sends them through vault and log
 * in the order of the calls, so that `recordedAt` and ordinals agree. Sealed rows are durable before their event is.
 */
export class Recorder {
  readonly #inFlight = new Map<
    string,
    { readonly event: LedgerEvent; readonly durable: Promise<Appended> }
  >();
  #queue: Queued[] = [];
  #pumping = false;
  #lastRecordedMs = 0;

  constructor(
    private readonly store: EventStore,
    private readonly vault: Vault,
    private readonly ledgerId: string,
    private readonly clock: Clock,
  ) {}

  /** Never earlier than the last event recorded (design §4). */
  now(): Date {
    return new Date(Math.max(this.clock.now().getTime(), this.#lastRecordedMs));
  }

  /** Starts from what the log holds. */
  startAfter(recordedAt: string): void {
    this.#lastRecordedMs = Math.max(this.#lastRecordedMs, Date.parse(recordedAt));
  }

  /** An event by its id, durable or on its way. */
  async find(
    id: string,
  ): Promise<
    { readonly event: LedgerEvent; readonly durable: Promise<Appended | undefined> } | undefined
  > {
    const flying = this.#inFlight.get(id);
    if (flying !== undefined) return flying;
    const recorded = await this.store.findEvent(id);
    if (recorded === undefined) return undefined;
    return { event: decodeEvent(recorded.leaf), durable: Promise.resolve(undefined) };
  }

  /** Records drafts at the end of a stream. Synchronous up to the queue: the tail is moved when it returns. */
  record(recording: Recording): Recorded {
    const recordedAt = this.now();
    this.#lastRecordedMs = recordedAt.getTime();
    const sealed = recording.drafts.map((draft, n) => this.#sealed(draft, recording.eventId(n)));
    const { tail } = recording;
    const expectedRevision = tail.revision;
    const made = sealed.map((draft, n) =>
      this.#event(draft, n, recording, recordedAt.toISOString()),
    );
    const events = made.map(({ event }) => event);
    const durable = this.#enqueue({
      stream: tail.stream,
      expectedRevision,
      events: made.map(({ stored }) => stored),
    });
    for (const event of events) this.#inFlight.set(event.id, { event, durable });
    const landed = (): void => events.forEach(({ id }) => this.#inFlight.delete(id));
    durable.then(landed, landed);
    return { events, durable };
  }

  /** Resolves when nothing is on its way any more. */
  async settled(): Promise<void> {
    await Promise.allSettled([...this.#inFlight.values()].map(({ durable }) => durable));
  }

  #event(
    draft: Draft,
    n: number,
    { tail, eventId, actor, causationId }: Recording,
    recordedAt: string,
  ): { readonly event: LedgerEvent; readonly stored: NewEvent } {
    const id = eventId(n);
    const { type, data } = draft;
    const event = {
      v: 1,
      ledgerId: this.ledgerId,
      stream: tail.stream,
      revision: String(tail.revision + 1n),
      prev: tail.prev,
      id,
      type,
      data,
      metadata: {
        actor: actor.id,
        actorRole: actor.role,
        correlationId: causationId ?? eventId(0),
        ...(causationId === undefined ? {} : { causationId }),
        recordedAt,
        schemaVersion: SCHEMA_VERSION,
        ledgerId: this.ledgerId,
      },
    } as LedgerEvent;
    assertClear(event);
    const leaf = canonicalBytes(event);
    tail.revision += 1n;
    tail.prev = Buffer.from(leafHash(leaf)).toString('hex');
    return { event, stored: { id, type, leaf } };
  }

  #sealed(draft: Draft, eventId: string): Draft {
    const data = { ...draft.data } as Record<string, unknown>;
    for (const [name, scope, values] of [
      ['sealed', 'subject', draft.seal],
      ['filed', 'operator', draft.file],
    ] as const) {
      if (values === undefined || Object.keys(values).length === 0) continue;
      data[name] = this.#seal(scope, contextOf(draft.type, data, eventId), values);
    }
    return { type: draft.type, data } as Draft;
  }

  #seal(scope: Scope, context: EnvelopeContext, values: Values): Sealed {
    return this.vault.seal(scope, context, values);
  }

  async #enqueue(append: Queued['append']): Promise<Appended> {
    const durable = new Promise<Appended>((resolve, reject) => {
      this.#queue.push({ append, resolve, reject });
    });
    if (!this.#pumping) {
      this.#pumping = true;
      setImmediate(() => void this.#pump());
    }
    return durable;
  }

  /** Vault first, then log; what comes in meanwhile shares the next commit. */
  async #pump(): Promise<void> {
    while (this.#queue.length > 0) {
      const batch = this.#queue;
      this.#queue = [];
      try {
        await this.vault.commit();
      } catch (error) {
        await this.#drop([...batch, ...this.#queue.splice(0)], error);
        continue;
      }
      // While the log commits this batch, the next one is decided and grows.
      await Promise.all(batch.map(async (queued) => this.#append(queued)));
    }
    this.#pumping = false;
  }

  async #append(queued: Queued): Promise<void> {
    const ids = queued.append.events.map(({ id }) => id);
    try {
      const appended = await this.store.append(queued.append);
      this.vault.confirm(ids, { ledgerId: this.ledgerId, ...appended.head });
      queued.resolve(appended);
    } catch (error) {
      await this.vault.discard(ids).catch(() => undefined);
      queued.reject(unavailable(error));
    }
  }

  async #drop(batch: readonly Queued[], error: unknown): Promise<void> {
    const ids = batch.flatMap(({ append }) => append.events.map(({ id }) => id));
    await this.vault.discard(ids).catch(() => undefined);
    for (const { reject } of batch) reject(unavailable(error));
  }
}

function contextOf(
  eventType: string,
  data: Readonly<Record<string, unknown>>,
  eventId: string,
): EnvelopeContext {
  return {
    operator: String(data['operator']),
    subject: typeof data['subject'] === 'string' ? data['subject'] : null,
    eventId,
    eventType,
    schemaVersion: SCHEMA_VERSION,
  };
}

function unavailable(cause: unknown): LedgerError {
  const message = cause instanceof Error ? cause.message : 'unknown error';
  return new LedgerError('UNAVAILABLE', `not recorded: ${message}`, { cause });
}
