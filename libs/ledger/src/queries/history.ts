import type { ViewReader, ViewRow } from '#projections';
import { decodeRecorded } from '../decode-recorded.js';
import type { Ledger } from '../ledger.js';
import { LedgerError, noSubject } from '../ledger-error.js';
import type { Actor } from '../recording/recorder.js';
import { recordAccess } from '../recording/access-stream.js';
import { whileRecorded } from '../recording/while-recorded.js';
import { entryOf, type TrailEntry } from '../views/audit-trail.js';
import { cutToSecond } from '../commands/context.js';
import { instantAsked, lastOrdinal, recordedAt } from './as-of.js';

/** Which moment of the history, and how far the views must have come. */
export interface HistoryMoment {
  /** Time or position; absent: now. */
  readonly asOf?: string;
  /** Position that the answer must have seen; absent: the log's end when the question came. */
  readonly minPosition?: string;
}

/** Which part of a trail. */
export interface TrailPage extends HistoryMoment {
  readonly from?: string;
  readonly to?: string;
  readonly operation?: string;
  /** Position after which the page begins. */
  readonly after?: string;
  readonly limit?: number;
}

/** What history of a subject is asked for. */
export interface HistoryQuery extends TrailPage {
  readonly operator: string;
  readonly subject: string;
}

/** A trail across all subjects of an operator. */
export interface OperatorTrailQuery extends TrailPage {
  readonly operator: string;
}

const PAGE = 100;
const LARGEST_PAGE = 1000;

/** A subject's consents with their whole history, as the ledger knew them then. */
export async function showConsents(
  ledger: Ledger,
  query: HistoryQuery,
  actor: Actor,
): Promise<object> {
  return recordedRead(ledger, query, { history: 'consents', actor }, async ({ upTo, views }) => {
    const moment = await momentOf(ledger, query.asOf, upTo);
    const rows = await views.select('consents', { where: { subject: query.subject }, upTo });
    return { consents: consentsIn(rows).map((consent) => expiredBy(consent, moment)) };
  });
}

function consentsIn(rows: readonly ViewRow[]): readonly Readonly<Record<string, unknown>>[] {
  const found = new Map<string, Record<string, unknown>>();
  for (const { cells } of rows) {
    const { consent, status, at, terms } = cells;
    if (terms !== null) {
      const { evidence, ...others } = parsed(terms);
      const said = { ...others, evidence: { language: null, ...(evidence as object) } };
      found.set(String(consent), { consent, ...said, status, givenAt: at, withdrawnAt: null });
      continue;
    }
    const stated = found.get(String(consent));
    if (stated !== undefined)
      Object.assign(stated, { status }, status === 'withdrawn' ? { withdrawnAt: at } : {});
  }
  return [...found.values()];
}

/** A subject's audit trail, one entry per event, refusals included. */
export async function showTrail(
  ledger: Ledger,
  query: HistoryQuery,
  actor: Actor,
): Promise<TrailAnswer> {
  return recordedRead(ledger, query, { history: 'trail', actor }, async (moment) =>
    pageOf(ledger, { subject: query.subject }, query, moment),
  );
}

/** The audit trail across all subjects of an operator; each entry names its subject. */
export async function showOperatorTrail(
  ledger: Ledger,
  query: OperatorTrailQuery,
  actor: Actor,
): Promise<TrailAnswer> {
  const all = { ...query, subject: null };
  return recordedRead(ledger, all, { history: 'trail', actor }, async (moment) =>
    pageOf(ledger, { operator: query.operator }, query, moment),
  );
}

/** Entries in log order; `next` is the position after which the next page begins. */
export interface TrailAnswer {
  readonly entries: readonly (TrailEntry & { readonly position: string })[];
  readonly next: string | null;
}

/** A page is a range of positions, so that pages neither repeat nor skip an entry while others write. */
async function pageOf(
  ledger: Ledger,
  whose: Readonly<Record<string, string>>,
  query: TrailPage,
  { upTo, views }: ReadMoment,
): Promise<TrailAnswer> {
  const { operation } = query;
  const limit = Math.min(query.limit ?? PAGE, LARGEST_PAGE);
  const where = { ...whose, ...(operation === undefined ? {} : { operation }) };
  const range = await rangeOf(ledger, query, upTo);
  const rows = await views.select('audit-trail', { where, ...range, limit: limit + 1 });
  const page = await ledger.parts.store.readAt(rows.slice(0, limit).map(({ ordinal }) => ordinal));
  const entries = page.map((recorded) => ({
    position: String(recorded.ordinal),
    ...('subject' in whose ? {} : { subject: recorded.stream.slice('subject-'.length) }),
    ...entryOf(decodeRecorded(recorded)),
  }));
  const last = entries.at(-1);
  return { entries, next: rows.length > limit && last !== undefined ? last.position : null };
}

