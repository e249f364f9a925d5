import type { DatabaseSyncInstance, StatementSyncInstance } from '@photostructure/sqlite';
import { randomUUID } from 'node:crypto';
import type { KeyDirectory } from '../keys/key-directory.js';
import { decrypt, encrypt } from '../sealing/aead.js';
import { hmacOnce } from '../sealing/hmac.js';
import { LABELS, lp } from '../sealing/labels.js';
import type { Random } from '../sealing/random.js';
import type { Snapshot } from './snapshot.js';
import type { Identifier, Reference } from '../vault.js';
import type { Cell, StagedRow } from './staging.js';
import { prepared } from './statements.js';
import type { SubjectKey } from './subject-keys.js';

const CACHED = 50_000;

/** Keyed hashes by which the vault finds whom an emitter, a lookup or a directory means. */
export class References {
  readonly #staged = new Map<string, Reference>();
  readonly #resolved = new Map<string, readonly Reference[]>();
  readonly #find: StatementSyncInstance;
  readonly #findActor: StatementSyncInstance;

  constructor(
    private readonly database: DatabaseSyncInstance,
    private readonly keys: KeyDirectory,
    private readonly tools: { readonly random: Random; readonly snapshot: Snapshot },
  ) {
    this.#find = database.prepare('SELECT kind, id, destroyed FROM refs WHERE hash = ?');
    this.#findActor = database.prepare('SELECT id FROM actors WHERE hash = ?');
  }

  /** Under every operator's reference key. */
  resolve(source: string, reference: string): readonly Reference[] {
    const name = nameOf(source, reference);
    const cached = this.#resolved.get(name);
    if (cached !== undefined) return cached;
    const found = this.#resolve(source, reference);
    // Also that nobody is: only this vault can make it otherwise.
    this.#remember(name, found);
    return found;
  }

  /** Forgets what was found before: after a destruction or a discarded registration. */
  forgetResolved(): void {
    this.#resolved.clear();
  }

  #resolve(source: string, reference: string): readonly Reference[] {
    this.tools.snapshot.begin();
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

  /** The cells of a reference's row; it is found at once. */
  add(
    operator: string,
    source: string,
    reference: string,
    { kind, id }: Pick<Reference, 'kind' | 'id'>,
  ): readonly Cell[] {
    const others = this.resolve(source, reference);
    const added = { operator, kind, id, destroyed: false };
    this.#remember(nameOf(source, reference), [...others, added]);
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
    const token = this.#token(key.operator, identifier);
    const sealed = encrypt(key.key, token, lp(LABELS.identifier, subject), this.tools.random);
    return [this.indexHash(key, token), subject, identifier.scheme, sealed];
  }

  /** Seals the tokens of a subject's identifiers under its next key; its rows stay, whatever else is destroyed. */
  resealIdentifiers(subject: string, old: SubjectKey, next: SubjectKey): void {
    const place = lp(LABELS.identifier, subject);
    const put = prepared(this.database, 'UPDATE identifiers SET token = ? WHERE row = ?');
    const rows = prepared(this.database, 'SELECT row, token FROM identifiers WHERE subject = ?');
    for (const row of rows.all(subject)) {
      const token = decrypt(old.key, row['token'] as Uint8Array, place);
      if (token === undefined) continue;
      put.run(encrypt(next.key, token, place, this.tools.random), Number(row['row']));
    }
  }

  /** Row of the blind index under an epoch. */
  indexHash(
    { operator, epoch }: Pick<SubjectKey, 'operator' | 'epoch'>,
    token: Uint8Array,
  ): Buffer {
    return hmacOnce(this.keys.indexKey(operator, epoch), token);
  }

  /** Subjects of the operator with this identifier, under every epoch in use. */
  lookup(operator: string, identifier: Identifier): readonly string[] {
    const token = this.#token(operator, identifier);
    const epochs = prepared(this.database, 'SELECT epoch FROM epochs WHERE operator = ?').all(
      operator,
    );
    const find = prepared(
      this.database,
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
    const hash = this.keys.operatorHmac(operator, 'directory').bytes(Buffer.from(name));
    const known = this.#findActor.get(hash);
    if (known !== undefined) return String(known['id']);
    const id = randomUUID();
    const filing = this.keys.operatorKey(operator, 'filing');
    const place = lp(LABELS.operatorDirectory, id);
    const sealed = encrypt(filing, Buffer.from(name), place, this.tools.random);
    prepared(this.database, 'INSERT INTO actors VALUES (?, ?, ?)').run(hash, id, sealed);
    return id;
  }

  #remember(name: string, found: readonly Reference[]): void {
    if (this.#resolved.size >= CACHED) this.#resolved.clear();
    this.#resolved.set(name, found);
  }

  #hash(operator: string, source: string, reference: string): Buffer {
    return this.keys.operatorHmac(operator, 'reference').bytes(lp(source, reference));
  }

  #token(operator: string, { scheme, value }: Identifier): Buffer {
    return this.keys.operatorHmac(operator, 'identifier').bytes(lp(scheme, value));
  }
}

function nameOf(source: string, reference: string): string {
  return `${source.length}:${source}${reference}`;
}
