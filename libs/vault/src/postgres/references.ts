import { sql } from 'kysely';
import { randomUUID } from 'node:crypto';
import { ReferenceBook } from '../staging/reference-book.js';
import { VaultError } from '../vault-error.js';
import type { Identifier, Reference } from '../vault.js';
import type { Session } from './tables.js';

interface Named {
  readonly source: string;
  readonly reference: string;
}

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
      // Before the rows are read: what is staged now may be written, and staged no more, when they have come.
      const asked = wanted.map((each) => this.#asked(each));
      const rows = await rowsOf(session, asked);
      // What was forgotten meanwhile may have been written since.
      if (this.forgotten === before) this.#take(asked, rows);
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

  #asked({ source, reference }: Named): Asked {
    return { source, reference, hashes: this.hashesOf(source, reference) };
  }

  #take(asked: readonly Asked[], rows: ReadonlyMap<string, Row>): void {
    for (const { source, reference, hashes } of asked) {
      // Staged meanwhile: that is newer than what was read.
      if (this.known(source, reference) !== undefined) continue;
      const found = hashes.flatMap(({ operator, hash, staged }) => {
        if (staged !== undefined) return [staged];
        const row = rows.get(hash.toString('base64'));
        return row === undefined ? [] : [referenceOf(operator, row)];
      });
      this.remember(source, reference, found);
    }
  }
}

/** A reference that is looked for, with what was staged for it then. */
interface Asked extends Named {
  readonly hashes: ReturnType<ReferenceBook['hashesOf']>;
}

async function rowsOf(
  session: Session,
  asked: readonly Asked[],
): Promise<ReadonlyMap<string, Row>> {
  const wanted = asked.flatMap(({ hashes }) => hashes.map(({ hash }) => hash));
  const rows = await session
    .selectFrom('refs')
    .select(['hash', 'kind', 'id', 'destroyed'])
    .where(sql<boolean>`hash = ANY(${wanted})`)
    .execute();
  return new Map(rows.map((row) => [row.hash.toString('base64'), row]));
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
