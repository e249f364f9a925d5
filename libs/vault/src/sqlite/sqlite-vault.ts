/* eslint-disable max-lines -- one class for one port: each method is a line or two over the file that holds its rule */
import type { DatabaseSyncInstance, StatementSyncInstance } from '@photostructure/sqlite';
import { keyFaults } from '../keys/epoch-files.js';
import type { KeyDirectory } from '../keys/key-directory.js';
import type { KeyFile } from '../keys/key-file.js';
import type { CanonicalJson, Opening } from '../sealing/envelope.js';
import { pooledRandom, type Random } from '../sealing/random.js';
import { Envelopes, type StoredEnvelope } from '../staging/envelopes.js';
import type { SubjectKey } from '../staging/key-ring.js';
import { StagedVault, type Held } from '../staging/staged-vault.js';
import { Staging, subjectsIn, wipe } from '../staging/staging.js';
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
} from '../vault.js';
import { openVaultFile } from './connection.js';
import { appliedThrough, carryOut, type Survivors } from './destruction.js';
import { rowFaults } from './inspection.js';
import { References } from './references.js';
import {
  beginEpoch,
  epochsOf,
  removeStrays,
  retireEpochs,
  startEpoch,
  straysAt,
  type Retired,
} from './rotation.js';
import { Snapshot } from './snapshot.js';
import { prepared } from './statements.js';
import { SubjectKeys } from './subject-keys.js';
import { VaultWriterThread } from './writer-thread.js';
import {
  inTransaction,
  lastRow,
  pendingEvents,
  pendingSubjects,
  readCompleted,
  readSeen,
  removePending,
  writeCompleted,
  writeSettled,
} from './writing.js';

/** How a vault is opened. */
export interface SqliteVaultOptions {
  /** Path of the vault file; made when there is none. */
  readonly file: string;
  readonly mode: 'write' | 'read';
  readonly keys: KeyDirectory;
  readonly ledgerId: string;
  /** RFC 8785 bytes. */
  readonly canonicalJson: CanonicalJson;
  readonly random?: Random;
}

/** The vault in one SQLite file: the embedded default (design §3, §6). */
export class SqliteVault extends StagedVault {
  readonly #database: DatabaseSyncInstance;
  readonly #keys: SubjectKeys;
  readonly #references: References;
  readonly #staging: Staging;
  readonly #envelopes: Envelopes;
  readonly #epochs = new Map<string, number>();
  readonly #tombstone: StatementSyncInstance;
  readonly #envelope: StatementSyncInstance;
  readonly #writer: VaultWriterThread | undefined;
  readonly #snapshot: Snapshot;
  #last: Promise<unknown> = Promise.resolve();

