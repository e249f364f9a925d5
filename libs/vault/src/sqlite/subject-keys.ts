import type { DatabaseSyncInstance, StatementSyncInstance } from '@photostructure/sqlite';
import type { KeyDirectory } from '../keys/key-directory.js';
import type { Random } from '../sealing/random.js';
import { KeyRing, type SubjectKey, type WrappedKey } from '../staging/key-ring.js';
import { VaultError } from '../vault-error.js';

/** Data-encryption keys in the file. */
export class SubjectKeys extends KeyRing {
  readonly #find: StatementSyncInstance;
  readonly #put: StatementSyncInstance;

  constructor(
    database: DatabaseSyncInstance,
    keys: KeyDirectory,
    ledgerId: string,
    random: Random,
  ) {
    super(keys, ledgerId, random);
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

  /** Replaces a subject's key, or puts it where the row was lost. */
  replace(subject: string, key: SubjectKey, event: string): void {
    const { operator, generation, epoch } = key;
    this.#put.run(event, subject, operator, generation, epoch, this.wrapped(subject, key));
  }

  #unwrapped(subject: string): SubjectKey | 'damaged' | undefined {
    const cached = this.cached(subject);
    if (cached !== undefined) return cached;
    const row = this.#find.get(subject) as WrappedKey | undefined;
    return row && (this.unwrap(subject, row) ?? 'damaged');
  }
}
