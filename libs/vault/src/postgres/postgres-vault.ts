/* eslint-disable max-lines -- one class for one port: each method is a line or two over the file that holds its rule */
import { randomUUID } from 'node:crypto';
import { keyFaults } from '../keys/epoch-files.js';
import type { KeyDirectory } from '../keys/key-directory.js';
import { writeKeyFile } from '../keys/key-file.js';
import type { CanonicalJson } from '../sealing/envelope.js';
import { pooledRandom, type Random } from '../sealing/random.js';
import { Envelopes } from '../staging/envelopes.js';
import type { SubjectKey } from '../staging/key-ring.js';
import { unpackSeen } from '../staging/seen-log.js';
import { StagedVault, type Held, type StagedParts } from '../staging/staged-vault.js';
import { Staging, subjectsIn, wipe, type StagedRow } from '../staging/staging.js';
import { VaultError } from '../vault-error.js';
import type {
  DestructionOrder,
  EpochStatus,
  Identifier,
  Receipt,
  Retiring,
  SealedEvent,
  SeenLog,
  VaultFault,
  Wanted,
} from '../vault.js';
import { pendingEvents, removePending, settle } from './claims.js';
import { VaultDatabase, type VaultMode } from './connection.js';
import { appliedThrough, carryOut } from './destruction.js';
import { epochsOf } from './epochs.js';
import { heldOf } from './holding.js';
import { rowFaults } from './inspection.js';
import { metaOf, numberOf, setNumber } from './meta.js';
import { assertLedger } from './ownership.js';
import { References } from './references.js';
import { addEpoch, removeStrays, retireEpochs, straysAt, type Retired } from './rotation.js';
import { SubjectKeys } from './subject-keys.js';
import type { Session } from './tables.js';
import { writeBatch } from './writing.js';

/** How a vault is opened. */
export interface PostgresVaultOptions {
  /** As libpq takes it; `sslmode` and `sslrootcert` say which server is trusted. */
  readonly url: string;
  readonly mode: VaultMode;
  readonly keys: KeyDirectory;
  readonly ledgerId: string;
  /** RFC 8785 bytes. */
  readonly canonicalJson: CanonicalJson;
  readonly random?: Random;
}

interface PostgresParts extends StagedParts {
  readonly ring: SubjectKeys;
  readonly book: References;
  readonly database: VaultDatabase;
  readonly ledgerId: string;
  readonly random: Random;
  readonly mode: VaultMode;
}

/** The vault in a schema of a PostgreSQL database (design §3, §6). Keys are in it wrapped by their epoch, never else. */
export class PostgresVault extends StagedVault {
  /** Current epoch of each operator. */
  readonly #epochs = new Map<string, number>();
  /** Events whose rows may be in the database and must go with the next write: it was away when they were discarded. */
  readonly #owed = new Set<string>();
  /** Events that are claimed, because something else wrote their rows, and not committed yet. */
  readonly #early = new Set<string>();
  readonly #writer = randomUUID();
  #last: Promise<unknown> = Promise.resolve();

  private constructor(protected override readonly parts: PostgresParts) {
    super(parts);
  }

  /** @throws {VaultError} ACCESS_DENIED, TLS, IO, NOT_DURABLE, NEWER_FORMAT, WRONG_LOG, NOT_FOUND. */
  static async open(options: PostgresVaultOptions): Promise<PostgresVault> {
    const { url, mode, keys, ledgerId, canonicalJson } = options;
    const random = options.random ?? pooledRandom();
    const database = await VaultDatabase.open(url, mode);
    try {
      await assertLedger(database, mode, ledgerId);
      const vault = new PostgresVault({
        directory: keys,
        canonicalJson,
        ring: new SubjectKeys(keys, ledgerId, random),
        book: new References(keys, random),
        staging: new Staging(0),
        envelopes: new Envelopes({ ledgerId, random, canonicalJson }),
        database,
        ledgerId,
        random,
        mode,
      });
      await vault.#learnEpochs();
      return vault;
    } catch (error) {
      await database.close();
      throw error;
    }
  }

