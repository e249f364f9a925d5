import { sql } from 'kysely';
import { KeyRing, type SubjectKey, type WrappedKey } from '../staging/key-ring.js';
import { VaultError } from '../vault-error.js';
import { buriedOf } from './buried.js';
import type { Session } from './tables.js';

/** What is known of a subject without a usable key. */
type Keyless =
  { readonly why: 'unknown' | 'damaged' } | { readonly why: 'destroyed'; readonly order: string };

const CACHED = 10_000;

/** Data-encryption keys in the database: at hand once they were loaded. */
export class SubjectKeys extends KeyRing {
  readonly #keyless = new Map<string, Keyless>();
  /** Counts what made a key that is being read at the same time an old one. */
  #purges = 0;

  /** The key, undefined when there is none. @throws {VaultError} NOT_AT_HAND, NO_KEY. */
  find(subject: string): SubjectKey | undefined {
    const cached = this.cached(subject);
    if (cached !== undefined) return cached;
    const why = this.#keyless.get(subject)?.why;
    if (why === undefined) throw new VaultError('NOT_AT_HAND', 'the key was not read ahead');
    if (why !== 'damaged') return undefined;
    throw new VaultError('NO_KEY', `the key of subject ${subject} cannot be unwrapped`);
  }

  /** Whether the subject is known to be destroyed. */
  isDestroyed(subject: string): boolean {
    return this.#keyless.get(subject)?.why === 'destroyed';
  }

  /** Puts keys at hand, or why there is none. */
  async load(session: Session, subjects: readonly string[]): Promise<void> {
    for (let wanted = this.#unknown(subjects); wanted.length > 0; wanted = this.#unknown(wanted)) {
      const before = this.#purges;
      const found = await keysAndTombstones(session, wanted);
      // What was purged meanwhile must not come back.
      if (this.#purges === before) this.#take(wanted, found);
    }
  }

  /** Notes that a subject has no key: it was discarded. */
  forget(subject: string): void {
    this.purge(subject);
    this.#note(subject, { why: 'unknown' });
  }

  override purge(subject: string): void {
    super.purge(subject);
    this.#keyless.delete(subject);
    this.#purges += 1;
  }

  override purgeAll(): void {
    super.purgeAll();
    this.#keyless.clear();
    this.#purges += 1;
  }

  #unknown(subjects: readonly string[]): readonly string[] {
    return subjects.filter((each) => this.cached(each) === undefined && !this.#keyless.has(each));
  }

  #take(wanted: readonly string[], { keys, orders }: Found): void {
    for (const subject of wanted) {
      if (this.cached(subject) !== undefined) continue;
      const order = orders.get(subject);
      const row = keys.get(subject);
      if (order !== undefined) this.#note(subject, { why: 'destroyed', order });
      else if (row === undefined) this.#note(subject, { why: 'unknown' });
      else if (!this.#isKept(subject, row)) this.#note(subject, { why: 'damaged' });
    }
  }

  #isKept(subject: string, row: WrappedKey): boolean {
    try {
      return this.unwrap(subject, row) !== undefined;
    } catch (error) {
      if (error instanceof VaultError) return false;
      throw error;
    }
  }

  #note(subject: string, keyless: Keyless): void {
    if (this.#keyless.size >= CACHED) this.#keyless.clear();
    this.#keyless.set(subject, keyless);
  }
}

interface Found {
  readonly keys: ReadonlyMap<string, WrappedKey>;
  readonly orders: ReadonlyMap<string, string>;
}

async function keysAndTombstones(session: Session, subjects: readonly string[]): Promise<Found> {
  const keys = await session
    .selectFrom('subjects')
    .select(['subject', 'operator', 'generation', 'epoch', 'key'])
    .where(sql<boolean>`subject = ANY(${subjects})`)
    .execute();
  return {
    keys: new Map(keys.map(({ subject, ...key }) => [subject, key])),
    orders: await buriedOf(session, subjects),
  };
}
