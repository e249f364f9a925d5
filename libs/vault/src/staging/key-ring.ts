import type { KeyDirectory } from '../keys/key-directory.js';
import { decrypt, encrypt } from '../sealing/aead.js';
import { LABELS, lp } from '../sealing/labels.js';
import type { Random } from '../sealing/random.js';
import type { Cell } from './staging.js';

/** A subject's data-encryption key of its current generation. */
export interface SubjectKey {
  readonly operator: string;
  readonly generation: number;
  readonly epoch: number;
  readonly key: Buffer;
}

/** The same as it is stored: wrapped by its epoch. */
export interface WrappedKey extends Omit<SubjectKey, 'key'> {
  readonly key: Uint8Array;
}

const KEY_BYTES = 32;
/** As many as there are folded subjects in memory. */
const CACHED = 60_000;

/** Data-encryption keys, unwrapped in a bounded cache. */
export class KeyRing {
  readonly #cache = new Map<string, SubjectKey>();

  constructor(
    private readonly directory: KeyDirectory,
    private readonly ledgerId: string,
    private readonly random: Random,
  ) {}

  /** A key that is at hand. */
  cached(subject: string): SubjectKey | undefined {
    return this.#cache.get(subject);
  }

  /**
   * The key of a row, at hand from now on; undefined when it was damaged by itself.
   * @throws {VaultError} NO_KEY when its epoch's is missing or damaged: that file can be put back.
   */
  unwrap(subject: string, row: WrappedKey): SubjectKey | undefined {
    const key = this.peek(subject, row);
    return key && this.#remember(subject, key);
  }

  /** The same, without keeping it at hand. */
  peek(subject: string, row: WrappedKey): SubjectKey | undefined {
    const { operator, generation, epoch } = row;
    const aad = this.#aad(operator, subject, generation, epoch);
    const key = decrypt(this.directory.epochKey(operator, epoch), row.key, aad);
    return key && { operator, generation, epoch, key };
  }

  /** A new key for a generation, usable at once. */
  create(subject: string, { operator, generation, epoch }: Omit<SubjectKey, 'key'>): SubjectKey {
    // Memory of its own: a small buffer that is kept keeps the whole pool that it was cut from.
    const key = Buffer.alloc(KEY_BYTES);
    key.set(this.random(KEY_BYTES));
    return this.#remember(subject, { operator, generation, epoch, key });
  }

  /** The cells of a key's row, wrapped by its epoch. */
  cells(subject: string, key: SubjectKey): readonly Cell[] {
    return [subject, key.operator, key.generation, key.epoch, this.wrapped(subject, key)];
  }

  /** A key as it is stored. */
  wrapped(subject: string, { operator, generation, epoch, key }: SubjectKey): Buffer {
    const aad = this.#aad(operator, subject, generation, epoch);
    return encrypt(this.directory.epochKey(operator, epoch), key, aad, this.random);
  }

  /** Forgets a key in memory. */
  purge(subject: string): void {
    this.#cache.get(subject)?.key.fill(0);
    this.#cache.delete(subject);
  }

  /** Forgets all keys in memory. */
  purgeAll(): void {
    for (const subject of [...this.#cache.keys()]) this.purge(subject);
  }

  #remember(subject: string, key: SubjectKey): SubjectKey {
    if (this.#cache.size >= CACHED) {
      const [oldest] = this.#cache.keys();
      if (oldest !== undefined) this.#cache.delete(oldest);
    }
    this.#cache.set(subject, key);
    return key;
  }

  #aad(operator: string, subject: string, generation: number, epoch: number): Buffer {
    return lp(LABELS.wrap, this.ledgerId, operator, subject, String(generation), String(epoch));
  }
}