/** Times are positions too: `recordedAt` never goes backwards. */
async function rangeOf(
  ledger: Ledger,
  { after, from, to }: TrailPage,
  upTo: bigint,
): Promise<{ readonly after: bigint; readonly upTo: bigint }> {
  const { store } = ledger.parts;
  const cursor = after === undefined ? -1n : BigInt(after);
  const begin = from === undefined ? -1n : await lastOrdinal(store, justBefore(from));
  const end = to === undefined ? upTo : await lastOrdinal(store, to);
  return { after: cursor > begin ? cursor : begin, upTo: end < upTo ? end : upTo };
}

function justBefore(time: string): string {
  return new Date(instantAsked(time) - 1).toISOString();
}

/** To whom a subject's data went: what, when, why. */
export async function showDisclosures(
  ledger: Ledger,
  query: HistoryQuery,
  actor: Actor,
): Promise<object> {
  return recordedRead(ledger, query, { history: 'disclosures', actor }, async ({ upTo, views }) => {
    const rows = await views.select('disclosures', { where: { subject: query.subject }, upTo });
    return {
      disclosures: rows.map((row) => ({
        position: String(row.ordinal),
        ...parsed(row.cells['entry']),
      })),
    };
  });
}

/** @throws {LedgerError} UNAVAILABLE when the log has not come to this position yet. */
export async function assertReached(
  ledger: Ledger,
  minPosition: string | undefined,
): Promise<void> {
  if (minPosition === undefined) return;
  const { store } = ledger.parts;
  const isReached = async (): Promise<boolean> => BigInt(minPosition) < (await store.head()).size;
  if (await isReached()) return;
  await store.caughtUp();
  if (await isReached()) return;
  throw new LedgerError('UNAVAILABLE', 'the ledger has not come to this position yet: ask again');
}

/** What a read of history is answered from. */
interface ReadMoment {
  readonly upTo: bigint;
  readonly views: ViewReader;
}

/**
 * Reads of history are recorded too, in the operator's own stream (design §3). While the record becomes durable the
 * views come as far as the question needs them, and the answer is put together.
 */
async function recordedRead<T>(
  ledger: Ledger,
  {
    operator,
    subject,
    asOf,
    minPosition,
  }: HistoryMoment & {
    readonly operator: string;
    readonly subject: string | null;
  },
  { history, actor }: RecordedAs,
  answer: (moment: ReadMoment) => Promise<T>,
): Promise<T> {
  await assertReached(ledger, minPosition);
  if (minPosition === undefined) await ledger.parts.store.caughtUp();
  const upTo = await lastOrdinal(ledger.parts.store, asOf);
  if (subject !== null) await assertOwn(ledger, operator, subject);
  const occurredAt = cutToSecond(ledger.recorder.now().toISOString());
  const moment = asOf === undefined ? null : String(upTo < 0n ? 0n : upTo);
  const data = { operator, subject, history, asOf: moment, occurredAt };
  const needed = minPosition === undefined ? upTo : BigInt(minPosition);
  const recorded = recordAccess(ledger, { type: 'HistoryRead', data }, actor);
  return whileRecorded(recorded, async () => {
    const views = await ledger.liveViews.holding(needed + 1n, ledger.parts.store);
    return answer({ upTo, views });
  });
}

interface RecordedAs {
  readonly history: 'consents' | 'trail' | 'disclosures';
  readonly actor: Actor;
}

async function assertOwn(ledger: Ledger, operator: string, subject: string): Promise<void> {
  const { state } = await ledger.subjects.load(subject);
  if (state.registered?.operator === operator) return;
  throw noSubject();
}

/** A term that ended by the moment asked for shows as expired (design §3). */
function expiredBy(
  consent: Readonly<Record<string, unknown>>,
  moment: number,
): Readonly<Record<string, unknown>> {
  const { status, validUntil } = consent;
  const over = typeof validUntil === 'string' && Date.parse(validUntil) <= moment;
  return status === 'given' && over ? { ...consent, status: 'expired' } : consent;
}

/** A position is the moment at which its event was recorded. */
async function momentOf(ledger: Ledger, asOf: string | undefined, upTo: bigint): Promise<number> {
  if (asOf === undefined) return ledger.recorder.now().getTime();
  return /^\d+$/u.test(asOf) ? recordedAt(ledger.parts.store, upTo) : instantAsked(asOf);
}

function parsed(cell: unknown): Record<string, unknown> {
  return JSON.parse(String(cell)) as Record<string, unknown>;
}
