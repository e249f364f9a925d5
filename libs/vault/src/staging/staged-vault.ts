import type { KeyDirectory } from '../keys/key-directory.js';
import type { CanonicalJson, Opening } from '../sealing/envelope.js';
import { lp } from '../sealing/labels.js';
import { uuidV8 } from '../sealing/uuid-v8.js';
import { VaultError } from '../vault-error.js';
import {
  Vault,
  type EnvelopeContext,
  type Identifier,
  type Opened,
  type OpenRequest,
  type Reference,
  type Scope,
  type Sealed,
  type SealedEvent,
  type SeenLog,
  type Values,
  type VaultFault,
} from '../vault.js';
import type { Envelopes } from './envelopes.js';
import type { KeyRing, SubjectKey } from './key-ring.js';
import type { ReferenceBook } from './reference-book.js';
import type { StagedRow, Staging } from './staging.js';

/** What a vault works with, wherever its rows lie. */
export interface StagedParts {
  readonly directory: KeyDirectory;
  /** RFC 8785 bytes. */
  readonly canonicalJson: CanonicalJson;
  readonly ring: KeyRing;
  readonly book: ReferenceBook;
  readonly staging: Staging;
  readonly envelopes: Envelopes;
}

/** So many are remembered: a permit is used as soon as its event is durable, or never. */
const PERMITS = 100_000;

/** What the vault has of one sealed event. */
export interface Held {
  /** Undefined when the envelope is missing or cannot be opened. */
  readonly openings: readonly Opening[] | undefined;
  /** Event id of the order that destroyed the category. */
  readonly buried: (category: string) => string | undefined;
}

/** Stages, seals and opens the same way in every adapter; where rows lie is theirs. */
export abstract class StagedVault extends Vault {
  readonly #permits = new Set<string>();

  protected constructor(protected readonly parts: StagedParts) {
    super();
  }

  /** What the vault has of events, in their order. */
  protected abstract held(events: readonly SealedEvent[]): Promise<readonly Held[]>;
  /** The subject's key, undefined when there is none. @throws {VaultError} NO_KEY, NOT_AT_HAND. */
  protected abstract findKey(subject: string): SubjectKey | undefined;
  /** @throws {VaultError} DESTROYED. */
  protected abstract assertAlive(subject: string): void;
  /** The epoch that wraps new keys. @throws {VaultError} UNKNOWN_OPERATOR. */
  protected abstract currentEpoch(operator: string): number;

  commandId(operator: string, source: string, id: string): string {
    const hmac = this.parts.directory.operatorHmac(operator, 'id');
    return uuidV8(hmac.text('hex', lp(source, id)));
  }

  furtherId(operator: string, firstId: string, n: number): string {
    return this.commandId(operator, firstId, String(n));
  }

  resolve(source: string, reference: string): readonly Reference[] {
    return this.parts.book.resolve(source, reference);
  }

  stageReference(
    operator: string,
    source: string,
    reference: string,
    target: { readonly kind: Reference['kind']; readonly id: string; readonly eventId: string },
  ): void {
    const cells = this.parts.book.add(operator, source, reference, target);
    this.parts.staging.stage(target.eventId, 'refs', cells);
  }

  stageSubject(
    operator: string,
    subject: string,
    eventId: string,
    identifiers: readonly Identifier[],
  ): void {
    const { ring, book, staging } = this.parts;
    this.assertAlive(subject);
    const epoch = this.currentEpoch(operator);
    const key = ring.create(subject, { operator, generation: 0, epoch });
    staging.stage(eventId, 'subjects', ring.cells(subject, key));
    for (const identifier of identifiers) {
      staging.stage(eventId, 'identifiers', book.identifierCells(subject, key, identifier));
    }
  }

  seal(scope: Scope, context: EnvelopeContext, values: Values): Sealed {
    const key = this.keyOf(scope, context);
    const { sealed, cells, toSeal } = this.parts.envelopes.stage(scope, context, key, values);
    this.parts.staging.stage(context.eventId, 'envelopes', cells, toSeal);
    return sealed;
  }

