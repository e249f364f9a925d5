import type { DatabaseSyncInstance, StatementSyncInstance } from '@photostructure/sqlite';
import { randomUUID } from 'node:crypto';
import type { KeyDirectory } from '../keys/key-directory.js';
import type { Random } from '../sealing/random.js';
import type { SubjectKey } from '../staging/key-ring.js';
import { ReferenceBook } from '../staging/reference-book.js';
import type { Identifier, Reference } from '../vault.js';
import type { Snapshot } from './snapshot.js';
import { prepared } from './statements.js';

/** References, identifiers and actors in the file. */
export class References extends ReferenceBook {
  readonly #find: StatementSyncInstance;
  readonly #findActor: StatementSyncInstance;

  constructor(
    private readonly database: DatabaseSyncInstance,
    keys: KeyDirectory,
    private readonly tools: { readonly random: Random; readonly snapshot: Snapshot },
  ) {
    super(keys, tools.random);
    this.#find = database.prepare('SELECT kind, id, destroyed FROM refs WHERE hash = ?');
    this.#findActor = database.prepare('SELECT id FROM actors WHERE hash = ?');
  }

  resolve(source: string, reference: string): readonly Reference[] {
    const cached = this.known(source, reference);
    if (cached !== undefined) return cached;
    this.tools.snapshot.begin();
    const found = this.hashesOf(source, reference).flatMap(({ operator, hash, staged }) => {
      if (staged !== undefined) return [staged];
      const row = this.#find.get(hash) as
        { kind: Reference['kind']; id: string; destroyed: number } | undefined;
      return row === undefined
        ? []
        : [{ operator, kind: row.kind, id: row.id, destroyed: row.destroyed === 1 }];
    });
    this.remember(source, reference, found);
    return found;
  }

  /** Seals the tokens of a subject's identifiers under its next key; its rows stay, whatever else is destroyed. */
  resealIdentifiers(subject: string, old: SubjectKey, next: SubjectKey): void {
    const put = prepared(this.database, 'UPDATE identifiers SET token = ? WHERE row = ?');
    const rows = prepared(this.database, 'SELECT row, token FROM identifiers WHERE subject = ?');
    for (const row of rows.all(subject)) {
      const sealed = this.resealedToken(row['token'] as Uint8Array, subject, { old, next });
      if (sealed !== undefined) put.run(sealed, Number(row['row']));
    }
  }

  /** Subjects of the operator with this identifier, under every epoch in use. */
  lookup(operator: string, identifier: Identifier): readonly string[] {
    const token = this.token(operator, identifier);
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

  /** Uuid of a named actor; made on first use. */
  actor(operator: string, name: string): string {
    const hash = this.actorHash(operator, name);
    const known = this.#findActor.get(hash);
    if (known !== undefined) return String(known['id']);
    const id = randomUUID();
    const sealed = this.sealedName(operator, name, id);
    prepared(this.database, 'INSERT INTO actors VALUES (?, ?, ?)').run(hash, id, sealed);
    return id;
  }
}
