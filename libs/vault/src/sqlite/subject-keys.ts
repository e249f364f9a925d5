import type { DatabaseSyncInstance, StatementSyncInstance } from '@photostructure/sqlite';
import type { KeyDirectory } from '../keys/key-directory.js';
import { decrypt, encrypt } from '../sealing/aead.js';
import { LABELS, lp } from '../sealing/labels.js';
import type { Random } from '../sealing/random.js';
import { VaultError } from '../vault-error.js';
import type { Cell } from './staging.js';

/** A subject's data-encryption key of its current generation. */
export interface SubjectKey {
  readonly operator: string;
  readonly generation: number;
  readonly epoch: number;
  readonly key: Buffer;
}

const KEY_BYTES = 32;
const CACHED = 10_000;

/** Data-encryption keys: wrapped by their epoch in the file, unwrapped in a bounded cache. */
export class SubjectKeys {
  readonly #cache = new Map<string, SubjectKey>();
  readonly #find: StatementSyncInstance;
  readonly #put: StatementSyncInstance;

  constructor(
    database: DatabaseSyncInstance,
    private readonly keys: KeyDirectory,
    private readonly ledgerId: string,
    private readonly random: Random,
  ) {
    this.#find = database.prepare(
      'SELECT operator, generation, epoch, key FROM subjects WHERE subject = ?',
    );
    // A row below all staged numbers waits for nothing.
    this.#put = database.prepare(
      `INSERT INTO subjects SELECT min(0, coalesce(min(row), 0)) - 1, ?, ?, ?, ?, ?, ? FROM subjects WHERE true
       ON CONFLICT (subject) DO UPDATE SET operator = excluded.operator, generation = excluded.generation,
         epoch = excluded.epoch, key = excluded.key`,
    );
  }

  /** The key, undefined when the vault has none. @throws {VaultError} NO_KEY when it cannot be unwrapped. */
  find(subject: string): SubjectKey | undefined {
    const found = this.#unwrapped(subject);
    if (found !== 'damaged') return found;
    throw new VaultError('NO_KEY', `the key of subject ${subject} cannot be unwrapped`);
  }

  /**
   * The key, undefined also when it was damaged by itself.
   * @throws {VaultError} NO_KEY when its epoch's is missing or damaged: that file can be put back.
   */
  readable(subject: string): SubjectKey | undefined {
    const found = this.#unwrapped(subject);
    return found === 'damaged' ? undefined : found;
  }

  #unwrapped(subject: string): SubjectKey | 'damaged' | undefined {
    const cached = this.#cache.get(subject);
    if (cached !== undefined) return cached;
    const row = this.#find.get(subject) as
      { operator: string; generation: number; epoch: number; key: Uint8Array } | undefined;
    if (row === undefined) return undefined;
    const { operator, generation, epoch } = row;
    const aad = this.#aad(operator, subject, generation, epoch);
    const key = decrypt(this.keys.epochKey(operator, epoch), row.key, aad);
    if (key === undefined) return 'damaged';
    return this.#remember(subject, { operator, generation, epoch, key });
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
    return [subject, key.operator, key.generation, key.epoch, this.#wrapped(subject, key)];
  }

  /** Replaces a subject's key, or puts it where the row was lost. */
  replace(subject: string, key: SubjectKey, event: string): void {
    const { operator, generation, epoch } = key;
    this.#put.run(event, subject, operator, generation, epoch, this.#wrapped(subject, key));
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

  #wrapped(subject: string, { operator, generation, epoch, key }: SubjectKey): Buffer {
    const aad = this.#aad(operator, subject, generation, epoch);
    return encrypt(this.keys.epochKey(operator, epoch), key, aad, this.random);
  }

  #aad(operator: string, subject: string, generation: number, epoch: number): Buffer {
    return lp(LABELS.wrap, this.ledgerId, operator, subject, String(generation), String(epoch));
  }
}
