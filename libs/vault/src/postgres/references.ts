import { sql } from 'kysely';
import { randomUUID } from 'node:crypto';
import { ReferenceBook } from '../staging/reference-book.js';
import { VaultError } from '../vault-error.js';
import type { Identifier, Reference } from '../vault.js';
import type { Session } from './tables.js';

type Named = { readonly source: string; readonly reference: string };

/** References, identifiers and actors in the database: references are at hand once they were loaded. */
export class References extends ReferenceBook {
  /** @throws {VaultError} NOT_AT_HAND. */
  resolve(source: string, reference: string): readonly Reference[] {
    const known = this.known(source, reference);
    if (known !== undefined) return known;
    throw new VaultError('NOT_AT_HAND', 'the reference was not read ahead');
  }

  /** Puts references at hand, also those of nobody. */
  async load(session: Session, named: readonly Named[]): Promise<void> {
    for (let wanted = this.#unknown(named); wanted.length > 0; wanted = this.#unknown(wanted)) {
      const before = this.forgotten;
      const rows = await this.#rowsOf(session, wanted);
      // What was forgotten meanwhile may have been written since.
      if (this.forgotten === before) this.#take(wanted, rows);
    }
  }

  /** Subjects of the operator with this identifier, under every epoch in use. */
  async lookup(
    session: Session,
    operator: string,
    identifier: Identifier,
  ): Promise<readonly string[]> {
    const token = this.token(operator, identifier);
    const epochs = await session
      .selectFrom('epochs')
      .select('epoch')
      .where('operator', '=', operator)
      .orderBy('epoch')
      .execute();
    const hashes = epochs.map(({ epoch }) => this.indexHash({ operator, epoch }, token));
    const rows = await session
      .selectFrom('identifiers')
      .select('subject')
      .where(sql<boolean>`hash = ANY(${hashes})`)
      .orderBy('subject')
      .execute();
    return rows.map(({ subject }) => subject);
  }

  /** Uuid of a named actor; made on first use, by whichever node is first. */
  async actor(transaction: Session, operator: string, name: string): Promise<string> {
    const hash = this.actorHash(operator, name);
    const id = randomUUID();
    await transaction
      .insertInto('actors')
      .values({ hash, id, name: this.sealedName(operator, name, id) })
      .onConflict((conflict) => conflict.column('hash').doNothing())
      .execute();
    const known = await transaction
      .selectFrom('actors')
      .select('id')
      .where('hash', '=', hash)
      .executeTakeFirstOrThrow();
    return known.id;
  }

  #unknown(named: readonly Named[]): readonly Named[] {
    return named.filter(({ source, reference }) => this.known(source, reference) === undefined);
  }

  async #rowsOf(session: Session, wanted: readonly Named[]): Promise<ReadonlyMap<string, Row>> {
    const hashes = wanted.flatMap(({ source, reference }) =>
      this.hashesOf(source, reference).map(({ hash }) => hash),
    );
    const rows = await session
      .selectFrom('refs')
      .select(['hash', 'kind', 'id', 'destroyed'])
      .where(sql<boolean>`hash = ANY(${hashes})`)
      .execute();
    return new Map(rows.map((row) => [row.hash.toString('base64'), row]));
  }

  #take(wanted: readonly Named[], rows: ReadonlyMap<string, Row>): void {
    for (const { source, reference } of wanted) {
      // Staged meanwhile: that is newer than what was read.
      if (this.known(source, reference) !== undefined) continue;
      const found = this.hashesOf(source, reference).flatMap(({ operator, hash, staged }) => {
        if (staged !== undefined) return [staged];
        const row = rows.get(hash.toString('base64'));
        return row === undefined ? [] : [referenceOf(operator, row)];
      });
      this.remember(source, reference, found);
    }
  }
}

interface Row {
  readonly kind: string;
  readonly id: string;
  readonly destroyed: number;
}

function referenceOf(operator: string, { kind, id, destroyed }: Row): Reference {
  return {
    operator,
    kind: kind === 'recipient' ? 'recipient' : 'subject',
    id,
    destroyed: destroyed === 1,
  };
}