  async ahead({ references = [], subjects = [] }: Wanted): Promise<void> {
    const { ring, book, database } = this.parts;
    await database.read(async (session) => {
      await book.load(session, references);
      await ring.load(session, subjects);
    });
    if (this.#epochs.size === 0) await this.#learnEpochs();
  }

  async commit(eventIds: readonly string[] = []): Promise<readonly string[]> {
    const { staging } = this.parts;
    // A random id is nobody else's.
    const events = eventIds.filter(isDerived);
    return this.#alone(async () => {
      if (events.length > 0 || !staging.isEmpty) await this.#writeStaged(events);
      for (const event of eventIds) this.#early.delete(event);
      return staging.lostOf(eventIds);
    });
  }

  async discard(eventIds: readonly string[]): Promise<void> {
    const { staging, ring, book } = this.parts;
    const discarded = staging.discard(new Set(eventIds));
    for (const { toSeal } of discarded) if (toSeal !== undefined) wipe(toSeal);
    this.forgetStaged(discarded);
    for (const subject of subjectsIn(discarded)) ring.forget(subject);
    book.forgetResolved();
    for (const event of eventIds) {
      this.#owed.add(event);
      this.#early.delete(event);
    }
    // While the database is away they stay owed: they go with the next write, before it counts as settled.
    await this.#alone(async () => this.#add(async () => undefined).catch(() => undefined));
  }

  async lookup(operator: string, identifier: Identifier): Promise<readonly string[]> {
    const { database, book } = this.parts;
    return database.read(async (session) => book.lookup(session, operator, identifier));
  }

  async actor(operator: string, name: string): Promise<string> {
    const { database, book } = this.parts;
    return database.add(async (transaction) => book.actor(transaction, operator, name));
  }

  async destroy(orders: readonly DestructionOrder[], now: Date): Promise<readonly Receipt[]> {
    const { ring, book, envelopes, database } = this.parts;
    return this.#alone(async () => {
      await this.#write();
      try {
        return await database.change(async (transaction) => {
          const receipts: Receipt[] = [];
          for (const order of orders)
            receipts.push(await carryOut(transaction, { ring, book, envelopes }, order, now));
          return receipts;
        });
      } finally {
        // Also when nothing was written: a key that was to come must not stay in memory and seal.
        for (const { subject } of orders) ring.purge(subject);
        book.forgetResolved();
      }
    });
  }

  async tombstone(subject: string, category = ''): Promise<string | undefined> {
    const found = await this.parts.database.read(async (session) =>
      session
        .selectFrom('tombstones')
        .select('event')
        .where('subject', '=', subject)
        .where('category', 'in', ['', category])
        .limit(1)
        .executeTakeFirst(),
    );
    return found?.event;
  }

  async appliedThrough(): Promise<bigint> {
    return this.parts.database.read(appliedThrough);
  }

  async completedThrough(): Promise<bigint> {
    const found = await this.parts.database.read(async (session) => numberOf(session, 'completed'));
    return found ?? 0n;
  }

  async addOperator(operator: string, now: Date): Promise<void> {
    await this.#alone(async () => addEpoch(this.parts, operator, now));
    await this.#learnEpochs();
  }

  async rememberLog(log: SeenLog, completed: boolean): Promise<void> {
    const { staging, directory, database } = this.parts;
    await this.#alone(async () => {
      staging.confirm([], log);
      await this.#writeStaged();
      const mark = directory.logMark(log);
      writeKeyFile(mark.path, mark.bytes);
      if (!completed) return;
      // Last: keys that have seen less than this are an older copy.
      await database.add(async (transaction) => setNumber(transaction, 'completed', log.size));
    });
  }

  async seenLogs(): Promise<readonly SeenLog[]> {
    const { database, directory } = this.parts;
    const bytes = await database.read(async (session) => metaOf(session, 'seen'));
    const seen = [bytes && unpackSeen(bytes), directory.seenLog()];
    return seen.filter((log) => log !== undefined);
  }

  async sweep(isInLog: (eventId: string) => Promise<boolean>, pendingForMs = 0): Promise<number> {
    const { database, ring, book } = this.parts;
    const [there, absent]: [string[], string[]] = [[], []];
    for (const event of await database.read(async (each) => pendingEvents(each, pendingForMs)))
      ((await isInLog(event)) ? there : absent).push(event);
    const gone = await database.add(async (transaction) => {
      await settle(transaction, there);
      return removePending(transaction, absent);
    });
    for (const subject of gone) ring.forget(subject);
    if (absent.length > 0) book.forgetResolved();
    await removeStrays(this.parts);
    return absent.length;
  }

  async tombstones(): Promise<readonly { readonly order: string; readonly subject: string }[]> {
    return this.parts.database.read(async (session) =>
      session.selectFrom('tombstones').select(['event as order', 'subject']).distinct().execute(),
    );
  }

  async rotate(now: Date, which: Retiring): Promise<readonly Retired[]> {
    return this.#alone(async () => {
      await this.#write();
      const retired = await retireEpochs(this.parts, now, which);
      await this.#learnEpochs();
      return retired;
    });
  }

  async epochs(): Promise<readonly EpochStatus[]> {
    return this.parts.database.read(epochsOf);
  }

  async faults(now: Date): Promise<readonly VaultFault[]> {
    const { directory } = this.parts;
    return this.parts.database.read(async (session) => [
      ...keyFaults(directory, await epochsOf(session), await straysAt(session, directory), now),
      ...(await rowFaults(session, this.parts)),
    ]);
  }

  async close(): Promise<void> {
    await this.#alone(async () => {
      try {
        if (this.parts.mode !== 'read') await this.#writeStaged();
      } finally {
        this.parts.ring.purgeAll();
        await this.parts.database.close();
      }
    });
  }

  override purgeEpoch(operator: string, epoch: number): void {
    super.purgeEpoch(operator, epoch);
    this.#epochs.clear();
  }

  protected async held(events: readonly SealedEvent[]): Promise<readonly Held[]> {
    const { database, ring, envelopes } = this.parts;
    const filingKey = (event: SealedEvent): SubjectKey => this.keyOf('operator', event);
    return database.read(async (session) =>
      heldOf(session, events, { ring, envelopes, filingKey }),
    );
  }

  protected findKey(subject: string): SubjectKey | undefined {
    return this.parts.ring.find(subject);
  }

  protected assertAlive(subject: string): void {
    if (!this.parts.ring.isDestroyed(subject)) return;
    throw new VaultError('DESTROYED', 'the subject was destroyed: nothing can be sealed for it');
  }

  protected currentEpoch(operator: string): number {
    const epoch = this.#epochs.get(operator);
    if (epoch !== undefined) return epoch;
    if (this.#epochs.size === 0) throw new VaultError('NOT_AT_HAND', 'epochs were not read ahead');
    throw new VaultError('UNKNOWN_OPERATOR', `operator ${operator} has no key epoch`);
  }

  /** One write at a time, in the order of the calls. */
  async #alone<T>(work: () => Promise<T>): Promise<T> {
    const mine = this.#last.then(work, work);
    this.#last = mine.catch(() => undefined);
    return mine;
  }

  async #write(): Promise<void> {
    if (!this.parts.staging.isEmpty) await this.#writeStaged();
  }

  async #writeStaged(events: readonly string[] = []): Promise<void> {
    const { staging, ledgerId, random } = this.parts;
    const batch = staging.take();
    const all = new Set([...events, ...batch.rows.map(({ event }) => event)]);
    const claims = [...all].filter((event) => !this.#early.has(event));
    const sealing = { writer: this.#writer, claims, ledgerId, random };
    try {
      const lost = await this.#add(async (transaction) => writeBatch(transaction, batch, sealing));
      for (const event of claims) this.#early.add(event);
      staging.lose(lost);
      this.#doubt(batch.rows.filter(({ event }) => lost.has(event)));
    } catch (error) {
      staging.lose(batch.rows.map(({ event }) => event));
      this.#doubt(batch.rows);
      throw error;
    } finally {
      for (const { toSeal } of batch.rows) if (toSeal !== undefined) wipe(toSeal);
      // What is found in the database from now on need not be found in memory.
      this.forgetStaged(batch.rows);
    }
  }

  /** Adds rows; those that are owed go first. */
  async #add<T>(work: (transaction: Session) => Promise<T>): Promise<T> {
    const owed = [...this.#owed];
    const { gone, done } = await this.parts.database.add(async (transaction) => ({
      gone: await removePending(transaction, owed, this.#writer),
      done: await work(transaction),
    }));
    for (const event of owed) this.#owed.delete(event);
    for (const subject of gone) this.parts.ring.forget(subject);
    return done;
  }

  /** What rows were made with may be why they were not written: it is to be read again. */
  #doubt(rows: readonly StagedRow[]): void {
    if (rows.length === 0) return;
    const { ring } = this.parts;
    for (const { table, cells } of rows) if (table === 'envelopes') ring.purge(String(cells[2]));
    for (const subject of subjectsIn(rows)) ring.forget(subject);
    this.#epochs.clear();
  }

  async #learnEpochs(): Promise<void> {
    const epochs = await this.parts.database.read(async (session) =>
      session
        .selectFrom('epochs')
        .select(({ fn }) => ['operator', fn.max('epoch').as('epoch')])
        .groupBy('operator')
        .execute(),
    );
    this.#epochs.clear();
    for (const { operator, epoch } of epochs) this.#epochs.set(operator, epoch);
  }
}

/** Whether an id is made from a command (UUIDv8): another node that is told the same makes the same. */
function isDerived(id: string): boolean {
  return id[14] === '8';
}
