import type { KeyDirectory } from '../keys/key-directory.js';
import { decrypt, encrypt } from '../sealing/aead.js';
import { hmacOnce } from '../sealing/hmac.js';
import { LABELS, lp } from '../sealing/labels.js';
import type { Random } from '../sealing/random.js';
import type { Identifier, Reference } from '../vault.js';
import type { SubjectKey } from './key-ring.js';
import type { Cell, StagedRow } from './staging.js';

const CACHED = 60_000;

/** Keyed hashes by which the vault finds whom an emitter, a lookup or a directory means; what was found stays at hand. */
export abstract class ReferenceBook {
  readonly #staged = new Map<string, Reference>();
  readonly #resolved = new Map<string, readonly Reference[]>();
  #forgotten = 0;

  constructor(
    protected readonly keys: KeyDirectory,
    protected readonly random: Random,
  ) {}

  /** Under every operator's reference key. */
  abstract resolve(source: string, reference: string): readonly Reference[];

  /** What was found before and is still at hand: also that nobody was. */
  known(source: string, reference: string): readonly Reference[] | undefined {
    return this.#resolved.get(nameOf(source, reference));
  }

  /** Keeps at hand what was found: only this vault can make it otherwise. */
  remember(source: string, reference: string, found: readonly Reference[]): void {
    if (this.#resolved.size >= CACHED) this.forgetResolved();
    this.#resolved.set(nameOf(source, reference), found);
  }

  /** Forgets what was found before: after a destruction or a discarded registration. */
  forgetResolved(): void {
    this.#resolved.clear();
    this.#forgotten += 1;
  }

  /** How often that was: an answer that was asked for before may be an old one. */
  get forgotten(): number {
    return this.#forgotten;
  }

  /** A reference under each operator's key, with the entry that is staged for it. */
  hashesOf(
    source: string,
    reference: string,
  ): readonly {
    readonly operator: string;
    readonly hash: Buffer;
    readonly staged: Reference | undefined;
  }[] {
    return this.keys.operators().map((operator) => {
      const hash = this.#hash(operator, source, reference);
      return { operator, hash, staged: this.#staged.get(hash.toString('base64')) };
    });
  }

  /** The cells of a reference's row; it is found at once. */
  add(
    operator: string,
    source: string,
    reference: string,
    { kind, id }: Pick<Reference, 'kind' | 'id'>,
  ): readonly Cell[] {
    const others = this.resolve(source, reference);
    const added = { operator, kind, id, destroyed: false };
    this.remember(source, reference, [...others, added]);
    const hash = this.#hash(operator, source, reference);
    this.#staged.set(hash.toString('base64'), added);
    return [hash, operator, kind, id, 0];
  }

  /** Forgets staged references: they are in the file now, or never will be. */
  forgetStaged(rows: readonly StagedRow[]): void {
    for (const { table, cells } of rows) {
      if (table !== 'refs') continue;
      const [hash] = cells;
      this.#staged.delete(Buffer.from(hash as Uint8Array).toString('base64'));
    }
  }

  /** The cells of an identifier's index row, its token sealed under the subject's key (design §6). */
  identifierCells(subject: string, key: SubjectKey, identifier: Identifier): readonly Cell[] {
    const token = this.token(key.operator, identifier);
    const sealed = encrypt(key.key, token, lp(LABELS.identifier, subject), this.random);
    return [this.indexHash(key, token), subject, identifier.scheme, sealed];
  }

  /** A sealed token under the subject's next key; undefined when it cannot be opened with the old one. */
  resealedToken(
    sealed: Uint8Array,
    subject: string,
    { old, next }: { readonly old: SubjectKey; readonly next: SubjectKey },
  ): Buffer | undefined {
    const place = lp(LABELS.identifier, subject);
    const token = decrypt(old.key, sealed, place);
    return token && encrypt(next.key, token, place, this.random);
  }

  /** Row of the blind index under a key's epoch, for a token sealed with that key; undefined when it does not open. */
  rehashed(sealed: Uint8Array, subject: string, key: SubjectKey): Buffer | undefined {
    const token = decrypt(key.key, sealed, lp(LABELS.identifier, subject));
    return token && this.indexHash(key, token);
  }

  /** Row of the blind index under an epoch. */
  indexHash(
    { operator, epoch }: Pick<SubjectKey, 'operator' | 'epoch'>,
    token: Uint8Array,
  ): Buffer {
    return hmacOnce(this.keys.indexKey(operator, epoch), token);
  }

  /** What an identifier is found by, under every epoch. */
  token(operator: string, { scheme, value }: Identifier): Buffer {
    return this.keys.operatorHmac(operator, 'identifier').bytes(lp(scheme, value));
  }

  /** What an actor's entry is found by. */
  actorHash(operator: string, name: string): Buffer {
    return this.keys.operatorHmac(operator, 'directory').bytes(Buffer.from(name));
  }

  /** An actor's name, sealed with the operator's filing key. */
  sealedName(operator: string, name: string, id: string): Buffer {
    const filing = this.keys.operatorKey(operator, 'filing');
    return encrypt(filing, Buffer.from(name), lp(LABELS.operatorDirectory, id), this.random);
  }

  #hash(operator: string, source: string, reference: string): Buffer {
    return this.keys.operatorHmac(operator, 'reference').bytes(lp(source, reference));
  }
}

function nameOf(source: string, reference: string): string {
  return `${source.length}:${source}${reference}`;
}
