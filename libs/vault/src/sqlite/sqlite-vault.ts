/* eslint-disable max-lines -- one class for one port: each method is a line or two over the file that holds its rule */
import type { DatabaseSyncInstance, StatementSyncInstance } from '@photostructure/sqlite';
import type { KeyDirectory } from '../keys/key-directory.js';
import type { KeyFile } from '../keys/key-file.js';
import type { CanonicalJson, Opening } from '../sealing/envelope.js';
import type { Hmac } from '../sealing/hmac.js';
import { lp } from '../sealing/labels.js';
import { pooledRandom, type Random } from '../sealing/random.js';
import { uuidV8 } from '../sealing/uuid-v8.js';
import { VaultError } from '../vault-error.js';
import {
  Vault,
  type DestructionOrder,
  type EnvelopeContext,
  type EpochStatus,
  type Identifier,
  type Opened,
  type OpenRequest,
  type Receipt,
  type Reference,
  type Scope,
  type Sealed,
  type SealedEvent,
  type SeenLog,
  type Values,
  type VaultFault,
} from '../vault.js';
import { openVaultFile } from './connection.js';
import { appliedThrough, carryOut, type Survivors } from './destruction.js';
import { Envelopes } from './envelopes.js';
import { rowFaults } from './inspection.js';
import { References } from './references.js';
import {
  beginEpoch,
  epochsOf,
  keyFaults,
  removeStrays,
  retireEpochs,
  startEpoch,
  type Retired,
} from './rotation.js';
import { Snapshot } from './snapshot.js';
import { Staging, subjectsIn, wipe, type StagedRow } from './staging.js';
import { prepared } from './statements.js';
import { SubjectKeys, type SubjectKey } from './subject-keys.js';
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
export class SqliteVault extends Vault {
  readonly #database: DatabaseSyncInstance;
  readonly #keys: SubjectKeys;
  readonly #references: References;
  readonly #staging: Staging;
  readonly #envelopes: Envelopes;
  readonly #epochs = new Map<string, number>();
  readonly #permits = new Set<string>();
  readonly #tombstone: StatementSyncInstance;
  readonly #writer: VaultWriterThread | undefined;
  readonly #snapshot: Snapshot;
  #last: Promise<unknown> = Promise.resolve();

