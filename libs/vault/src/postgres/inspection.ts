import { sql } from 'kysely';
import type { KeyDirectory } from '../keys/key-directory.js';
import type { KeyRing, SubjectKey } from '../staging/key-ring.js';
import type { ReferenceBook } from '../staging/reference-book.js';
import { actorFaults, identifierFault, returnedFaults } from '../staging/row-faults.js';
import type { VaultFault } from '../vault.js';
import { areEpochsAsNoted } from './epochs.js';
import { returned } from './returned.js';
import { SCHEMA, type Session } from './tables.js';

/** What is looked at. */
export interface Inspected {
  readonly directory: KeyDirectory;
  readonly ring: KeyRing;
  readonly book: ReferenceBook;
}

/** Rows that no longer say what was written. The pages below them are PostgreSQL's own to check (`pg_amcheck`). */
export async function rowFaults(
  session: Session,
  inspected: Inspected,
): Promise<readonly VaultFault[]> {
  const isAsNoted = await areEpochsAsNoted(session);
  const epochs = isAsNoted
    ? []
    : [{ item: 'epochs', reason: 'are not those that were written: restore the vault' }];
  const actors = await session.selectFrom('actors').selectAll().execute();
  return [
    ...epochs,
    ...returnedFaults(await returned(session)),
    ...(await referenceFaults(session)),
    ...(await subjectFaults(session, inspected)),
    ...actorFaults(actors, inspected.directory),
  ];
}

async function referenceFaults(session: Session): Promise<readonly VaultFault[]> {
  const wrong = await session
    .selectFrom('refs')
    .select('id')
    .where(
      sql<boolean>`kind NOT IN ('subject', 'recipient') OR destroyed <>
        (EXISTS (SELECT 1 FROM ${sql.table(`${SCHEMA}.tombstones`)} t WHERE t.subject = refs.id AND t.category = ''))::int`,
    )
    .execute();
  return wrong.map(({ id }) => ({ item: id, reason: 'its reference was changed' }));
}

const PAGE = 1000;

/** Keys that cannot be unwrapped, and identifiers that a look-up would not find. */
async function subjectFaults(
  session: Session,
  inspected: Inspected,
): Promise<readonly VaultFault[]> {
  const faults: VaultFault[] = [];
  for (let after = '' as string | undefined; after !== undefined;) {
    const rows = await session
      .selectFrom('subjects')
      .select(['subject', 'operator', 'generation', 'epoch', 'key'])
      .where('subject', '>', after)
      .orderBy('subject')
      .limit(PAGE)
      .execute();
    const keys = new Map(
      rows.map(({ subject, ...wrapped }) => [
        subject,
        readable(() => inspected.ring.peek(subject, wrapped)),
      ]),
    );
    for (const [item, key] of keys) {
      if (key === undefined) faults.push({ item, reason: 'its key cannot be unwrapped' });
    }
    faults.push(...(await identifierFaults(session, inspected, keys)));
    after = rows.at(-1)?.subject;
  }
  return faults;
}

async function identifierFaults(
  session: Session,
  { book }: Inspected,
  keys: ReadonlyMap<string, SubjectKey | undefined>,
): Promise<readonly VaultFault[]> {
  const rows = await session
    .selectFrom('identifiers')
    .select(['hash', 'subject', 'token'])
    .where(sql<boolean>`subject = ANY(${[...keys.keys()]})`)
    .execute();
  return rows.flatMap((row) => identifierFault(row, keys.get(row.subject), book));
}

/** Undefined also where the epoch's file is missing or damaged: that has a fault of its own. */
function readable(unwrap: () => SubjectKey | undefined): SubjectKey | undefined {
  try {
    return unwrap();
  } catch {
    return undefined;
  }
}
