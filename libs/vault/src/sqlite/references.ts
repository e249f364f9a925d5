import type { DatabaseSyncInstance, StatementSyncInstance } from '@photostructure/sqlite';
import { createHmac, randomUUID } from 'node:crypto';
import type { KeyDirectory } from '../keys/key-directory.js';
import { encrypt } from '../sealing/aead.js';
import { LABELS, lp } from '../sealing/labels.js';
import { pooledRandom } from '../sealing/random.js';
import type { Identifier, Reference } from '../vault.js';
import type { SubjectKey } from './subject-keys.js';

const CACHED = 50_000;

/** Keyed hashes by which the vault finds whom an emitter, a lookup or a directory means. */
export class References {
  readonly #staged = new Map<string, Reference>();
  readonly #resolved = new Map<string, readonly Reference[]>();
  readonly #find: StatementSyncInstance;
  readonly #add: StatementSyncInstance;
  readonly #addIdentifier: StatementSyncInstance;
  readonly #findActor: StatementSyncInstance;

  constructor(
    private readonly database: DatabaseSyncInstance,
    private readonly keys: KeyDirectory,
  ) {
    this.#find = database.prepare('SELECT kind, id, destroyed FROM refs WHERE hash = ?');
    this.#add = database.prepare('INSERT INTO refs VALUES (?, ?, ?, ?, 0, ?)');
    this.#addIdentifier = database.prepare('INSERT INTO identifiers VALUES (?, ?, ?, ?, ?)');
    this.#findActor = database.prepare('SELECT id FROM actors WHERE hash = ?');
  }

  /** Under every operator's reference key. */
  resolve(source: string, reference: string): readonly Reference[] {
    const name = `${source.length}:${source}${reference}`;
    const cached = this.#resolved.get(name);
    if (cached !== undefined) return cached;
    const found = this.#resolve(source, reference);
    if (this.#resolved.size >= CACHED) this.#resolved.clear();
    if (found.length > 0) this.#resolved.set(name, found);
    return found;
  }

  /** Forgets what was found before: after a destruction or a discarded registration. */
  forgetResolved(): void {
    this.#resolved.clear();
  }

  #resolve(source: string, reference: string): readonly Reference[] {
    return this.keys.operators().flatMap((operator) => {
      const hash = this.#hash(operator, source, reference);
      const staged = this.#staged.get(hash.toString('base64'));
      if (staged !== undefined) return [staged];
      const row = this.#find.get(hash) as
        { kind: Reference['kind']; id: string; destroyed: number } | undefined;
      return row === undefined
        ? []
        : [{ operator, kind: row.kind, id: row.id, destroyed: row.destroyed === 1 }];
    });
  }

  /** A reference that is found at once and written by the returned function. */
  add(
    operator: string,
    source: string,
    reference: string,
    target: { readonly kind: Reference['kind']; readonly id: string; readonly eventId: string },
  ): () => void {
    const hash = this.#hash(operator, source, reference);
    const { kind, id, eventId } = target;
    const key = hash.toString('base64');
    this.#staged.set(key, { operator, kind, id, destroyed: false });
    return () => {
      this.#add.run(hash, operator, kind, id, eventId);
      this.#staged.delete(key);
    };
  }

  /** Writes an identifier's index row and its token sealed under the subject's key (design §6). */
  addIdentifier(subject: string, key: SubjectKey, identifier: Identifier, event: string): void {
    const token = this.#token(key.operator, identifier);
    const sealed = encrypt(key.key, token, lp(LABELS.identifier, subject), pooledRandom());
    this.#addIdentifier.run(this.indexHash(key, token), subject, identifier.scheme, sealed, event);
  }

  /** Row of the blind index under an epoch. */
  indexHash(
    { operator, epoch }: Pick<SubjectKey, 'operator' | 'epoch'>,
    token: Uint8Array,
  ): Buffer {
    return createHmac('sha256', this.keys.indexKey(operator, epoch)).update(token).digest();
  }

  /** Subjects of the operator with this identifier, under every epoch in use. */
  lookup(operator: string, identifier: Identifier): readonly string[] {
    const token = this.#token(operator, identifier);
    const epochs = this.database
      .prepare('SELECT epoch FROM epochs WHERE operator = ?')
      .all(operator);
    const find = this.database.prepare(
      'SELECT subject FROM identifiers WHERE hash = ? ORDER BY subject',
    );
    return epochs.flatMap((row) =>
      find
        .all(this.indexHash({ operator, epoch: row['epoch'] as number }, token))
        .map((found) => String(found['subject'])),
    );
  }

  /** Uuid of a named actor; made on first use, the name sealed with the operator's filing key. */
  actor(operator: string, name: string): string {
    const hash = createHmac('sha256', this.keys.operatorKey(operator, 'directory'))
      .update(name)
      .digest();
    const known = this.#findActor.get(hash);
    if (known !== undefined) return String(known['id']);
    const id = randomUUID();
    const filing = this.keys.operatorKey(operator, 'filing');
    const sealed = encrypt(
      filing,
      Buffer.from(name),
      lp(LABELS.operatorDirectory, id),
      pooledRandom(),
    );
    this.database.prepare('INSERT INTO actors VALUES (?, ?, ?)').run(hash, id, sealed);
    return id;
  }

  #hash(operator: string, source: string, reference: string): Buffer {
    return createHmac('sha256', this.keys.operatorKey(operator, 'reference'))
      .update(lp(source, reference))
      .digest();
  }

  #token(operator: string, { scheme, value }: Identifier): Buffer {
    return createHmac('sha256', this.keys.operatorKey(operator, 'identifier'))
      .update(lp(scheme, value))
      .digest();
  }
}
