import { randomUUID } from 'node:crypto';
import {
  commitToValues,
  openEnvelope,
  plaintextOf,
  saltValues,
  sealEnvelope,
  type Binding,
  type CanonicalJson,
  type EnvelopeRow,
  type Opening,
} from '../sealing/envelope.js';
import type { Random } from '../sealing/random.js';
import type { EnvelopeContext, Scope, Sealed, SealedEvent, Values } from '../vault.js';
import type { Cell, StagedRow, ToSeal } from './staging.js';
import type { SubjectKey } from './key-ring.js';

/** What sealing needs beside a key. */
export interface SealingTools {
  readonly ledgerId: string;
  readonly random: Random;
  readonly canonicalJson: CanonicalJson;
}

/** A row of the envelopes table. */
export interface StoredEnvelope {
  readonly id: string;
  readonly operator: string;
  readonly subject: string | null;
  readonly scope: string;
  readonly event: string;
  readonly type: string;
  readonly version: string;
  readonly generation: number;
  readonly salt: Uint8Array;
  readonly commitment: Uint8Array;
  readonly ciphertext: Uint8Array;
}

/** What an envelope holds until it is in the file. */
interface StagedEnvelope {
  readonly context: EnvelopeContext;
  readonly openings: readonly Opening[];
}

/** Envelopes: staged ones as openings in memory, committed ones sealed in their rows. */
export class Envelopes {
  readonly #staged = new Map<string, StagedEnvelope>();

  constructor(private readonly tools: SealingTools) {}

  /** Commits to values; they can be read at once, and are to be staged: whoever writes them seals them. */
  stage(
    scope: Scope,
    context: EnvelopeContext,
    key: SubjectKey,
    values: Values,
  ): { readonly sealed: Sealed; readonly cells: readonly Cell[]; readonly toSeal: ToSeal } {
    const { ledgerId, random, canonicalJson } = this.tools;
    const { operator, subject, eventType, schemaVersion } = context;
    const envelope = randomUUID();
    const openings = saltValues(values, random);
    this.#staged.set(envelope, { context, openings });
    const commitments = commitToValues({ ...context, ledgerId }, openings, canonicalJson);
    return {
      sealed: { envelope, commitments },
      cells: [envelope, operator, subject, scope, eventType, schemaVersion, key.generation],
      // A copy: the key's own bytes are wiped when it is forgotten, and the row may still wait to be written.
      toSeal: { key: Uint8Array.from(key.key), plaintext: plaintextOf(openings, canonicalJson) },
    };
  }

  /** Seals openings of a row again, with the salts that they have, under another key of its subject. */
  reseal(row: StoredEnvelope, key: SubjectKey, openings: readonly Opening[]): EnvelopeRow {
    const { random, canonicalJson } = this.tools;
    const plaintext = plaintextOf(openings, canonicalJson);
    return sealEnvelope(key.key, this.#bindingOf(row, key), plaintext, random);
  }

  /** What a row still holds without the categories; `touched` when something goes, which what cannot be read does. */
  without(
    row: StoredEnvelope,
    key: SubjectKey | undefined,
    categories: readonly string[],
  ): { readonly openings: readonly Opening[]; readonly touched: boolean } {
    const all = key === undefined ? undefined : this.open(row, key);
    if (all === undefined) return { openings: [], touched: true };
    const openings = all.filter(({ category }) => !categories.includes(category));
    return { openings, touched: openings.length < all.length };
  }

  /** Forgets staged envelopes: they are in the file now, or never will be. */
  forgetStaged(rows: readonly StagedRow[]): void {
    for (const { table, cells } of rows) {
      if (table === 'envelopes') this.#staged.delete(String(cells[0]));
    }
  }

  /** Whether an event's envelope is not in its row yet. */
  isStaged({ sealed }: SealedEvent): boolean {
    return this.#staged.has(sealed.envelope);
  }

  /** The openings of an event's envelope; undefined when there is none, it is another event's, or cannot be opened. */
  openingsOf(
    event: SealedEvent,
    find: () => StoredEnvelope | undefined,
    key: () => SubjectKey,
  ): readonly Opening[] | undefined {
    const staged = this.#staged.get(event.sealed.envelope);
    if (staged !== undefined) return isBound(staged.context, event) ? staged.openings : undefined;
    const row = find();
    if (row === undefined || !isBound(contextOf(row), event)) return undefined;
    return this.open(row, key());
  }

  /** The openings in a row, undefined when it cannot be opened with this key. */
  open(row: StoredEnvelope, key: SubjectKey): readonly Opening[] | undefined {
    if (row.generation !== key.generation) return undefined;
    const { salt, commitment: keyCommitment, ciphertext } = row;
    return openEnvelope(key.key, this.#bindingOf(row, key), { salt, keyCommitment, ciphertext });
  }

  /** Whether the opening of a category is what the event committed to. */
  isCommitted(event: SealedEvent, openings: readonly Opening[], category: string): boolean {
    const opening = openings.find((each) => each.category === category);
    if (opening === undefined) return false;
    const { ledgerId, canonicalJson } = this.tools;
    const commitments = commitToValues({ ...event, ledgerId }, [opening], canonicalJson);
    return commitments[category] === event.sealed.commitments[category];
  }

  #bindingOf(row: StoredEnvelope, { generation }: SubjectKey): Binding {
    return { ...contextOf(row), ledgerId: this.tools.ledgerId, envelope: row.id, generation };
  }
}

function contextOf({
  operator,
  subject,
  event,
  type,
  version,
}: Pick<StoredEnvelope, 'operator' | 'subject' | 'event' | 'type' | 'version'>): EnvelopeContext {
  return { operator, subject, eventId: event, eventType: type, schemaVersion: version };
}

function isBound(to: EnvelopeContext, { eventId, subject, eventType }: EnvelopeContext): boolean {
  return to.eventId === eventId && to.subject === subject && to.eventType === eventType;
}