  purge(subject: string): void {
    this.parts.ring.purge(subject);
    this.parts.book.forgetResolved();
  }

  purgeEpoch(operator: string, epoch: number): void {
    this.parts.directory.forgetEpoch(operator, epoch);
  }

  confirm(eventIds: readonly string[], log: SeenLog): void {
    this.parts.staging.confirm(eventIds, log);
  }

  async open(permit: string, requests: readonly OpenRequest[]): Promise<readonly Opened[]> {
    if (this.#permits.has(permit))
      throw new VaultError('IO', 'an event permits one reading: record another');
    if (this.#permits.size >= PERMITS) {
      const [oldest = permit] = this.#permits;
      this.#permits.delete(oldest);
    }
    this.#permits.add(permit);
    // An envelope is opened once for all that is asked of it.
    const events = [...new Set(requests.map(({ from }) => from))];
    const held = await this.held(events);
    const found = new Map(events.map((event, n) => [event, held[n]]));
    return requests.map(({ from, category }) => this.#told(from, category, found.get(from)));
  }

  async same(event: SealedEvent, values: Values): Promise<'equal' | 'different' | 'unknown'> {
    const [held] = await this.held([event]);
    if (held?.openings === undefined) return 'unknown';
    const inside = held.openings.map(({ category, value }) => [category, value] as const);
    // Of what was destroyed since, nothing is left to compare.
    const alive = (all: readonly (readonly [string, unknown])[]): Uint8Array => {
      const left = all.filter(([each]) => held.buried(each) === undefined);
      return this.parts.canonicalJson(Object.fromEntries(left));
    };
    return Buffer.compare(alive(inside), alive(Object.entries(values))) === 0
      ? 'equal'
      : 'different';
  }

  async check(event: SealedEvent): Promise<'ok' | 'destroyed' | VaultFault> {
    const { envelope, commitments } = event.sealed;
    const [held] = await this.held([event]);
    const alive = Object.keys(commitments).filter((each) => held?.buried(each) === undefined);
    if (alive.length === 0) return 'destroyed';
    const openings = held?.openings;
    if (openings === undefined)
      return { item: envelope, reason: 'the envelope is missing or cannot be opened' };
    const { envelopes } = this.parts;
    return alive.every((category) => envelopes.isCommitted(event, openings, category))
      ? 'ok'
      : { item: envelope, reason: 'the envelope does not hold what the log committed to' };
  }

  /** The key of a scope. @throws {VaultError} DESTROYED, UNKNOWN_SUBJECT, NO_KEY, NOT_AT_HAND. */
  protected keyOf(scope: Scope, { operator, subject }: EnvelopeContext): SubjectKey {
    if (scope === 'operator') {
      const key = this.parts.directory.operatorKey(operator, 'filing');
      return { operator, generation: 0, epoch: 0, key };
    }
    const key = this.findKey(subject ?? '');
    // A destruction takes the key: who has one is alive.
    if (key !== undefined) return key;
    this.assertAlive(subject ?? '');
    throw new VaultError('UNKNOWN_SUBJECT', 'the vault has no key for this subject');
  }

  /** What was staged is in its rows now, or never will be. */
  protected forgetStaged(rows: readonly StagedRow[]): void {
    this.parts.envelopes.forgetStaged(rows);
    this.parts.book.forgetStaged(rows);
  }

  #told(from: SealedEvent, category: string, held: Held | undefined): Opened {
    const order = held?.buried(category);
    if (order !== undefined) return { status: 'destroyed', order };
    const openings = held?.openings;
    if (openings === undefined)
      return { status: 'unavailable', reason: 'the envelope is missing or cannot be opened' };
    if (!this.parts.envelopes.isCommitted(from, openings, category)) {
      return { status: 'unavailable', reason: 'the value is not the one the log committed to' };
    }
    const opening = openings.find((each) => each.category === category);
    return { status: 'value', value: opening?.value ?? null };
  }
}
