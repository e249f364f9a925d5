import { sql } from 'kysely';
import type { Envelopes, StoredEnvelope } from '../staging/envelopes.js';
import type { SubjectKey, WrappedKey } from '../staging/key-ring.js';
import type { Held } from '../staging/staged-vault.js';
import { VaultError } from '../vault-error.js';
import type { SealedEvent } from '../vault.js';
import type { SubjectKeys } from './subject-keys.js';
import type { Session } from './tables.js';

/** An envelope, and the wrapped key of its subject as of the same moment. */
interface Row {
  readonly envelope: StoredEnvelope;
  readonly wrapped: WrappedKey | undefined;
}

/**
 * What the vault has of events, in their order. An envelope and its key come from one statement: a destruction of
 * categories replaces both at once. Tombstones are read after them, so that what is gone by then has its reason.
 */
export async function heldOf(
  session: Session,
  events: readonly SealedEvent[],
  {
    ring,
    envelopes,
    filingKey,
  }: {
    readonly ring: SubjectKeys;
    readonly envelopes: Envelopes;
    readonly filingKey: (event: SealedEvent) => SubjectKey;
  },
): Promise<readonly Held[]> {
  // Before anything is awaited: what is staged now may be in its row then.
  const staged = events.map((event) =>
    envelopes.isStaged(event)
      ? { openings: envelopes.openingsOf(event, nothing, noKey) }
      : undefined,
  );
  const rows = await rowsOf(
    session,
    events.filter((_, n) => staged[n] === undefined),
  );
  const buried = await tombstonesOf(session, events);
  return events.map((event, n) => {
    const row = rows.get(event.sealed.envelope);
    const keyOf = (): SubjectKey =>
      event.scope === 'operator' ? filingKey(event) : subjectKey(ring, event, row?.wrapped);
    const { openings } = staged[n] ?? {
      openings: orNothing(() => envelopes.openingsOf(event, () => row?.envelope, keyOf)),
    };
    const graves = event.scope === 'operator' ? undefined : buried.get(event.subject ?? '');
    return { openings, buried: (category) => graves?.get('') ?? graves?.get(category) };
  });
}

function subjectKey(
  ring: SubjectKeys,
  { subject }: SealedEvent,
  wrapped: WrappedKey | undefined,
): SubjectKey {
  const name = subject ?? '';
  const cached = ring.cached(name);
  if (wrapped !== undefined && cached?.generation === wrapped.generation) return cached;
  const key = wrapped && ring.peek(name, wrapped);
  if (key !== undefined) return key;
  throw new VaultError('UNKNOWN_SUBJECT', 'the vault has no key for this subject');
}

async function rowsOf(
  session: Session,
  events: readonly SealedEvent[],
): Promise<ReadonlyMap<string, Row>> {
  if (events.length === 0) return new Map();
  const ids = events.map(({ sealed }) => sealed.envelope);
  const rows = await session
    .selectFrom('envelopes')
    .leftJoin('subjects', 'subjects.subject', 'envelopes.subject')
    .selectAll('envelopes')
    .select([
      'subjects.operator as keyOperator',
      'subjects.generation as keyGeneration',
      'subjects.epoch as keyEpoch',
      'subjects.key as keyBytes',
    ])
    .where(sql<boolean>`envelopes.id = ANY(${ids})`)
    .execute();
  return new Map(
    rows.map(
      ({ keyOperator: operator, keyGeneration, keyEpoch: epoch, keyBytes: key, ...envelope }) => {
        const isThere =
          operator !== null && keyGeneration !== null && epoch !== null && key !== null;
        const wrapped = isThere ? { operator, generation: keyGeneration, epoch, key } : undefined;
        return [envelope.id, { envelope, wrapped }];
      },
    ),
  );
}

type Graves = ReadonlyMap<string, string>;

async function tombstonesOf(
  session: Session,
  events: readonly SealedEvent[],
): Promise<ReadonlyMap<string, Graves>> {
  const subjects = [...new Set(events.flatMap(({ subject }) => subject ?? []))];
  const rows = await session
    .selectFrom('tombstones')
    .select(['subject', 'category', 'event'])
    .where(sql<boolean>`subject = ANY(${subjects})`)
    .execute();
  const found = new Map<string, Map<string, string>>();
  for (const { subject, category, event } of rows) {
    const graves = found.get(subject) ?? new Map<string, string>();
    found.set(subject, graves.set(category, event));
  }
  return found;
}

function orNothing<T>(open: () => T): T | undefined {
  try {
    return open();
  } catch (error) {
    if (error instanceof VaultError) return undefined;
    throw error;
  }
}

function nothing(): undefined {
  return undefined;
}

function noKey(): never {
  throw new Error('what is staged needs no key');
}