  private constructor(private readonly options: SqliteVaultOptions) {
    super();
    const { file, mode, keys, ledgerId } = options;
    const random = options.random ?? pooledRandom();
    const { canonicalJson } = options;
    this.#database = openVaultFile(file, mode);
    this.#keys = new SubjectKeys(this.#database, keys, ledgerId, random);
    this.#snapshot = new Snapshot(this.#database);
    this.#references = new References(this.#database, keys, { random, snapshot: this.#snapshot });
    this.#staging = new Staging(lastRow(this.#database));
    this.#writer = mode === 'write' ? new VaultWriterThread({ file, ledgerId }) : undefined;
    this.#envelopes = new Envelopes(this.#database, { ledgerId, random, canonicalJson });
    this.#tombstone = this.#database.prepare(
      "SELECT event FROM tombstones WHERE subject = ? AND category IN ('', ?) LIMIT 1",
    );
  }

  /** @throws {VaultError} NOT_FOUND, SQLITE_TOO_OLD, NOT_DURABLE, NEWER_FORMAT, CORRUPT, READ_ONLY. */
  static open(options: SqliteVaultOptions): SqliteVault {
    return new SqliteVault(options);
  }

  commandId(operator: string, source: string, id: string): string {
    return uuidV8(this.#idHmac(operator).text('hex', lp(source, id)));
  }

  furtherId(operator: string, firstId: string, n: number): string {
    return uuidV8(this.#idHmac(operator).text('hex', lp(firstId, String(n))));
  }

  async ahead(): Promise<void> {
    // In one process with its file, everything always is at hand.
  }

  resolve(source: string, reference: string): readonly Reference[] {
    return this.#references.resolve(source, reference);
  }

  stageReference(
    operator: string,
    source: string,
    reference: string,
    target: { readonly kind: Reference['kind']; readonly id: string; readonly eventId: string },
  ): void {
    const cells = this.#references.add(operator, source, reference, target);
    this.#staging.stage(target.eventId, 'refs', cells);
  }

  stageSubject(
    operator: string,
    subject: string,
    eventId: string,
    identifiers: readonly Identifier[],
  ): void {
    this.#assertAlive(subject);
    const epoch = this.#currentEpoch(operator);
    const key = this.#keys.create(subject, { operator, generation: 0, epoch });
    this.#staging.stage(eventId, 'subjects', this.#keys.cells(subject, key));
    for (const identifier of identifiers) {
      const cells = this.#references.identifierCells(subject, key, identifier);
      this.#staging.stage(eventId, 'identifiers', cells);
    }
  }

  seal(scope: Scope, context: EnvelopeContext, values: Values): Sealed {
    const key = this.#keyOf(scope, context);
    const { sealed, cells, toSeal } = this.#envelopes.stage(scope, context, key, values);
    this.#staging.stage(context.eventId, 'envelopes', cells, toSeal);
    return sealed;
  }

  async commit(): Promise<void> {
    await this.#alone(async () => this.#write());
  }

  confirm(eventIds: readonly string[], log: SeenLog): void {
    this.#staging.confirm(eventIds, log);
  }

  async discard(eventIds: readonly string[]): Promise<void> {
    await this.#alone(async () => {
      const discarded = this.#staging.discard(new Set(eventIds));
      for (const { toSeal } of discarded) if (toSeal !== undefined) wipe(toSeal);
      this.#forgetStaged(discarded);
      const gone = pendingSubjects(this.#database, eventIds);
      inTransaction(this.#database, () => removePending(this.#database, eventIds));
      // Only these: the key of another who is just being registered may be nowhere else yet.
      for (const subject of [...subjectsIn(discarded), ...gone]) this.#keys.purge(subject);
      this.#references.forgetResolved();
    });
  }

  async open(permit: string, requests: readonly OpenRequest[]): Promise<readonly Opened[]> {
    if (this.#permits.has(permit))
      throw new VaultError('IO', 'an event permits one reading: record another');
    this.#permits.add(permit);
    // An envelope is opened once for all that is asked of it.
    const opened = new Map<SealedEvent, readonly Opening[] | undefined>();
    return requests.map(({ from, category }) => {
      const order = this.#buried(from, category);
      if (order !== undefined) return { status: 'destroyed', order };
      if (!opened.has(from)) opened.set(from, this.#openings(from));
      return this.#told(from, category, opened.get(from));
    });
  }

  async same(event: SealedEvent, values: Values): Promise<'equal' | 'different' | 'unknown'> {
    const openings = this.#openings(event);
    if (openings === undefined) return 'unknown';
    const inside = Object.fromEntries(openings.map(({ category, value }) => [category, value]));
    // Of what was destroyed since, nothing is left to compare.
    const alive = (all: Values): Uint8Array => {
      const left = Object.entries(all).filter(([each]) => this.#buried(event, each) === undefined);
      return this.options.canonicalJson(Object.fromEntries(left));
    };
    return Buffer.compare(alive(inside), alive(values)) === 0 ? 'equal' : 'different';
  }

  async check(event: SealedEvent): Promise<'ok' | 'destroyed' | VaultFault> {
    const { envelope, commitments } = event.sealed;
    const openings = this.#openings(event);
    const alive = Object.keys(commitments).filter(
      (category) => this.#buried(event, category) === undefined,
    );
    if (alive.length === 0) return 'destroyed';
    if (openings === undefined)
      return { item: envelope, reason: 'the envelope is missing or cannot be opened' };
    const wrong = alive.some((category) => !this.#envelopes.isCommitted(event, openings, category));
    return wrong
      ? { item: envelope, reason: 'the envelope does not hold what the log committed to' }
      : 'ok';
  }

  async lookup(operator: string, identifier: Identifier): Promise<readonly string[]> {
    return this.#references.lookup(operator, identifier);
  }

  async actor(operator: string, name: string): Promise<string> {
    return this.#alone(async () => this.#references.actor(operator, name));
  }

  async destroy(orders: readonly DestructionOrder[], now: Date): Promise<readonly Receipt[]> {
    return this.#alone(async () => {
      await this.#write();
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
    removeStrays(this.#parts());
    return absent.length;
  }

  async tombstones(): Promise<readonly { readonly order: string; readonly subject: string }[]> {
    return prepared(this.#database, 'SELECT DISTINCT event, subject FROM tombstones')
      .all()
      .map((row) => ({ order: String(row['event']), subject: String(row['subject']) }));
  }

  async rotate(now: Date, options: { readonly force?: boolean } = {}): Promise<readonly Retired[]> {
    return this.#alone(async () => {
      await this.#write();
      const retired = retireEpochs(this.#parts(), now, options.force === true);
      this.#epochs.clear();
      return retired;
    });
  }

  async epochs(): Promise<readonly EpochStatus[]> {
    return epochsOf(this.#database);
  }

  async faults(now: Date): Promise<readonly VaultFault[]> {
    return [...keyFaults(this.#parts(), now), ...rowFaults(this.#parts())];
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
    } finally {
      // What is found in the file from now on need not be found in memory.
      this.#snapshot.end();
      this.#forgetStaged(batch.rows);
    }
  }

  async #shred(orders: readonly DestructionOrder[], now: Date): Promise<readonly Receipt[]> {
    if (this.#writer === undefined) throw new VaultError('READ_ONLY', 'the vault is only read');
    return this.#writer.shred(orders, now);
  }

  #survivors(): Survivors {
    const [envelopes, references] = [this.#envelopes, this.#references];
    return {
      keys: this.#keys,
      open: envelopes.open.bind(envelopes),
      seal: envelopes.reseal.bind(envelopes),
      resealIdentifiers: references.resealIdentifiers.bind(references),
    };
  }

  #forgetStaged(rows: readonly StagedRow[]): void {
    this.#envelopes.forgetStaged(rows);
    this.#references.forgetStaged(rows);
  }

  #parts(): Parameters<typeof retireEpochs>[0] {
    return {
      database: this.#database,
      directory: this.options.keys,
      keys: this.#keys,
      references: this.#references,
    };
  }

  #idHmac(operator: string): Hmac {
    return this.options.keys.operatorHmac(operator, 'id');
  }

  #currentEpoch(operator: string): number {
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

  #keyOf(scope: Scope, { operator, subject }: EnvelopeContext): SubjectKey {
    if (scope === 'operator') {
      return {
        operator,
        generation: 0,
        epoch: 0,
        key: this.options.keys.operatorKey(operator, 'filing'),
      };
    }
    const key = this.#keys.find(subject ?? '');
    // A destruction takes the key: who has one is alive.
    if (key !== undefined) return key;
    this.#assertAlive(subject ?? '');
    throw new VaultError('UNKNOWN_SUBJECT', 'the vault has no key for this subject');
  }

  #tombstoneOf(subject: string, category = ''): string | undefined {
    return this.#tombstone.get(subject, category)?.['event'] as string | undefined;
  }

  #assertAlive(subject: string): void {
    if (this.#tombstoneOf(subject) !== undefined) {
      throw new VaultError('DESTROYED', 'the subject was destroyed: nothing can be sealed for it');
    }
  }

  #told(
    from: SealedEvent,
    category: string,
    openings: readonly Opening[] | undefined,
  ): Exclude<Opened, { readonly status: 'destroyed' }> {
    if (openings === undefined)
      return { status: 'unavailable', reason: 'the envelope is missing or cannot be opened' };
    if (!this.#envelopes.isCommitted(from, openings, category)) {
      return { status: 'unavailable', reason: 'the value is not the one the log committed to' };
    }
    const opening = openings.find((each) => each.category === category);
    return { status: 'value', value: opening?.value ?? null };
  }

  #buried({ scope, subject }: SealedEvent, category: string): string | undefined {
    return scope === 'operator' || subject === null
      ? undefined
      : this.#tombstoneOf(subject, category);
  }

  #openings(event: SealedEvent): readonly Opening[] | undefined {
    try {
      return this.#envelopes.openingsOf(event, () => this.#keyOf(event.scope, event));
    } catch (error) {
      if (error instanceof VaultError) return undefined;
      throw error;
    }
  }
}
