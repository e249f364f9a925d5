import type { DatabaseSyncInstance, StatementSyncInstance } from '@photostructure/sqlite';
import { randomUUID } from 'node:crypto';
import {
  commitToValues,
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
import type { Cell, StagedRow } from './staging.js';
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

  constructor(
    database: DatabaseSyncInstance,
    private readonly tools: SealingTools,
  ) {
    this.#find = database.prepare('SELECT * FROM envelopes WHERE id = ?');
  }

  /** Seals values; the envelope can be opened at once, and its cells are to be staged. */
  seal(
    scope: Scope,
    context: EnvelopeContext,
    key: SubjectKey,
    values: Values,
  ): { readonly sealed: Sealed; readonly cells: readonly Cell[] } {
    const { ledgerId, random, canonicalJson } = this.tools;
    const envelope = randomUUID();
    const openings = saltValues(values, random);
    const binding = { ...context, envelope, generation: key.generation };
    const row = rowOf(scope, binding, this.reseal(binding, key, openings));
    this.#staged.set(envelope, row);
    const commitments = commitToValues({ ...context, ledgerId }, openings, canonicalJson);
    return { sealed: { envelope, commitments }, cells: cellsOf(row) };
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

  /** Forgets staged envelopes: they are in the file now, or never will be. */
  forgetStaged(rows: readonly StagedRow[]): void {
    for (const { table, cells } of rows) {
      if (table === 'envelopes') this.#staged.delete(String(cells[0]));
    }
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
    const { ledgerId, canonicalJson } = this.tools;
    const commitments = commitToValues({ ...event, ledgerId }, [opening], canonicalJson);
    return commitments[category] === event.sealed.commitments[category];
  }
}

function cellsOf(row: StoredEnvelope): readonly Cell[] {
  const { id, operator, subject, scope, type, version, generation } = row;
  const { salt, commitment, ciphertext } = row;
  return [id, operator, subject, scope, type, version, generation, salt, commitment, ciphertext];
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