  private constructor(
    private readonly options: SqliteVaultOptions,
    database: DatabaseSyncInstance,
  ) {
    const { file, mode, keys, ledgerId, canonicalJson } = options;
    const random = options.random ?? pooledRandom();
    const snapshot = new Snapshot(database);
    const ring = new SubjectKeys(database, keys, ledgerId, random);
    const book = new References(database, keys, { random, snapshot });
    const staging = new Staging(lastRow(database));
    const envelopes = new Envelopes({ ledgerId, random, canonicalJson });
    super({ directory: keys, canonicalJson, ring, book, staging, envelopes });
    this.#database = database;
    this.#snapshot = snapshot;
    this.#keys = ring;
    this.#references = book;
    this.#staging = staging;
    this.#envelopes = envelopes;
    this.#writer = mode === 'write' ? new VaultWriterThread({ file, ledgerId }) : undefined;
    this.#tombstone = database.prepare(
      "SELECT event FROM tombstones WHERE subject = ? AND category IN ('', ?) LIMIT 1",
    );
    this.#envelope = database.prepare('SELECT * FROM envelopes WHERE id = ?');
  }

  /** @throws {VaultError} NOT_FOUND, SQLITE_TOO_OLD, NOT_DURABLE, NEWER_FORMAT, CORRUPT, READ_ONLY. */
  static open(options: SqliteVaultOptions): SqliteVault {
    return new SqliteVault(options, openVaultFile(options.file, options.mode));
  }

  async ahead(): Promise<void> {
    // In one process with its file, everything always is at hand.
  }

  async commit(eventIds: readonly string[] = []): Promise<readonly string[]> {
    return this.#alone(async () => {
      await this.#write();
      return this.#staging.lostOf(eventIds);
    });
  }

  async discard(eventIds: readonly string[]): Promise<void> {
    await this.#alone(async () => {
      const discarded = this.#staging.discard(new Set(eventIds));
      for (const { toSeal } of discarded) if (toSeal !== undefined) wipe(toSeal);
      this.forgetStaged(discarded);
      const gone = pendingSubjects(this.#database, eventIds);
      inTransaction(this.#database, () => removePending(this.#database, eventIds));
      // Only these: the key of another who is just being registered may be nowhere else yet.
      for (const subject of [...subjectsIn(discarded), ...gone]) this.#keys.purge(subject);
      this.#references.forgetResolved();
    });
  }

  async lookup(operator: string, identifier: Identifier): Promise<readonly string[]> {
    return this.#references.lookup(operator, identifier);
  }

  async actor(operator: string, name: string): Promise<string> {
    return this.#alone(async () => this.#references.actor(operator, name));
  }

  async destroy(orders: readonly DestructionOrder[], now: Date): Promise<readonly Receipt[]> {
    return this.#alone(async () => {
      // Also what is staged meanwhile: no row may be left that was made with the keys of before.
      while (!this.#staging.isEmpty) await this.#writeStaged();
      try {
        // What survives is sealed again with keys that are here.
        return orders.some(({ categories }) => categories !== undefined)
          ? carryOut({ database: this.#database, survivors: this.#survivors() }, orders, now)
          : await this.#shred(orders, now);
      } finally {
        // Also when nothing was written: a key that was to come must not stay in memory and seal.
        for (const { subject } of orders) this.#keys.purge(subject);
        this.#references.forgetResolved();
      }
    });
  }

  async tombstone(subject: string, category = ''): Promise<string | undefined> {
    return this.#tombstoneOf(subject, category);
  }

  async appliedThrough(): Promise<bigint> {
    return appliedThrough(this.#database);
  }

  async seenLogs(): Promise<readonly SeenLog[]> {
    const seen = [readSeen(this.#database), this.options.keys.seenLog()];
    return seen.filter((log) => log !== undefined);
  }

  async sweep(isInLog: (eventId: string) => Promise<boolean>): Promise<number> {
    const absent: string[] = [];
    for (const event of pendingEvents(this.#database)) {
      if (!(await isInLog(event))) absent.push(event);
    }
    this.#snapshot.end();
    inTransaction(this.#database, () => {
      removePending(this.#database, absent);
      writeSettled(this.#database, lastRow(this.#database));
    });
    removeStrays(this.#rotator());
    return absent.length;
  }

  async tombstones(): Promise<readonly { readonly order: string; readonly subject: string }[]> {
    return prepared(this.#database, 'SELECT DISTINCT event, subject FROM tombstones')
      .all()
      .map((row) => ({ order: String(row['event']), subject: String(row['subject']) }));
  }

  async rotate(now: Date, which: Retiring): Promise<readonly Retired[]> {
    return this.#alone(async () => {
      // Also what is staged meanwhile: no row may be left that was made with the keys of before.
      while (!this.#staging.isEmpty) await this.#writeStaged();
      const retired = retireEpochs(this.#rotator(), now, which);
      this.#epochs.clear();
      return retired;
    });
  }

  async epochs(): Promise<readonly EpochStatus[]> {
    return epochsOf(this.#database);
  }

  async faults(now: Date): Promise<readonly VaultFault[]> {
    const at = this.#rotator();
    const epochs = epochsOf(this.#database);
    return [...keyFaults(at.directory, epochs, straysAt(at), now), ...rowFaults(at)];
  }

  async addOperator(operator: string, now: Date): Promise<void> {
    this.#snapshot.end();
    const epoch = beginEpoch(this.#database, this.options.keys, operator);
    inTransaction(this.#database, () => startEpoch(this.#database, operator, epoch, now));
  }

  async rememberLog(log: SeenLog, completed: boolean): Promise<void> {
    await this.#alone(async () => {
      this.#staging.confirm([], log);
      await this.#writeStaged(this.options.keys.logMark(log));
      // Last: keys that have seen less than this are an older copy.
      if (completed) inTransaction(this.#database, () => writeCompleted(this.#database, log.size));
    });
  }

  async completedThrough(): Promise<bigint> {
    return readCompleted(this.#database);
  }

  async close(): Promise<void> {
    await this.#alone(async () => {
      try {
        await this.#writer?.write(this.#staging.take());
      } finally {
        await this.#writer?.close();
        if (this.#writer !== undefined) this.#database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
        this.#keys.purgeAll();
        this.#database.close();
      }
    });
  }

  /** One write at a time, in the order of the calls: the thread's and ours never meet in the file. */
  async #alone<T>(work: () => Promise<T>): Promise<T> {
    const writing = async (): Promise<T> => {
      this.#snapshot.end();
      return work();
    };
    const mine = this.#last.then(writing, writing);
    this.#last = mine.catch(() => undefined);
    return mine;
  }

  async #write(): Promise<void> {
    if (!this.#staging.isEmpty) await this.#writeStaged();
  }

  async #writeStaged(mark?: KeyFile): Promise<void> {
    const batch = this.#staging.take();
    try {
      await this.#writer?.write(batch, mark);
    } catch (error) {
      this.#staging.lose(batch.rows.map(({ event }) => event));
      throw error;
    } finally {
      // What is found in the file from now on need not be found in memory.
      this.#snapshot.end();
      this.forgetStaged(batch.rows);
    }
  }

  async #shred(orders: readonly DestructionOrder[], now: Date): Promise<readonly Receipt[]> {
    if (this.#writer === undefined) throw new VaultError('READ_ONLY', 'the vault is only read');
    return this.#writer.shred(orders, now);
  }

  #survivors(): Survivors {
    const references = this.#references;
    return {
      keys: this.#keys,
      envelopes: this.#envelopes,
      resealIdentifiers: references.resealIdentifiers.bind(references),
    };
  }

  #rotator(): Parameters<typeof retireEpochs>[0] {
    return {
      database: this.#database,
      directory: this.options.keys,
      keys: this.#keys,
      references: this.#references,
    };
  }

  protected currentEpoch(operator: string): number {
    const cached = this.#epochs.get(operator);
    if (cached !== undefined) return cached;
    const row = prepared(
      this.#database,
      'SELECT max(epoch) AS epoch FROM epochs WHERE operator = ?',
    ).get(operator);
    const epoch = row?.['epoch'];
    if (typeof epoch !== 'number')
      throw new VaultError('UNKNOWN_OPERATOR', `operator ${operator} has no key epoch`);
    this.#epochs.set(operator, epoch);
    return epoch;
  }

  protected findKey(subject: string): SubjectKey | undefined {
    return this.#keys.find(subject);
  }

  #tombstoneOf(subject: string, category = ''): string | undefined {
    return this.#tombstone.get(subject, category)?.['event'] as string | undefined;
  }

  protected assertAlive(subject: string): void {
    if (this.#tombstoneOf(subject) !== undefined) {
      throw new VaultError('DESTROYED', 'the subject was destroyed: nothing can be sealed for it');
    }
  }

  protected async held(events: readonly SealedEvent[]): Promise<readonly Held[]> {
    return events.map((event) => ({
      openings: this.#openings(event),
      buried: (category) => this.#buried(event, category),
    }));
  }

  #buried({ scope, subject }: SealedEvent, category: string): string | undefined {
    return scope === 'operator' || subject === null
      ? undefined
      : this.#tombstoneOf(subject, category);
  }

  #openings(event: SealedEvent): readonly Opening[] | undefined {
    try {
      return this.#envelopes.openingsOf(
        event,
        () => this.#envelope.get(event.sealed.envelope) as StoredEnvelope | undefined,
        () => this.keyOf(event.scope, event),
      );
    } catch (error) {
      if (error instanceof VaultError) return undefined;
      throw error;
    }
  }
}
