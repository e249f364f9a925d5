import type { DatabaseSyncInstance, StatementSyncInstance } from '@photostructure/sqlite';
import { randomUUID } from 'node:crypto';
import {
  commitToValue,
  openEnvelope,
  saltValues,
  sealEnvelope,
  type Binding,
  type CanonicalJson,
  type EnvelopeRow,
  type Opening,
} from '../sealing/envelope.js';
import type { Random } from '../sealing/random.js';
import type { EnvelopeContext, Scope, Sealed, SealedEvent, Values } from '../vault.js';
import type { StoredEnvelope } from './destruction.js';
import type { SubjectKey } from './subject-keys.js';

/** What sealing needs beside a key. */
export interface SealingTools {
  readonly ledgerId: string;
  readonly random: Random;
  readonly canonicalJson: CanonicalJson;
}

/** Rows of sealed envelopes: staged ones in memory, committed ones in the file. */
export class Envelopes {
  readonly #staged = new Map<string, StoredEnvelope>();
  readonly #find: StatementSyncInstance;
  readonly #add: StatementSyncInstance;

  constructor(
    database: DatabaseSyncInstance,
    private readonly tools: SealingTools,
  ) {
    this.#find = database.prepare('SELECT * FROM envelopes WHERE id = ?');
    this.#add = database.prepare('INSERT INTO envelopes VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)');
  }

  /** Seals values; the envelope can be opened at once and is written by `write`. */
  seal(
    scope: Scope,
    context: EnvelopeContext,
    key: SubjectKey,
    values: Values,
  ): { readonly sealed: Sealed; readonly write: () => void } {
    const envelope = randomUUID();
    const openings = saltValues(values, this.tools.random);
    const { generation } = key;
    const sealed = this.reseal({ ...context, envelope, generation }, key, openings);
    const row = rowOf(scope, { ...context, envelope, generation }, sealed);
    this.#staged.set(envelope, row);
    return {
      sealed: { envelope, commitments: this.#commitments(context, openings) },
      write: () => this.#insert(row),
    };
  }

  /** Seals openings that already have their salts. */
  reseal(
    binding: Omit<Binding, 'ledgerId'>,
    key: SubjectKey,
    openings: readonly Opening[],
  ): EnvelopeRow {
    const { ledgerId } = this.tools;
    return sealEnvelope(key.key, { ...binding, ledgerId }, openings, this.tools);
  }

  /** Committed: what was staged is in the file. */
  clearStaged(): void {
    this.#staged.clear();
  }

  /** The row that an event names, undefined when there is none or it belongs to another event. */
  rowOf({ sealed, eventId, subject, eventType }: SealedEvent): StoredEnvelope | undefined {
    const row =
      this.#staged.get(sealed.envelope) ??
      (this.#find.get(sealed.envelope) as StoredEnvelope | undefined);
    const isBound = row?.event === eventId && row.subject === subject && row.type === eventType;
    return isBound ? row : undefined;
  }

  /** The openings in a row, undefined when it cannot be opened with this key. */
  open(row: StoredEnvelope, key: SubjectKey): readonly Opening[] | undefined {
    if (row.generation !== key.generation) return undefined;
    const { id, operator, subject, event, type, version, generation } = row;
    const context = { operator, subject, eventId: event, eventType: type, schemaVersion: version };
    const binding = { ...context, ledgerId: this.tools.ledgerId, envelope: id, generation };
    const { salt, commitment: keyCommitment, ciphertext } = row;
    return openEnvelope(key.key, binding, { salt, keyCommitment, ciphertext });
  }

  /** Whether the opening of a category is what the event committed to. */
  isCommitted(event: SealedEvent, openings: readonly Opening[], category: string): boolean {
    const opening = openings.find((each) => each.category === category);
    if (opening === undefined) return false;
    return this.#commitments(event, [opening])[category] === event.sealed.commitments[category];
  }

  #commitments(
    context: EnvelopeContext,
    openings: readonly Opening[],
  ): Readonly<Record<string, string>> {
    const { ledgerId, canonicalJson } = this.tools;
    return Object.fromEntries(
      openings.map((opening) => [
        opening.category,
        commitToValue({ ...context, ledgerId }, opening, canonicalJson),
      ]),
    );
  }

  #insert(row: StoredEnvelope): void {
    const { id, operator, subject, scope, event, type, version, generation } = row;
    const { salt, commitment, ciphertext } = row;
    this.#add.run(
      id,
      operator,
      subject,
      scope,
      event,
      type,
      version,
      generation,
      salt,
      commitment,
      ciphertext,
    );
  }
}

function rowOf(
  scope: Scope,
  binding: Omit<Binding, 'ledgerId'>,
  { salt, keyCommitment, ciphertext }: EnvelopeRow,
): StoredEnvelope {
  const { envelope, operator, subject, eventId, eventType, schemaVersion, generation } = binding;
  return {
    id: envelope,
    operator,
    subject,
    scope,
    event: eventId,
    type: eventType,
    version: schemaVersion,
    generation,
    salt,
    commitment: keyCommitment,
    ciphertext,
  };
}
